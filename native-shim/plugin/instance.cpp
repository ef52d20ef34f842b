#include "instance.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <sstream>
#include <utility>

#include "../core/src/environment.h"
#include "program.h"
#include "project.h"
#include "state.h"

namespace continuo::plugin {

namespace {

constexpr std::chrono::seconds tell_every{1};
constexpr std::chrono::seconds ask_again_every{2};
constexpr int channels = 16, drum_channel = 9, drums = 10;

static_assert(std::atomic<double>::is_always_lock_free && std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(parameter_count <= 32, "a bit for each");

constexpr std::uint32_t bit(std::uint32_t id) { return 1u << id; }

// Who plays what while each channel is a part: "channel=instrument:player,...", by $CONTINUO_PARTS.
constexpr char usual_parts[] = "0=piano:musician,1=bass:model,9=drums:model";

// Read from the file by `continuo doctor`, whatever the format: plugin and engine should be of one version.
#if defined(__GNUC__)
[[gnu::used]]
#endif
constexpr char version_mark[] = "continuo-plugin-version=" CONTINUO_VERSION ";";

}  // namespace

std::vector<instance::channel_part> instance::parts_by_channel() {
  const std::string told = environment("CONTINUO_PARTS");
  std::istringstream list(told.empty() ? usual_parts : told);
  std::vector<channel_part> parts;
  for (std::string one; std::getline(list, one, ',');) {
    const auto equals = one.find('='), colon = one.find(':');
    if (equals == std::string::npos || colon == std::string::npos || colon < equals) continue;
    const int channel = std::atoi(one.c_str());
    if (channel < 0 || channel >= channels) continue;
    parts.push_back({channel, one.substr(equals + 1, colon - equals - 1), one.substr(colon + 1)});
  }
  return parts;
}

instance::instance(listener* hears) : hears_(hears), parts_(parts_by_channel()), shim_(continuo_shim_create(), continuo_shim_destroy) {
  if (shim_ == nullptr) throw std::bad_alloc();
  for (std::uint32_t i = 0; i < parameter_count; i++) values_[i].store(parameter_at(i).usual, std::memory_order_relaxed);
  changed_.store(bit(part), std::memory_order_relaxed);
  project_ = current_project();
  continuo_listener listening{};
  listening.context = this;
  listening.turn = [](void* self) { static_cast<instance*>(self)->turn(); };
  listening.refused = [](void* self, const char* address, const char* reason) {
    static_cast<instance*>(self)->refused(address, reason);
  };
  listening.say = [](void* self, int trouble, const char* line) { static_cast<instance*>(self)->say(trouble != 0, line); };
  continuo_shim_listen(shim_.get(), &listening);
  turn();
}

instance::~instance() { continuo_shim_link_stop(shim_.get()); }

bool instance::activate(double sample_rate, std::uint32_t max_frames) noexcept {
  if (continuo_shim_activate(shim_.get(), sample_rate, max_frames) == 0) return false;
  try {
    if (!linked_) start_link();
  } catch (...) {  // no memory for it: it plays through, and the next activation tries again
  }
  return true;
}

void instance::deactivate() noexcept { continuo_shim_deactivate(shim_.get()); }

void instance::start_link() {
  continuo_shim_launcher(shim_.get(), engine_program().c_str());
  linked_ = continuo_shim_link_start(shim_.get(), nullptr, band_of(project_).c_str()) != 0;
}

void instance::offline(bool on) noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    collect();
    lay_in();
    continuo_shim_replay(shim_.get(), CONTINUO_OFFLINE, on ? 1 : 0);
  } catch (...) {  // no memory for the take: it stays as it was
  }
}

