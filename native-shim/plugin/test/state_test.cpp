#include "state.h"

#include <random>

#include "../../core/test/check.h"
#include "bench.h"

using namespace continuo;
using namespace continuo::plugin;

namespace {

// A seed is printed where a check fails.
struct seeded {
  unsigned seed;
  std::mt19937_64 random;
  explicit seeded(unsigned s) : seed(s), random(s) {}
  ~seeded() {
    if (checks::failures() != 0) std::cout << "  seed " << seed << "\n";
  }
};

std::vector<std::uint8_t> played_state(bench& b) {
  b.plugin.set(style, 9);
  b.plugin.set(temperature, 0.7);
  b.plugin.set(seed, 4321);
  b.plugin.set(panic, 1);
  b.block();
  b.plan(0, {{1, 0.03, 0.05, 60}, {2, 0.045, 0.11, 64}, {3, 0.1, 0.3, 67}});
  for (int i = 0; i < 10; i++) b.block();
  return b.plugin.save();
}

std::string all_of(bench& b) {
  std::string text;
  for (std::uint32_t i = 0; i < parameter_count; i++) text += std::to_string(b.plugin.get(i)) + " ";
  const auto bytes = b.plugin.save();
  return text + std::string(bytes.begin(), bytes.end());
}

}  // namespace

TEST("a state brings back parameters and take; buttons are not in it") {
  bench played, fresh;
  const auto bytes = played_state(played);
  EQUAL(3u, played.plugin.take_size());
  IS_TRUE(fresh.plugin.load(bytes.data(), bytes.size()));
  EQUAL(9.0, fresh.plugin.get(style));
  EQUAL(0.7, fresh.plugin.get(temperature));
  EQUAL(4321.0, fresh.plugin.get(seed));
  EQUAL(0.0, fresh.plugin.get(panic));
  EQUAL(3u, fresh.plugin.take_size());
  const auto again = fresh.plugin.save();
  IS_TRUE(bytes == again);
  EQUAL(0, fresh.heard.troubles);
}

TEST("a thousand damaged states are refused whole, with everything as it was") {
  bench played;
  const auto good = played_state(played);
  bench victim;
  victim.plugin.set(mode, 2);
  const std::string before = all_of(victim);
  seeded s(20);
  int tried = 0;
  while (tried < 1000) {
    auto bad = good;
    switch (s.random() % 4) {
      case 0: bad.resize(s.random() % bad.size()); break;
      case 1: bad[s.random() % bad.size()] ^= static_cast<std::uint8_t>(1u << s.random() % 8); break;
      case 2: for (int i = 0; i < 20; i++) bad[s.random() % bad.size()] = static_cast<std::uint8_t>(s.random()); break;
      default: bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(s.random() % bad.size()), static_cast<std::uint8_t>(s.random()));
    }
    if (bad == good) continue;
    tried++;
    IS_TRUE(!victim.plugin.load(bad.data(), bad.size()));
  }
  EQUAL(before, all_of(victim));
  EQUAL(1000u, victim.plugin.states_refused());
  IS_TRUE(victim.heard.last.find("stays as it is") != std::string::npos);
  IS_TRUE(victim.plugin.load(good.data(), good.size()));
}

TEST("figures that make no sense are refused though the checksum is right") {
  state s;
  s.project = "abc";
  s.values = {{temperature, 1.0}, {999999, 5.0}};
  s.notes = {{1, 1, 0, 60, 100, 0}, {2, 1, 0, 60, 100, 0}};
  const auto refuses = [](const state& wrong) {
    const auto bytes = wrong.write();
    state to;
    to.project = "before";
    const bool refused = !state::read(bytes.data(), bytes.size(), to).empty();
    return refused && to.project == "before";
  };
  IS_TRUE(!refuses(s));
  const auto with = [&](auto change) {
    state wrong = s;
    change(wrong);
    return wrong;
  };
  IS_TRUE(refuses(with([](state& w) { w.values[0].second = 99; })));
  IS_TRUE(refuses(with([](state& w) { w.values[1].second = std::nan(""); })));
  IS_TRUE(refuses(with([](state& w) { w.notes[0].beat = 3; })));
  IS_TRUE(refuses(with([](state& w) { w.notes[0].beat = std::nan(""); })));
  IS_TRUE(refuses(with([](state& w) { w.notes[0].length = 0; })));
  IS_TRUE(refuses(with([](state& w) { w.notes[0].pitch = 128; })));
  IS_TRUE(refuses(with([](state& w) { w.channel = 16; })));
  IS_TRUE(refuses(with([](state& w) { w.project = "../../etc"; })));
}

TEST("a state of a later version or of a size beyond reason is refused with words for it") {
  state s, to;
  auto bytes = s.write();
  bytes[8] = 2;
  EQUAL("the saved state is of version 2, this Continuo reads 1", state::read(bytes.data(), bytes.size(), to));
  const std::vector<std::uint8_t> huge(state::largest + 1);
  IS_TRUE(state::read(huge.data(), huge.size(), to).find("larger") != std::string::npos);
  EQUAL("the saved state is not Continuo's", state::read("", 0, to));
}

TEST("the largest take that there is fits a state") {
  state s, to;
  for (std::size_t i = 0; i < take::most_notes; i++) s.notes.push_back({static_cast<double>(i), 1, 0, 60, 100, 0});
  const auto bytes = s.write();
  EQUAL("", state::read(bytes.data(), bytes.size(), to));
  EQUAL(take::most_notes, to.notes.size());
}
