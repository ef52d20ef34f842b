#include "instance.h"

#include <cmath>

#include "../../core/test/check.h"
#include "bench.h"
#include "project.h"
#include "state.h"
#include "stretches.h"

using namespace continuo;
using namespace continuo::plugin;

TEST("at first it says the usual parts and nothing of the band") {
  bench b;
  b.block();
  EQUAL("part 0 piano musician; part 1 bass model; part 9 drums model; ", b.told());
}

TEST("what somebody moved is told, by name, and told again to the next engine; back to the usual is told too") {
  bench b;
  b.block();
  b.told();
  b.plugin.set(style, 9);
  b.plugin.set(temperature, 0.5);
  b.plugin.set(density, -1);
  EQUAL("set style jazz; set temperature 0.500; ", b.told());
  b.plugin.set(style, 0);
  EQUAL("set style open; ", b.told());
  continuo_shim_disconnected(b.plugin.shim());
  continuo_shim_connected(b.plugin.shim());
  EQUAL("part 0 piano musician; part 1 bass model; part 9 drums model; set style open; set temperature 0.500; ", b.told());
}

TEST("unknown ids and what is no number are refused and counted; too much is the most") {
  bench b;
  b.plugin.set(4711, 1);
  b.plugin.set(temperature, std::nan(""));
  b.plugin.set(temperature, 1e300);
  EQUAL(2u, b.plugin.refused_values());
  EQUAL(2.0, b.plugin.get(temperature));
}

TEST("panic ends every note in the next block, planned and passed on, and begins anew") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 9, 60}, {2, 0.031, 9, 61}, {3, 0.2, 9, 62}});
  b.block({{0, 0x90, 70, 90, 0}});
  EQUAL(3u, b.out.size());
  b.told();
  b.plugin.set(panic, 1);
  b.block();
  EQUAL("panic; ", b.told());
  EQUAL(3u, b.out.size());
  for (const auto& e : b.out) IS_TRUE((e.status & 0xf0) == 0x80 && e.frame == 0);
  for (int i = 0; i < 20; i++) EQUAL(0u, b.block().size());
  b.plugin.set(panic, 1);
  b.block();
  EQUAL(1u, b.count("panics"));
  b.plugin.set(panic, 0);
  b.plugin.set(panic, 1);
  b.block();
  EQUAL(2u, b.count("panics"));
}

TEST("controllers, bend, pressure and programs pass as they are; notes where the part is the musician's") {
  bench b;
  b.told();
  const std::vector<continuo_event> played = {{1, 0xb5, 64, 127, 0}, {2, 0xe0, 1, 65, 0}, {3, 0xd2, 9, 0, 0}, {4, 0xc3, 8, 0, 0}, {5, 0xa0, 60, 4, 0}};
  EQUAL(text(played), text(b.block(played)));
  EQUAL("7:144.60.90 ", text(b.block({{7, 0x90, 60, 90, 0}, {8, 0x91, 61, 90, 0}})));
  EQUAL("9:128.60.33 ", text(b.block({{9, 0x80, 60, 33, 0}, {10, 0x81, 61, 0, 0}})));
  b.plugin.set(thru, thru_all);
  b.told();
  EQUAL("7:144.60.90 8:145.61.90 ", text(b.block({{7, 0x90, 60, 90, 0}, {8, 0x91, 61, 90, 0}})));
  b.plugin.set(thru, thru_off);
  b.told();
  EQUAL(2u, b.block().size());
  EQUAL("", text(b.block({{7, 0x90, 60, 90, 0}, {9, 0x80, 60, 33, 0}})));
  b.block({{0, 0xf8, 0, 0, 0}, {0, 0x90, 200, 1, 0}, {0, 0x12, 1, 1, 0}});
  EQUAL(3u, b.count("bad_event"));
}

TEST("a plan yields to a key that the musician holds, and a key that comes down ends a planned note of its pitch") {
  bench b;
  b.plugin.set(thru, thru_all);
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 9, 60}, {2, 0.07, 9, 62}});
  b.block();
  EQUAL("19:145.62.90 ", text(b.block({{19, 0x91, 62, 90, 0}})));
  EQUAL(0u, b.block().size());
  EQUAL(1u, b.count("yielded"));
  IS_TRUE(b.told().find("missed 2") != std::string::npos);
  EQUAL("5:129.60.0 5:145.60.90 ", text(b.block({{5, 0x91, 60, 90, 0}})));
}

TEST("all sound off and all notes off let go of the keys of their channel, for the engine and in what passes; a reset lifts the pedal") {
  bench b;
  b.plugin.set(thru, thru_all);
  b.told();
  b.block();
  int number = 0;
  for (const int controller : {120, 123, 124, 127}) {
    const auto all_off = static_cast<std::uint8_t>(controller);
    b.block({{0, 0x90, 60, 90, 0}, {0, 0x90, 64, 90, 0}, {0, 0x91, 62, 90, 0}});
    b.told();
    EQUAL("5:128.60.0 5:128.64.0 5:176." + std::to_string(all_off) + ".0 ", text(b.block({{5, 0xb0, all_off, 0, 0}})));
    EQUAL("note/off 0 60; note/off 0 64; ", b.told());
    // What is planned yields to no key of that channel any more.
    b.plan(continuo_shim_performance(b.plugin.shim()), {{++number, continuo_shim_performance(b.plugin.shim()) + 0.03, 9, 60, 0}});
    EQUAL("240:144.60.100 ", text(b.block()));
    EQUAL("9:129.62.0 ", text(b.block({{9, 0x80, 60, 0, 0}, {9, 0x81, 62, 0, 0}})));
    b.plan(continuo_shim_performance(b.plugin.shim()), {});
    b.plugin.set(panic, 1);
    b.plugin.set(panic, 0);
    b.block();
    b.told();
  }
  EQUAL("3:176.121.0 ", text(b.block({{3, 0xb0, 121, 0, 0}})));
  EQUAL("control 0 64 0; ", b.told());
}