void instance::set(std::uint32_t id, double value) CONTINUO_NONBLOCKING {
  const parameter* what = find_parameter(id);
  if (what == nullptr || value != value) {
    refused_values_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  const double now = nearest_value(*what, value);
  const double before = values_[id].exchange(now, std::memory_order_relaxed);
  if (before == now) return;
  if (what->reach == parameter::button) {
    if (now < 1) return;
    presses_[id].fetch_add(1, std::memory_order_relaxed);
    if (id == panic) continuo_shim_panic(shim_.get());
  }
  changed_.fetch_or(bit(id), std::memory_order_release);
}

double instance::get(std::uint32_t id) const CONTINUO_NONBLOCKING {
  return id < parameter_count ? values_[id].load(std::memory_order_relaxed) : 0;
}

void instance::turn() noexcept {
  try {
    follow_changes();
    if (hears_ != nullptr && has_to_tell_of_the_take()) hears_->state_changed();
  } catch (...) {  // no memory: the next change is told
  }
}

// What was set since the last look, and the take.
void instance::follow_changes() {
  const std::lock_guard<std::mutex> guard(lock_);
  collect();
  if (!take_laid_ && continuo_shim_plays(shim_.get()) == 0) lay_in();
  ask_again_for_parts();
  std::uint32_t changed = changed_.exchange(0, std::memory_order_acquire);
  if (changed == 0) return;
  if ((changed & bit(part)) != 0) changed |= bit(register_low) | bit(register_high);  // the band's, or the one part's
  if ((changed & bit(keep)) != 0) continuo_shim_keep(shim_.get());
  if ((changed & bit(discard)) != 0) continuo_shim_discard(shim_.get());
  if ((changed & bit(capture)) != 0) continuo_shim_capture(shim_.get());
  if ((changed & bit(open_panel)) != 0) continuo_shim_open_panel(shim_.get());
  if ((changed & bit(take_mode)) != 0) {
    lay_in();
    continuo_shim_replay(shim_.get(), CONTINUO_REPLAY, value(take_mode));
  }
  if ((changed & (bit(part) | bit(player) | bit(take_mode))) != 0) {
    tries_ = 0;
    lacks_parts_ = lack_said_ = false;
    tell_parts();
  }
  if ((changed & (bit(part) | bit(player) | bit(thru))) != 0) route();
  if ((changed & (bit(register_low) | bit(register_high))) != 0) tell_register();
  for (std::uint32_t i = 0; i < parameter_count; i++) {
    if ((changed & bit(i)) != 0) tell(parameter_at(i));
  }
}

// What the audio thread saw sounding goes into the take.
void instance::collect() {
  continuo_performed p;
  while (continuo_shim_performed(shim_.get(), &p) != 0) {
    if (p.what == continuo_performed_on) take_told_ = false;
    take_laid_ = false;
    if (!take_.add(p)) take_refused_.fetch_add(1, std::memory_order_relaxed);
  }
}

bool instance::has_to_tell_of_the_take() {
  const std::lock_guard<std::mutex> guard(lock_);
  if (take_told_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (continuo_shim_plays(shim_.get()) != 0 && now - take_told_at_ < tell_every) return false;
  take_told_ = true;
  take_told_at_ = now;
  return true;
}

bool instance::take_grew() noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    collect();
    return !std::exchange(take_told_, true);
  } catch (...) {
    return false;  // no memory for the take
  }
}

// Gives the audio thread the take as it is, to play from when it has to.
void instance::lay_in() {
  if (take_laid_) return;
  const auto notes = take_.notes();
  take_laid_ = continuo_shim_take(shim_.get(), notes.data(), static_cast<std::uint32_t>(notes.size())) != 0;
}

// What concerns the band is told once somebody moved it: an instance that was only loaded leaves it as the others set it. A single
// part's register is none of the band's, which is given back the usual one if it was told another.
void instance::tell(const parameter& what) {
  if (what.wire == nullptr) return;
  const bool own = (what.id == register_low || what.id == register_high) && value(part) != part_by_channel;
  const double now = own ? what.usual : get(what.id);
  if (now == what.usual && (told_ & bit(what.id)) == 0) return;
  told_ = own ? told_ & ~bit(what.id) : told_ | bit(what.id);
  if (what.labels != nullptr) continuo_shim_set_text(shim_.get(), what.wire, what.labels[static_cast<int>(now - what.least)]);
  else continuo_shim_set_number(shim_.get(), what.wire, now);
}

void instance::tell_parts() {
  const std::uint32_t before = parts_told_;
  parts_told_ = 0;
  const auto say_part = [&](int channel, const char* instrument, const char* who) {
    // A take that is replayed is played by nobody that the engine knows; the part is the model's again when it is live.
    if (value(take_mode) != 0 && std::strcmp(who, "model") == 0) who = "held";
    if (continuo_shim_part(shim_.get(), channel, instrument, who) != 0) parts_told_ |= 1u << channel;
  };
  const int playing = value(part);
  if (playing == part_by_channel) {
    for (const auto& one : parts_) say_part(one.channel, one.instrument.c_str(), one.player.c_str());
  } else {
    // Drums have a channel of their own in General MIDI; whoever finds a channel taken moves on.
    if (tries_ == 0 && playing == drums) channel_ = drum_channel;
    if (tries_ == 0 && playing != drums && channel_ == drum_channel) channel_ = 0;
    static constexpr const char* who[] = {"model", "musician", "nobody"};
    say_part(channel_, instrument_names[playing - 1], who[value(player)]);
  }
  for (int channel = 0; channel < channels; channel++) {
    if ((before & ~parts_told_ & 1u << channel) != 0) continuo_shim_leave_part(shim_.get(), channel);
  }
}

// By channel the channels are given, so that there is none to move on to: who has them may leave.
void instance::ask_again_for_parts() {
  const auto now = std::chrono::steady_clock::now();
  if (!lacks_parts_ || now - lacks_parts_since_ < ask_again_every) return;
  lacks_parts_ = false;  // unless it is refused again
  tell_parts();
}

