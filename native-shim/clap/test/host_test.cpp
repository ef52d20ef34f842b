// The plugin as a file, in a host, with an engine on a real socket.
#include <algorithm>

#include "../../plugin/parameters.h"
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;
using continuo::clap::plugin_render;

namespace {

// A stage on which the engine plays already, two model parts, the host at beat 0.
void start(stage& s, double rate = 48000, std::uint32_t most = 4096) {
  IS_TRUE(s.activate(rate, most));
  IS_TRUE(until(s, [&] { return std::any_of(s.all().begin(), s.all().end(), [](const heard& h) { return (h.status & 0xf0) == 0x90; }); }));
}

std::string events(const std::vector<heard>& all, std::uint64_t from = 0) {
  std::string text;
  for (const auto& h : all) {
    text += std::to_string(h.frame - from) + ":" + std::to_string(h.status) + "." + std::to_string(h.data1) + "." + std::to_string(h.data2) + " ";
  }
  return text;
}

std::vector<heard> sorted(std::vector<heard> all) {
  std::sort(all.begin(), all.end(), [](const heard& a, const heard& b) {
    return std::tie(a.frame, a.status, a.data1) < std::tie(b.frame, b.status, b.data1);
  });
  return all;
}

}  // namespace

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

TEST("a clip is heard by the engine and answered, each note at its frame, at every block size and rate") {
  for (const std::uint32_t frames : {64u, 480u, 1000u, 4096u}) {
    for (const double rate : {44100.0, 48000.0, 192000.0}) {
      engine_at_its_place engine;
      stage s(file());
      start(s, rate);
      for (int i = 0; i < 4; i++) {
        s.note(frames / 2, true, 0, 60 + i);
        s.block(frames);
        s.note(0, false, 0, 60 + i);
        s.block(frames);
      }
      play(s, 3, frames);
      const verdict v = judge(s);
      IS_TRUE(v.notes >= 6);
      EQUAL(0, v.off_grid + v.wrong_pitch);
      EQUAL(4, engine.heard("note/on"));
      EQUAL(4, engine.heard("note/off"));
      EQUAL(0, s.doubled());
      IS_TRUE(s.all_silent() && s.all_good());
    }
  }
}

TEST("tempo changes within a block, several of them, and ramps: each note stays at its frame") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  const std::size_t before = s.all().size();
  for (int i = 0; i < 100; i++) {
    for (std::uint32_t k = 1; k <= 3; k++) s.change(k * 100 + static_cast<std::uint32_t>(i), [&](song& now) { now.tempo = 90 + (i * 3 + static_cast<int>(k)) % 60; });
    play(s, 0.01);
  }
  const verdict changed = judge(s, before);
  IS_TRUE(changed.notes >= 4);
  EQUAL(0, changed.off_grid + changed.wrong_pitch);
  const std::size_t ramping = s.all().size();
  for (int i = 0; i < 6; i++) {
    s.change(10, [&](song& now) { now.tempo_inc = (i % 2 == 0 ? 60.0 : -60.0) / 48000; });  // 60 BPM a second
    play(s, 0.5, 1024);
  }
  const verdict ramped = judge(s, ramping, 1.0);
  IS_TRUE(ramped.notes >= 8);
  EQUAL(0, ramped.off_grid + ramped.wrong_pitch);
  EQUAL(0, s.doubled());
}

TEST("a host that tells beats in whole ticks, and seconds, is known to the frame, through a change of tempo on a beat") {
  engine_at_its_place engine;
  stage s(file());
  s.now.ticks = 7680;
  s.now.seconds = 0;
  start(s);
  s.now.beat = 4 - 100.0 / 24000;
  s.now.seconds = 2 - 100.0 / 48000;
  std::size_t before = s.all().size();
  const auto blocks = [&](int n) {
    for (int i = 0; i < n; i += 5) play(s, 5 * 256 / 48000.0 - 1e-9, 256);
  };
  blocks(375);
  const verdict slow = judge(s, before);
  IS_TRUE(slow.notes >= 6);
  EQUAL(0, slow.off_grid + slow.wrong_pitch);
  // The host's tempo changes on beat 8, in a block; it says so with the next.
  s.block(256);
  s.now.tempo = 150;
  s.now.beat = 8 + 156 / 19200.0;
  before = s.all().size();
  blocks(375);
  const verdict fast = judge(s, before);
  IS_TRUE(fast.notes >= 6);
  EQUAL(0, fast.off_grid + fast.wrong_pitch);
  EQUAL(0, s.doubled());
}

TEST("a loop wraps, within a block and between two, and nothing is missed, doubled or cut") {
  engine_at_its_place engine;
  stage s(file());
  s.now.looping = true;
  s.now.loop_start = 4;
  s.now.loop_end = 8.25;  // on no bar
  s.now.beat = 4;
  start(s);
  const std::size_t before = s.all().size();
  play(s, 10, 700);
  const verdict v = judge(s, before);
  IS_TRUE(v.notes >= 36);
  EQUAL(0, v.off_grid + v.wrong_pitch);
  EQUAL(0, s.doubled());
}