TEST("a key and a pedal that are down where nothing more is heard of them are let go of for the engine: the host stops calling, renders, or has another part") {
  for (int how = 0; how < 5; how++) {
    bench b;
    b.told();
    b.block({{0, 0x93, 60, 90, 0}, {0, 0x93, 64, 90, 0}, {1, 0xb3, 64, 127, 0}, {2, 0xb4, 64, 127, 0}, {9, 0x83, 64, 0, 0}, {9, 0xb4, 64, 0, 0}});
    EQUAL("note/on 3 60 90; note/on 3 64 90; control 3 64 127; control 4 64 127; note/off 3 64; control 4 64 0; ", b.told());
    continuo_event ended[8];
    if (how == 0) b.plugin.deactivate();
    if (how == 1) b.plugin.release(ended, 8);
    if (how == 2) b.plugin.offline(true);
    if (how == 3) b.plugin.freewheel(true);
    if (how == 4) {
      b.plugin.set(part, 4);  // bass: all that comes in is the band's channel 0 from now on
      b.told();
    }
    b.block();
    EQUAL("note/off 3 60; control 3 64 0; ", b.told());
    b.block({{0, 0x83, 60, 0, 0}});  // the end comes, and the engine knows of no such key
    EQUAL(how == 2 || how == 3 ? "" : how == 4 ? "note/off 0 60; " : "note/off 3 60; ", b.told());
  }
}

TEST("keep and discard are said once, to the engine that is there") {
  bench b;
  b.told();
  for (int i = 0; i < 3; i++) {
    b.plugin.set(keep, 1);
    b.plugin.set(discard, 1);
    b.plugin.set(keep, 0);
    b.plugin.set(discard, 0);
    EQUAL("keep; discard; ", b.told());
  }
  continuo_shim_disconnected(b.plugin.shim());
  b.plugin.set(keep, 1);
  EQUAL("", b.told());
  continuo_shim_connected(b.plugin.shim());
  EQUAL(std::string::npos, b.told().find("keep"));
}

TEST("capture is said once, to the engine that is there; what it refuses, people hear") {
  bench b;
  b.told();
  b.plugin.set(capture, 1);
  EQUAL("capture; ", b.told());
  EQUAL("", b.told());
  std::uint8_t packet[256];
  osc::writer w(packet, sizeof packet);
  w.begin("/continuo/refused", "ss").s("/continuo/capture").s("it could not be kept: the disk is full");
  continuo_shim_give_packet(b.plugin.shim(), packet, static_cast<std::uint32_t>(w.size()));
  EQUAL("the engine refused /continuo/capture: it could not be kept: the disk is full", b.heard.last);
  EQUAL(1, b.heard.troubles);
}

TEST("instances of one process share a project; a state of another moves an instance and those made after it") {
  bench a, b;
  auto of = [](bench& x) {
    const auto bytes = x.plugin.save();
    return std::string(bytes.begin() + 25, bytes.begin() + 25 + bytes[24]);
  };
  EQUAL(of(a), of(b));
  const auto before = a.plugin.save();
  enter_project("other");
  bench c;
  EQUAL("other", of(c));
  c.plugin.load(before.data(), before.size());
  EQUAL(of(a), of(c));
  EQUAL(of(a), current_project());
  IS_TRUE(band_of("x").find("project-x-") == 0);
}

TEST("several transports in one block: each stretch by itself, events where they belong") {
  bench b;
  b.told();
  stretches s;
  b.host.beat = 0;
  s.begin(1000, 48000);
  s.transport(b.plugin, 0, &b.host);
  s.event(10, 0xb0, 1, 1);
  auto second = b.host;
  second.beat = 400.0 / 24000;
  second.tempo = 240;
  s.transport(b.plugin, 400, &second);
  s.event(500, 0xb0, 1, 2);
  s.event(5, 0xb0, 1, 3);  // behind its time: now
  auto third = b.host;
  third.beat = 50;
  s.transport(b.plugin, 900, &third);
  s.end(b.plugin);
  EQUAL("10:176.1.1 500:176.1.2 500:176.1.3 ", text({s.events(), s.events() + s.size()}));
  EQUAL(2u, b.count("breaks"));
  EQUAL(3u, b.count("blocks"));
  IS_TRUE(std::fabs(continuo_shim_performance(b.plugin.shim()) - (400.0 / 24000 + 500.0 / 12000)) < 1e-9);
}

TEST("a block that is cut in two goes on in the second part as the host said, through its loop too") {
  bench b;
  b.told();
  stretches s;
  b.host.flags |= CONTINUO_LOOPING;
  b.host.loop_start = 1;
  b.host.loop_end = 2;
  b.host.beat = 2 - 100.0 / 24000;
  s.begin(1000, 48000);
  s.transport(b.plugin, 0, &b.host);
  s.cut(b.plugin, 300);
  s.event(300, 0xb0, 1, 1);
  s.cut(b.plugin, 200);  // behind its time: nothing
  s.end(b.plugin);
  EQUAL("300:176.1.1 ", text({s.events(), s.events() + s.size()}));
  EQUAL(2u, b.count("blocks"));
  EQUAL(1u, b.count("breaks"));  // that it began
  EQUAL(1u, b.count("wraps"));
}
