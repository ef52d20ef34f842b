// The plugin as a file, in a host, with an engine on a real socket: what it says of itself, what it passes on, how it ends.
#include <algorithm>
#include <memory>

#include "../../plugin/parameters.h"
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

TEST("it loads, says what it is, and is made and thrown away a hundred times without starting anything") {
  const auto& factory = file().factory();
  EQUAL(1u, factory.get_plugin_count(&factory));
  EQUAL(std::string("Continuo"), factory.get_plugin_descriptor(&factory, 0)->name);
  IS_TRUE(file().entry().get_factory("other") == nullptr);
  engine_at_its_place engine;
  for (int i = 0; i < 100; i++) {
    stage s(file());
    IS_TRUE(s.plugin()->get_extension(s.plugin(), "nothing.we.know") == nullptr);
    const auto* audio = s.get<clap_plugin_audio_ports_t>(CLAP_EXT_AUDIO_PORTS);
    clap_audio_port_info_t port{};
    EQUAL(0u, audio->count(s.plugin(), true));
    EQUAL(1u, audio->count(s.plugin(), false));
    IS_TRUE(audio->get(s.plugin(), 0, false, &port) && port.channel_count == 2);
    const auto* notes = s.get<clap_plugin_note_ports_t>(CLAP_EXT_NOTE_PORTS);
    EQUAL(2u, notes->count(s.plugin(), true) + notes->count(s.plugin(), false));
    EQUAL(0u, s.get<clap_plugin_latency_t>(CLAP_EXT_LATENCY)->get(s.plugin()));
  }
  EQUAL(0, engine.sessions());
}

TEST("parameters are told as the table has them, and their texts come back") {
  stage s(file());
  EQUAL(plugin::parameter_count, s.params().count(s.plugin()));
  for (std::uint32_t i = 0; i < plugin::parameter_count; i++) {
    clap_param_info_t info{};
    IS_TRUE(s.params().get_info(s.plugin(), i, &info));
    EQUAL(std::string(plugin::parameter_at(i).name), info.name);
    EQUAL(info.default_value, s.value_of(info.id));
    for (int k = 0; k <= 10; k++) {
      const double v = info.min_value + (info.max_value - info.min_value) * k / 10;
      char text[64] = {}, again[64] = {};
      double back = 0;
      IS_TRUE(s.params().value_to_text(s.plugin(), info.id, v, text, sizeof text));
      IS_TRUE(s.params().text_to_value(s.plugin(), info.id, text, &back));
      s.params().value_to_text(s.plugin(), info.id, back, again, sizeof again);
      EQUAL(std::string(text), again);
    }
  }
  clap_param_info_t info{};
  double v = 0;
  IS_TRUE(!s.params().get_info(s.plugin(), plugin::parameter_count, &info));
  IS_TRUE(!s.params().get_value(s.plugin(), 4711, &v));
  s.value(0, plugin::temperature, 0.25);
  s.value(0, 4711, 1);
  s.flush();
  EQUAL(0.25, s.value_of(plugin::temperature));
}

TEST("both dialects are heard and passed on; an end for all keys, or for one by its number, is one") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.activate(48000, 480);
  s.block(480);
  s.value(0, plugin::thru, plugin::thru_all);
  s.block(480);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the link's thread sees to it
  s.note(3, true, 0, 60, 0.5, 7);
  s.midi(4, 0x91, 61, 90);
  s.midi(5, 0xb1, 1, 33);
  s.midi(6, 0xe1, 5, 66);
  s.note(7, true, 2, 62, 0, 8);
  EQUAL("3:144.60.64 4:145.61.90 5:177.1.33 6:225.5.66 7:146.62.1 ", events(s.block(480), 960));
  s.note(9, false, -1, -1, 0.5, 8);
  // A note that came without a number answers to any.
  EQUAL("9:129.61.64 9:130.62.64 ", events(s.block(480), 1440));
  s.note(9, true, 2, 64, 1);
  s.note(10, false, -1, -1, 0);
  EQUAL("9:146.64.127 10:128.60.0 10:130.64.0 ", events(s.block(480), 1920));
  EQUAL(0, s.sounding() + s.doubled());
}

TEST("events that are too short, of another space or of no type we know are passed over") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.activate(48000, 480);
  for (std::uint16_t type = 0; type < 40; type++) {
    s.raw({sizeof(clap_event_header_t), 0, CLAP_CORE_EVENT_SPACE_ID, type, 0});
    s.raw({64, 0, 77, type, 0});
  }
  EQUAL(0u, s.block(480).size());
  IS_TRUE(s.all_good());
}

