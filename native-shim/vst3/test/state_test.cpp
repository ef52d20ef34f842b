// What a project keeps of the module: its state, and the take that an offline render plays again.
#include <random>

#include "check.h"
#include "controls.h"
#include "text.h"
#include "world.h"

using namespace continuo;
using namespace continuo::vst3;

TEST("what was set and what was performed comes back from the state, in a new instance and in pieces of any size") {
  rig r(the_world().module);
  r.start();
  r.context.project_time_quarters = 64;
  r.set.set(plugin::temperature, 0, 0.25).set(plugin::style, 0, controls::to_normal(plugin::style, 9)).set(plugin::seed, 0, controls::to_normal(plugin::seed, 4711));
  IS_TRUE(r.until([&] { return r.ons > 10; }));
  r.play(false);
  r.block(480);
  const auto saved = r.state();
  IS_TRUE(saved.size() > 10 * 19);
  for (const std::int32_t piece : {1 << 20, 100, 7}) {
    rig other(the_world().module);
    IS_TRUE(other.state(saved, piece));
    EQUAL(0.25, other.get(plugin::temperature));
    EQUAL(controls::to_normal(plugin::style, 9), other.get(plugin::style));
    EQUAL(controls::to_normal(plugin::seed, 4711), other.get(plugin::seed));
    IS_TRUE(saved == other.state());
  }
  host::stream s;
  r.set.set(controls::bypass, 0, 1);
  r.block(0);
  EQUAL(int{V3_OK}, r.controller->get_state(r.controller.get(), s.get()));
  rig other(the_world().module);
  s.at = 0;
  EQUAL(int{V3_OK}, other.controller->set_state(other.controller.get(), s.get()));
  EQUAL(1.0, other.get(controls::bypass));
}

TEST("a host is told when a state moved the parameters, and is let go in the end") {
  host::handler handler;
  {
    rig r(the_world().module), other(the_world().module);
    r.controller->set_component_handler(r.controller.get(), handler.get());
    EQUAL(1, handler.references);
    IS_TRUE(r.state(other.state()));
    EQUAL(1, handler.restarts);
    EQUAL(int{V3_RESTART_PARAM_VALUES_CHANGED}, handler.flags);
    IS_TRUE(!r.state({1, 2, 3}));
    EQUAL(1, handler.restarts);
  }
  EQUAL(0, handler.references);
}

TEST("a host is told that there is something to save when it deactivates the plugin, unless it has saved it") {
  host::handler handler;
  rig r(the_world().module);
  r.controller->set_component_handler(r.controller.get(), handler.get());
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  r.component->set_active(r.component.get(), 0);
  EQUAL(1, handler.dirty);
  r.start();
  EQUAL(1, handler.dirty);
  const int before = r.ons;
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  r.play(false);
  for (int i = 0; i < 20; i++) r.block(480);
  r.state();
  r.component->set_active(r.component.get(), 0);
  EQUAL(1, handler.dirty);
  EQUAL(1, handler.references);
  r.controller->set_component_handler(r.controller.get(), nullptr);
}

TEST("1,000 damaged states are refused or mean something, and the plugin plays on") {
  rig r(the_world().module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  const auto good = r.state();
  std::mt19937 random(20261124);
  int refused = 0;
  for (int i = 0; i < 1000; i++) {
    auto bad = good;
    const auto at = random() % bad.size();
    switch (random() % 4) {
      case 0: bad[at] ^= static_cast<std::uint8_t>(1 + random() % 255); break;
      case 1: bad.resize(at); break;
      case 2: bad.insert(bad.end(), 1 + random() % 1000, static_cast<std::uint8_t>(random())); break;
      default:
        for (auto& byte : bad) byte = static_cast<std::uint8_t>(random());
    }
    const auto before = r.state();
    if (r.state(bad)) continue;
    refused++;
    if (before != r.state()) std::cout << "  state " << i << " was refused and changed something\n";
    IS_TRUE(before == r.state());
    host::stream s(std::move(bad));
    r.controller->set_state(r.controller.get(), s.get());
  }
  EQUAL(1000, refused);  // each has a checksum that does not fit
  IS_TRUE(!r.state(std::vector<std::uint8_t>(3 * 1024 * 1024)));
  const int before = r.ons;
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  EQUAL(0, r.off_grid);
}

TEST("an offline render plays the take again, note for note, as fast as it can") {
  rig r(the_world().module);
  r.start();
  r.seek(256);
  IS_TRUE(r.until([&] { return r.ons > 20; }));
  r.play(false);
  r.block(480);
  auto live = r.heard;
  live.erase(std::remove_if(live.begin(), live.end(), [](const auto& n) { return n.first < 256; }), live.end());
  r.heard.clear();
  r.start(V3_OFFLINE);
  r.play(true);
  r.seek(256);
  while (r.context.project_time_quarters < live.back().first + 1) r.block(512, std::chrono::microseconds(0));
  IS_TRUE(live == r.heard);
  EQUAL(live.size(), r.heard.size());
  EQUAL(0, r.off_grid);
  EQUAL(0, r.hanging());
}
