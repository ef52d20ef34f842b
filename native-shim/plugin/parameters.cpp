#include "parameters.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <locale>
#include <sstream>

namespace continuo::plugin {

const char* const instrument_names[instrument_count] = {"piano", "violin",   "cello",   "bass", "guitar",
                                                        "flute", "clarinet", "trumpet", "harp", "drums"};

namespace {

constexpr const char* modes[] = {"accompany", "continue", "listen", "trade", "harmonize"};

// As the model's feature layout has them; drift_test holds them against model.json.
constexpr const char* styles[] = {
    "open",    "renaissance", "baroque", "classical", "romantic",    "modern",     "art-song",  "hymn",     "ragtime",     "jazz",
    "blues",   "funk",        "rock",    "pop",       "disco",       "latin",      "country",   "folk",     "game",        "marenzio",
    "vivaldi", "bach",        "handel",  "haydn",     "mozart",      "beethoven",  "schubert",  "giuliani", "sor",         "mendelssohn",
    "schumann", "chopin",     "liszt",   "moniuszko", "bruckner",    "brahms",     "dvorak",    "grieg",    "verdi",       "paderewski",
    "wieniawski", "beach",    "debussy", "satie",     "joplin",      "holmes",     "freedoom"};

constexpr const char* parts[] = {"by channel", "piano", "violin",   "cello",   "bass", "guitar",
                                 "flute",      "clarinet", "trumpet", "harp", "drums"};

constexpr const char* players[] = {"model", "musician", "nobody"};

constexpr const char* keys[] = {"open", "C",  "Db",  "D",  "Eb",  "E",  "F",  "F#",  "G",  "Ab",  "A",  "Bb", "B",
                                "Cm",   "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm"};

constexpr const char* thrus[] = {"off", "own part", "all"};

constexpr const char* takes[] = {"live", "replay"};

constexpr const char* buttons[] = {"-", "now"};

template <std::size_t n>
constexpr double last_of(const char* const (&)[n]) {
  return static_cast<double>(n - 1);
}

using p = parameter;

constexpr parameter table[parameter_count] = {
    {mode, "mode", "Mode", "mode", 0, last_of(modes), 0, true, p::band, modes, nullptr, "",
     "Accompany plays beside you, continue takes over when you stop, listen plays nothing, trade answers by turns, harmonize adds "
     "voices."},
    {style, "style", "Style", "style", 0, last_of(styles), 0, true, p::band, styles, nullptr, "", "In whose manner."},
    {part, "part", "Part", nullptr, 0, last_of(parts), 0, true, p::own, parts, nullptr, "",
     "The one part of this track, or every part of the band on a channel of its own."},
    {player, "player", "Player", nullptr, 0, last_of(players), 0, true, p::own, players, nullptr, "",
     "Who plays the part of this track."},
    {temperature, "temperature", "Temperature", "temperature", 0, 2, 1, false, p::band, nullptr, nullptr, "",
     "How boldly: 0 always plays the most probable."},
    {density, "density", "Density", "density", -1, 10, -1, true, p::band, nullptr, "open", "", "How many notes."},
    {register_low, "register_low", "Register from", "register-low", 0, 127, 0, true, p::band, nullptr, nullptr, "",
     "The lowest pitch that the model plays, as a MIDI note."},
    {register_high, "register_high", "Register to", "register-high", 0, 127, 127, true, p::band, nullptr, nullptr, "",
     "The highest pitch that the model plays, as a MIDI note."},
    {lookahead, "lookahead", "Lookahead", "lookahead", 0.25, 8, 2, false, p::band, nullptr, nullptr, "quarters",
     "How far ahead of the playhead is planned."},
    {scale_lock, "scale_lock", "Scale lock", "scale-lock", 0, last_of(keys), 0, true, p::band, keys, nullptr, "",
     "The key that the model does not leave."},
    {seed, "seed", "Seed", "seed", 0, 65535, 1, true, p::band, nullptr, nullptr, "", "The same seed plays the same again."},
    {end_in, "end_in", "End in", "end", 0, 64, 0, true, p::band, nullptr, "never", "bars",
     "Bars from now after which the piece is to be over."},
    {thru, "thru", "Thru", nullptr, 0, last_of(thrus), thru_own, true, p::own, thrus, nullptr, "",
     "Whether your notes go on to the output: never, where the part is yours, or always."},
    {panic, "panic", "Panic", nullptr, 0, 1, 0, true, p::button, buttons, nullptr, "", "Ends every note that sounds, at once."},
    {keep, "keep", "Keep", nullptr, 0, 1, 0, true, p::button, buttons, nullptr, "",
     "What is planned and has yet to sound stands, whatever you play."},
    {discard, "discard", "Discard", nullptr, 0, 1, 0, true, p::button, buttons, nullptr, "",
     "What is planned and has yet to sound is made anew."},
    {capture, "capture", "Capture", nullptr, 0, 1, 0, true, p::button, buttons, nullptr, "",
     "Keeps what you and the band have played since the start, as a MIDI file; the host's log says where."},
    {open_panel, "open_panel", "Open panel", nullptr, 0, 1, 0, true, p::button, buttons, nullptr, "",
     "Opens the engine's panel in the browser, if it has one; the host's log says where it is."},
    {take_mode, "take", "Take", nullptr, 0, last_of(takes), 0, true, p::own, takes, nullptr, "",
     "Live plays anew and remembers it; replay plays again what this track played, at the same places."},
    {trade_bars, "trade_bars", "Trade bars", "trade-bars", 1, 32, 4, true, p::band, nullptr, nullptr, "bars",
     "The length of a turn in mode trade."},
    {follow, "follow", "Follow", "follow", 0, 1, 0, false, p::band, nullptr, nullptr, "",
     "How closely the model keeps to your loudness, and to how far off the beat you play."},
    {fade, "fade", "Fade", "fade", -1, 64, -1, true, p::band, nullptr, "never", "quarters",
     "After how long a silence of yours accompany fades out."},
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string trim(const std::string& text) {
  const auto from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == std::string::npos ? "" : text.substr(from, to - from + 1);
}

}  // namespace

const parameter& parameter_at(std::uint32_t index) CONTINUO_NONBLOCKING { return table[index]; }

const parameter* find_parameter(std::uint32_t id) CONTINUO_NONBLOCKING {
  return id < parameter_count ? &table[id] : nullptr;
}

double nearest_value(const parameter& what, double value) CONTINUO_NONBLOCKING {
  if (std::isnan(value)) return what.usual;
  const double held = std::clamp(value, what.least, what.most);
  return what.stepped ? std::floor(held + 0.5) : held;
}

std::string value_to_text(const parameter& what, double value, bool with_unit) {
  const double v = nearest_value(what, value);
  if (what.labels != nullptr) return what.labels[static_cast<std::size_t>(v - what.least)];
  if (what.first != nullptr && v == what.least) return what.first;
  std::ostringstream text;
  text.imbue(std::locale::classic());  // a host's language must not turn the point into a comma
  text.setf(std::ios::fixed);
  text.precision(what.stepped ? 0 : 2);
  text << v;
  if (with_unit && *what.unit != '\0') text << ' ' << what.unit;
  return text.str();
}

bool text_to_value(const parameter& what, const std::string& text, double& value) {
  const std::string wanted = lower(trim(text));
  if (what.labels != nullptr) {
    // "Bb" and "BB" mean one key, "bm" another: no two labels differ by case alone.
    for (double v = what.least; v <= what.most; v++) {
      if (wanted != lower(what.labels[static_cast<std::size_t>(v - what.least)])) continue;
      value = v;
      return true;
    }
  }
  if (what.first != nullptr && wanted == lower(what.first)) {
    value = what.least;
    return true;
  }
  std::istringstream stream(wanted);
  stream.imbue(std::locale::classic());
  double number = 0;
  std::string rest;
  if (!(stream >> number)) return false;
  std::getline(stream, rest);
  rest = trim(rest);
  if (!rest.empty() && rest != what.unit) return false;
  if (!(number >= what.least && number <= what.most)) return false;
  value = nearest_value(what, number);
  return true;
}

}  // namespace continuo::plugin