TEST("seek, stop, start and a new meter end everything in the block, and it plays on at the new place") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  for (const double beat : {100.0, -7.5, 3.0, 1000.25}) {
    // The engine's notes are a quarter of a beat long: some sounds now.
    IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
    s.change(200, [&](song& now) {
      now.beat = beat;
      now.numerator = now.numerator == 4 ? 7 : 4;
      now.denominator = now.numerator == 7 ? 8 : 4;
    });
    s.block(480);
    EQUAL(0, s.sounding());
    const std::size_t after = s.all().size();
    play(s, 2);
    const verdict v = judge(s, after);
    IS_TRUE(v.notes >= 2);
    EQUAL(0, v.off_grid + v.wrong_pitch);
  }
  IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
  s.now.playing = false;
  s.block(480);
  EQUAL(0, s.sounding());
  const std::size_t stopped = s.all().size();
  play(s, 1);
  EQUAL(stopped, s.all().size());
  const int dirty = s.dirty();
  IS_TRUE(dirty > 0);  // there is a take to save
  play(s, 1);
  EQUAL(dirty, s.dirty());
  s.now.playing = s.now.recording = true;
  IS_TRUE(until(s, [&] { return s.sounding() > 0; }));
  EQUAL(0, s.doubled());
}

TEST("hosts that tell nothing, no beats, or know no extension and no CLAP notes, are played with all the same") {
  engine_at_its_place engine;
  {
    stage::options plain;
    plain.bare = true;
    stage silent(file(), plain);
    silent.now.silent = true;
    start(silent);
    IS_TRUE(silent.all_good());
    IS_TRUE(std::all_of(silent.all().begin(), silent.all().end(), [](const heard& h) { return h.note_event; }));
  }
  stage::options old;
  old.midi_only = true;
  stage midi(file(), old);
  midi.now.has_beats = midi.now.has_meter = false;
  start(midi);
  IS_TRUE(std::none_of(midi.all().begin(), midi.all().end(), [](const heard& h) { return h.note_event; }));
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

TEST("a project goes from host to host; a thousand damaged ones are refused and change nothing") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.value(0, plugin::temperature, 1.5);
  s.value(0, plugin::part, 3);
  s.flush();
  const auto good = s.save(7);
  IS_TRUE(s.saved() && good.size() > 100);
  stage other(file());
  IS_TRUE(other.load(good, 3));
  EQUAL(1.5, other.value_of(plugin::temperature));
  EQUAL(1, other.rescans());
  const unsigned seed = 77;
  std::srand(seed);
  const auto before = other.save();
  int refused = 0;
  for (int i = 0; i < 1000; i++) {
    auto bad = good;
    bad[static_cast<std::size_t>(std::rand()) % bad.size()] ^= static_cast<std::uint8_t>(1 + std::rand() % 255);
    if (i % 3 == 0) bad.resize(static_cast<std::size_t>(std::rand()) % bad.size());
    refused += !other.load(bad);
  }
  EQUAL(1000, refused);
  IS_TRUE(before == other.save());
  if (checks::failures() != 0) std::cout << "  seed " << seed << "\n";
  EQUAL(std::string("everything stays as it is"), other.log().back().substr(other.log().back().size() - 25));
}

TEST("an offline render, as fast as it goes, replays the take exactly, and the engine hears nothing of it") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  s.now.beat = 0;
  play(s, 0.05);
  // A song of its own: tempo changes within blocks, a ramp, and a stop at the end.
  struct piece {
    std::uint32_t frames;
    double tempo;
  };
  std::vector<piece> tempos;
  const auto perform = [&](stage& on, std::uint32_t frames, bool live) {
    on.now.playing = false;
    on.block(480);
    on.now = song();
    on.now.playing = true;
    const std::size_t from = on.all().size();
    const std::uint64_t began = on.frames_done();
    const auto since = continuo::clap::test::clock::now();
    for (std::uint64_t done = 0; done < 48000 * 6;) {
      const auto n = static_cast<std::uint32_t>(std::min<std::uint64_t>(frames, 48000 * 6 - done));
      for (const std::uint64_t change : {50000u, 100123u, 170001u}) {
        if (change > done && change < done + n) on.change(static_cast<std::uint32_t>(change - done), [&](song& now) { now.tempo = change == 100123 ? 151.3 : 97; });
      }
      on.block(n);
      done += n;
      if (live) std::this_thread::sleep_until(since + std::chrono::microseconds(done * 2));
    }
    on.now.playing = false;
    on.block(480);
    std::vector<heard> all(on.all().begin() + static_cast<std::ptrdiff_t>(from), on.all().end());
    for (auto& h : all) h.frame -= began;
    return sorted(all);
  };
  const auto live = perform(s, 480, true);
  IS_TRUE(live.size() > 30);
  EQUAL(0, s.sounding());
  const auto saved = s.save();

  for (const std::uint32_t frames : {64u, 480u, 4096u}) {
    stage render(file());
    IS_TRUE(render.load(saved));
    render.activate(48000, 4096);
    IS_TRUE(render.get<plugin_render>(continuo::clap::render_extension)->set(render.plugin(), 1));
    const int heard_before = engine.heard("sounded");
    const auto rendered = perform(render, frames, false);
    EQUAL(live.size(), rendered.size());
    EQUAL(events(live), events(rendered));
    EQUAL(0, render.sounding() + render.doubled());
    EQUAL(heard_before, engine.heard("sounded"));
    // What was said before takes its time on the way.
    for (int i = 0; i < 100 && engine.host_plays(); i++) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    IS_TRUE(!engine.host_plays());
  }
}