// A single part has a register of its own, told once somebody moved it.
void instance::tell_register() {
  const int low = value(register_low), high = value(register_high);
  const bool moved = low != parameter_at(register_low).usual || high != parameter_at(register_high).usual;
  if (value(part) == part_by_channel) {  // the channel may stay, its register was the single part's
    if (register_told_) continuo_shim_register(shim_.get(), channel_, 0, 127);
    register_told_ = false;
    return;
  }
  if (!moved && !register_told_) return;
  register_told_ = continuo_shim_register(shim_.get(), channel_, low, high) != 0;
}

void instance::route() {
  continuo_routing r{};
  const int playing = value(part), passing = value(thru);
  r.others = 1;
  if (playing != part_by_channel) {
    r.single = 1;
    r.part = static_cast<std::uint8_t>(channel_);
    r.out_channel = playing == drums ? drum_channel : 0;
    r.notes = passing == thru_own && value(player) == plays_musician ? 0xffff : 0;
  } else if (passing == thru_own) {
    r.notes = 0xffff;
    for (const auto& one : parts_) {
      if (one.player != "musician") r.notes = static_cast<std::uint16_t>(r.notes & ~(1u << one.channel));
    }
  }
  if (passing == thru_all) r.notes = 0xffff;
  continuo_shim_route(shim_.get(), &r);
}

// Another instance has the channel: the next one is tried.
void instance::refused(const std::string& address, const std::string& reason) {
  try {
    std::string trouble;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      const bool taken = reason.rfind("another session plays this part", 0) == 0;
      if (taken && address == "/continuo/register") return;  // which is refused beside its part
      const bool part_taken = taken && address == "/continuo/part";
      // An answer to what was asked before the part was set, which the next look asks for.
      if (part_taken && (changed_.load(std::memory_order_relaxed) & bit(part)) != 0) return;
      if (part_taken && value(part) == part_by_channel) {
        if (!lack_said_) trouble = "another session plays some of the parts; they are asked for again until it leaves them";
        lack_said_ = true;
        if (!lacks_parts_) lacks_parts_since_ = std::chrono::steady_clock::now();
        lacks_parts_ = true;
      } else if (!part_taken) {
        trouble = "the engine refused " + address + ": " + reason;
      } else if (++tries_ >= channels) {
        if (tries_ == channels) trouble = "no channel of the band is free for this part";
      } else {
        // Nobody, if it was another's: an answer to what was asked before leaves no part behind that sounds nowhere.
        continuo_shim_leave_part(shim_.get(), channel_);
        parts_told_ = 0;
        do {
          channel_ = (channel_ + 1) % channels;
        } while (channel_ == drum_channel && value(part) != drums);
        tell_parts();
        tell_register();
        route();
      }
    }
    if (!trouble.empty()) say(true, trouble);
  } catch (...) {  // no memory to say it
  }
}

void instance::say(bool trouble, const std::string& line) {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    said_ = line;
  }
  if (hears_ != nullptr) hears_->say(trouble, line.c_str());
}

std::string instance::said() const {
  const std::lock_guard<std::mutex> guard(lock_);
  return said_;
}

std::size_t instance::take_size() {
  const std::lock_guard<std::mutex> guard(lock_);
  collect();
  return take_.size();
}

std::vector<std::uint8_t> instance::save() noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    collect();
    state s;
    s.project = project_;
    s.channel = static_cast<std::uint8_t>(channel_);
    for (std::uint32_t i = 0; i < parameter_count; i++) {
      if (parameter_at(i).reach != parameter::button) s.values.emplace_back(parameter_at(i).id, get(i));
    }
    s.notes = take_.notes();
    take_told_ = true;  // the host has it
    return s.write();
  } catch (...) {
    return {};
  }
}

bool instance::load(const void* bytes, std::size_t size) noexcept {
  try {
    state s;
    const std::string wrong = state::read(bytes, size, s);
    if (!wrong.empty()) {
      states_refused_.fetch_add(1, std::memory_order_relaxed);
      say(true, wrong + "; everything stays as it is");
      return false;
    }
    bool moves = false;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      collect();
      for (std::uint32_t i = 0; i < parameter_count; i++) {
        if (parameter_at(i).reach != parameter::button) set(i, parameter_at(i).usual);
      }
      for (const auto& [id, value] : s.values) {
        if (parameter_at(id).reach != parameter::button) set(id, value);
      }
      channel_ = s.channel;
      take_.set(s.notes);
      take_laid_ = false;
      take_told_ = true;
      lay_in();
      changed_.fetch_or(bit(part), std::memory_order_release);
      if (!s.project.empty() && s.project != project_) {
        moves = linked_;
        project_ = s.project;
      }
      if (!s.project.empty()) enter_project(s.project);
    }
    if (moves) start_link();  // in the other band
    if (!linked_) turn();
    return true;
  } catch (...) {
    return false;  // no memory
  }
}

}  // namespace continuo::plugin
