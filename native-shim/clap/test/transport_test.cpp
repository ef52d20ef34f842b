// The plugin as a file, in a host whose transport runs: every note stands at its frame, whatever the host does.
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

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

TEST("a loop wraps while the tempo ramps, within a block: no note is cut, missed or doubled") {
  engine_at_its_place engine;
  stage s(file());
  s.now.looping = true;
  s.now.loop_start = 4.125;
  s.now.loop_end = 6.125;  // while the note on beat 6 sounds
  s.now.beat = 4.125;
  s.now.tempo_inc = 2.0 / 48000;  // BPM a frame
  start(s);
  play(s, 1, 1024);
  const std::size_t before = s.all().size();
  play(s, 10, 1024);
  const verdict v = judge(s, before, 1.0);
  IS_TRUE(v.notes >= 36);
  EQUAL(0, v.off_grid + v.wrong_pitch);
  EQUAL(0, s.doubled());
  for (std::size_t i = before; i < s.all().size(); i++) {
    const heard& h = s.all()[i];
    if ((h.status & 0xf0) != 0x80) continue;
    IS_TRUE(std::fabs(h.exact - std::round(h.exact * 4) / 4) / h.a_frame < 1.5);  // a quarter of a beat after its beginning
  }
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
