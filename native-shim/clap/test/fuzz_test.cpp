// Hosts that say anything: parameters, transports and events at random, with the poison that validators use.
#include <cinttypes>
#include <limits>
#include <random>

#include "../../plugin/parameters.h"
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

namespace {

// CONTINUO_SEED repeats a run.
std::uint64_t first_seed() {
  const char* told = std::getenv("CONTINUO_SEED");
  return told != nullptr ? std::strtoull(told, nullptr, 10) : 1;
}

struct dice {
  std::uint64_t seed;
  std::mt19937_64 random;
  explicit dice(std::uint64_t s) : seed(s), random(s) {}
  ~dice() {
    if (checks::failures() != 0) std::cout << "  CONTINUO_SEED=" << seed << "\n";
  }
  std::uint64_t below(std::uint64_t n) { return random() % n; }
  double real() { return std::uniform_real_distribution<double>(-1, 1)(random); }
  double poison() {
    switch (below(6)) {
      case 0: return std::numeric_limits<double>::quiet_NaN();
      case 1: return std::numeric_limits<double>::infinity();
      case 2: return -std::numeric_limits<double>::infinity();
      case 3: return std::numeric_limits<double>::denorm_min();
      case 4: return -1e300;
      default: return real() * 1000;
    }
  }
  std::int64_t whole() { return below(3) == 0 ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(random()); }
};

constexpr std::uint32_t sizes[] = {1, 10, 17, 64, 256, 1024, 1536, 2027, 4096};

}  // namespace

TEST("any value for any parameter, by event or flush: what is read is in its range, and its text comes back") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.activate(48000, 4096);
  dice d(first_seed());
  for (int i = 0; i < 3000; i++) {
    const auto id = static_cast<clap_id>(d.below(plugin::parameter_count + 3));
    const double value = d.below(3) == 0 ? d.poison() : d.real() * 200;
    s.value(0, id, value);
    if (d.below(2) == 0) s.flush();
    else s.block(16);
    if (id >= plugin::parameter_count) continue;
    const plugin::parameter& what = plugin::parameter_at(id);
    const double now = s.value_of(id);
    IS_TRUE(now >= what.least && now <= what.most);
    char text[64];
    double back = 0;
    IS_TRUE(s.params().value_to_text(s.plugin(), id, value, text, sizeof text));
    IS_TRUE(s.params().text_to_value(s.plugin(), id, text, &back));
  }
  IS_TRUE(s.all_good());
}

TEST("transports at random, poisoned and torn, with an engine that plans: every note that begins ends, none is doubled") {
  engine_at_its_place engine;
  std::size_t events = 0;
  for (std::uint64_t run = 0; run < 6; run++) {
    dice d(first_seed() + run);
    stage s(file());
    s.activate(d.below(2) == 0 ? 48000 : 44100, 4096);
    s.value(0, plugin::thru, plugin::thru_off);
    for (int i = 0; i < 1500; i++) {
      const std::uint32_t frames = sizes[d.below(std::size(sizes))];
      std::uint32_t time = 0;
      for (std::uint64_t k = d.below(4); k > 0; k--) {
        time = std::min(time + static_cast<std::uint32_t>(d.below(frames)), frames - 1);
        switch (d.below(8)) {
          case 0: s.change(time, [&](song& n) { n.playing = !n.playing; }); break;
          case 1: s.change(time, [&](song& n) { n.beat = d.below(4) == 0 ? d.poison() : d.real() * 100; if (!(std::fabs(n.beat) < 1e6)) n.beat = -3; }); break;
          case 2: s.change(time, [&](song& n) { n.tempo = d.below(4) == 0 ? d.poison() : 60 + d.real() * 40; }); break;
          case 3: s.change(time, [&](song& n) { n.numerator = static_cast<int>(d.below(300)); n.denominator = static_cast<int>(d.below(70)); if (n.numerator == 0 || n.denominator == 0) n.numerator = n.denominator = 4; }); break;
          case 4: s.change(time, [&](song& n) { n.looping = d.below(2) == 0; n.loop_start = d.real() * 8; n.loop_end = n.loop_start + 0.01 + 4 + d.real() * 3.9; }); break;
          case 5: s.change(time, [&](song& n) { n.has_beats = d.below(4) != 0; n.has_tempo = d.below(4) != 0; n.has_meter = d.below(4) != 0; n.silent = d.below(8) == 0; }); break;
          case 6: s.midi(time, static_cast<int>(d.below(256)), static_cast<int>(d.below(256)), static_cast<int>(d.below(256))); break;
          default: s.note(time, d.below(2) == 0, static_cast<int>(d.below(18)) - 1, static_cast<int>(d.below(140)) - 5, d.poison(), static_cast<int>(d.below(9)) - 2);
        }
      }
      // A tempo that is not finite is not followed by the song: it would never be anywhere again.
      s.block(frames);
      if (!(s.now.tempo > 0 && s.now.tempo < 1000)) s.now.tempo = 120;
      if (!(std::fabs(s.now.beat) < 1e6)) s.now.beat = 0;
      s.now.tempo_inc = 0;
      if (i % 16 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    s.now = song();
    s.now.playing = false;
    for (int i = 0; i < 4; i++) s.block(480);
    EQUAL(0, s.sounding());
    EQUAL(0, s.doubled());
    IS_TRUE(s.all_good());
    events += s.all().size();
  }
  IS_TRUE(events > 100);
  std::cout << "  " << events << " events\n";
}

TEST("a transport of nothing but poison is no transport") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.activate(48000, 4096);
  dice d(first_seed());
  for (int i = 0; i < 2000; i++) {
    clap_event_transport_t t{};
    t.header = {sizeof t, 0, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_TRANSPORT, 0};
    t.flags = static_cast<std::uint32_t>(d.random());
    t.song_pos_beats = d.whole();
    t.loop_start_beats = d.whole();
    t.loop_end_beats = d.whole();
    t.bar_start = d.whole();
    t.tempo = d.poison();
    t.tempo_inc = d.poison();
    t.tsig_num = static_cast<std::uint16_t>(d.random());
    t.tsig_denom = static_cast<std::uint16_t>(d.random());
    s.transport(t);
    s.block(sizes[d.below(std::size(sizes))]);
  }
  IS_TRUE(s.all_good());
  EQUAL(0, s.sounding());
}