TEST("a host that takes few events gets every end, later") {
  engine_at_its_place engine;
  stage::options small;
  small.takes = 1;
  stage s(file(), small);
  start(s);
  play(s, 4, 4096);
  s.now.playing = false;
  for (int i = 0; i < 100; i++) s.block(480);
  EQUAL(0, s.sounding());
  EQUAL(0, s.doubled());
}

TEST("panic ends everything at its frame; reset and a new activation leave nothing behind") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  for (int how = 0; how < 3; how++) {
    IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
    if (how == 0) s.value(300, plugin::panic, 1);
    if (how == 1) s.reset();
    if (how == 2) {
      s.deactivate();
      s.activate(44100, 480);
    }
    const std::uint64_t begun = s.frames_done();
    const auto ended = s.block(480);
    EQUAL(0, s.sounding());
    if (how == 0) EQUAL(begun + 300, ended.back().frame);
    if (how == 0) IS_TRUE(until(s, [&] { return engine.heard("panic") == 1; }));
  }
  EQUAL(1, engine.heard("panic"));
  EQUAL(0, s.doubled());
}

TEST("what is set reaches the engine, also when it comes back") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  s.value(0, plugin::style, 9);
  s.value(0, plugin::temperature, 0.5);
  s.block(480);
  const auto told = [&](const char* what) {
    const auto all = engine.settings();
    return static_cast<int>(std::count(all.begin(), all.end(), std::string(what)));
  };
  IS_TRUE(until(s, [&] { return told("set style jazz") == 1 && told("set temperature 0.500000") == 1; }));
  engine.hang_up();
  IS_TRUE(until(s, [&] { return told("set style jazz") == 2 && told("set temperature 0.500000") == 2; }));
}

TEST("an engine that hangs up leaves no note for 250 ms, the host is told, and it is found again") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
  const auto gone = clock::now();
  const int sessions = engine.sessions();
  engine.hang_up();
  IS_TRUE(until(s, [&] { return s.sounding() == 0; }, 1, 64));
  IS_TRUE(clock::now() - gone < std::chrono::milliseconds(250));
  IS_TRUE(until(s, [&] { return engine.sessions() > sessions; }));
  const auto log = s.log();
  IS_TRUE(std::find(log.begin(), log.end(), "the engine is gone; looking for it") != log.end());
  IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
}

TEST("two instances share a band and take a channel each; a duplicate of one takes the next") {
  engine_at_its_place engine;
  stage bass(file()), drums(file());
  bass.value(0, plugin::part, 4);
  bass.flush();
  drums.value(0, plugin::part, 10);
  drums.flush();
  start(bass);
  start(drums);
  stage copy(file());
  IS_TRUE(copy.load(bass.save()));
  EQUAL(4.0, copy.value_of(plugin::part));
  start(copy);
  EQUAL(1u, engine.bands().size());
  const auto all = engine.settings();
  for (const char* said : {"part 0 bass model", "part 9 drums model", "part 1 bass model"}) {
    IS_TRUE(std::find(all.begin(), all.end(), said) != all.end());
  }
  // On a track of its own a part is on channel 1, drums on 10.
  const auto on = [](const stage& s, int status) { return std::all_of(s.all().begin(), s.all().end(), [&](const heard& h) { return (h.status & 0xf) == status; }); };
  IS_TRUE(on(bass, 0) && on(copy, 0) && on(drums, 9));
  EQUAL(0, judge(copy).off_grid);
}

TEST("beside a band on one track another is silent, takes one channel where it is set to one part, and the band's when that goes") {
  engine_at_its_place engine;
  auto band = std::make_unique<stage>(file());
  start(*band);
  EQUAL(3, engine.owned());
  stage other(file());
  other.activate(48000, 480);
  const auto waits = [&] {
    const auto log = other.log();
    return std::find(log.begin(), log.end(), "another session plays some of the parts; they are asked for again until it leaves them") != log.end();
  };
  IS_TRUE(until(other, waits));
  const std::size_t silent = other.all().size();
  play(other, 1);
  EQUAL(silent, other.all().size());
  other.value(0, plugin::part, 4);  // bass
  IS_TRUE(until(other, [&] { return other.sounding() > 0; }));
  EQUAL(4, engine.owned());
  other.value(0, plugin::part, plugin::part_by_channel);
  IS_TRUE(until(other, [&] { return engine.owned() == 3; }));
  band.reset();
  IS_TRUE(until(other, [&] { return engine.owned() == 3 && other.sounding() > 0; }));
  EQUAL(0, other.doubled());
}
