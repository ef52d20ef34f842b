// What the module plays in a host, and what it passes on.
#include "check.h"
#include "controls.h"
#include "text.h"
#include "world.h"

using namespace continuo;
using namespace continuo::vst3;

namespace {

// Of the transport that the engine heard last: its flags, its epoch.
std::pair<int, int> heard_last() {
  const std::string told = the_world().plays.last("transport");
  std::size_t epoch = 0;
  const double flags = std::stod(told, &epoch);
  return {static_cast<int>(flags), static_cast<int>(std::stod(told.substr(epoch)))};
}

}  // namespace

TEST("planned notes sound at their sample, through blocks of every size, a tempo change and loop wraps") {
  rig r(the_world().module);
  r.start();
  EQUAL(int{V3_OK}, r.active_result);
  const std::int32_t sizes[] = {176, 80, 256, 1, 64, 1024, 511};
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  for (int i = 0; r.ons < 20 && i < 5000; i++) r.block(sizes[i % 7]);
  r.context.bpm = 151.3;
  for (int i = 0; r.ons < 40 && i < 5000; i++) r.block(sizes[i % 7]);
  r.loop(std::floor(r.context.project_time_quarters), std::floor(r.context.project_time_quarters) + 3);
  for (int i = 0; r.ons < 80 && i < 10000; i++) r.block(sizes[i % 7]);
  IS_TRUE(r.ons >= 80);
  EQUAL(0, r.off_grid);
  EQUAL(0, r.doubled);
}

TEST("before bar one it plays at the beats that the host says, not at their mirror image") {
  rig r(the_world().module);
  r.start();
  r.seek(-12);
  IS_TRUE(r.until([&] { return r.context.project_time_quarters > 1; }));
  IS_TRUE(r.ons > 10);
  EQUAL(0, r.off_grid);
  IS_TRUE(r.heard.front().first < -1);
}

TEST("stop and seek end what sounds within their block") {
  rig r(the_world().module);
  r.start();
  for (int round = 0; round < 4; round++) {
    IS_TRUE(r.until([&] { return r.hanging() > 0; }));
    if (round % 2 == 0) r.play(false);
    else r.seek(100.25 * round);
    r.block(480);
    EQUAL(0, r.hanging());
    r.play(true);
  }
  EQUAL(0, r.off_grid);
}

TEST("the musician's notes and controllers reach the engine, and his part passes with its controllers") {
  auto& w = the_world();
  rig r(w.module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 0; }));
  const int notes = w.plays.heard("note/on"), controllers = w.plays.heard("control");
  r.in.note(true, 7, 0, 61).note(false, 300, 0, 61);
  v3_param_id wheel = 0, pressure = 0;
  IS_TRUE(controls::mapped(0, 1, wheel) && controls::mapped(0, 128, pressure));
  r.set.set(wheel, 50, 1).set(controls::pedal + 0, 100, 1).set(controls::bend + 0, 200, 1).set(pressure, 250, 1);
  r.block(480);
  std::string passed;
  for (const auto& e : r.out.list) {
    if (e.type == V3_EVENT_NOTE_ON && e.note_on.channel == 0) passed += "on " + std::to_string(e.sample_offset) + "; ";
    if (e.type == V3_EVENT_NOTE_OFF && e.note_off.channel == 0) passed += "off " + std::to_string(e.sample_offset) + "; ";
    if (e.type == V3_EVENT_LEGACY_MIDI_CC_OUT) passed += std::to_string(e.midi_cc_out.cc_number) + " " + std::to_string(e.sample_offset) + "; ";
  }
  EQUAL(std::string("on 7; 1 50; 64 100; 129 200; 128 250; off 300; "), passed);
  IS_TRUE(r.until([&] { return w.plays.heard("note/on") == notes + 1 && w.plays.heard("control") == controllers + 2; }));
  IS_TRUE(w.plays.last("control").find(" 64.000 127.000") != std::string::npos);
}

TEST("panic and bypass take effect at their frame, every other parameter holds from its block on") {
  rig r(the_world().module);
  r.start();
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.set.set(plugin::panic, 240, 1).set(plugin::style, 100, controls::to_normal(plugin::style, 9));
  r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(std::size_t{1}, r.out.list.size());
  EQUAL(240, r.out.list[0].sample_offset);
  EQUAL(controls::to_normal(plugin::style, 9), r.get(plugin::style));
  // The button has sprung back, and the host is told.
  EQUAL(0.0, r.get(plugin::panic));
  EQUAL(std::size_t{1}, r.told.size());
  EQUAL(unsigned{plugin::panic}, r.told[0].id);
  EQUAL(0.0, r.told[0].points[0].value);

  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.set.set(controls::bypass, 77, 1);
  r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(77, r.out.list.back().sample_offset);
  const int before = r.ons;
  r.in.note(true, 5, 0, 61);
  for (int i = 0; i < 200; i++) r.block(480);
  EQUAL(before + 1, r.ons);  // the musician's own, which passes
  r.set.set(controls::bypass, 0, 0);
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  EQUAL(0, r.off_grid);
}

TEST("a panic behind a loop's wrap in its block is one break, and no jump past the loop's end") {
  auto& w = the_world();
  rig r(w.module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 2; }));
  const double start = std::floor(r.context.project_time_quarters) + 1;
  r.loop(start, start + 1);
  for (int i = 0; i < 200; i++) r.block(480);
  const int before = heard_last().second;
  for (int round = 1; round <= 3; round++) {
    while (r.context.project_time_quarters < start + 1 - 200.0 / 24000 || r.context.project_time_quarters > start + 1 - 100.0 / 24000) r.block(64);
    r.set.set(plugin::panic, 300, 1);
    r.block(480);
    IS_TRUE(r.until([&] { return heard_last().second >= before + round; }));
    for (int i = 0; i < 30; i++) r.block(480);
    EQUAL(before + round, heard_last().second);
  }
}

TEST("while it is bypassed the engine hears once that the host stands, however the host goes on, and then that it plays") {
  auto& w = the_world();
  rig r(w.module);
  r.start();
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.set.set(controls::bypass, 77, 1);
  IS_TRUE(r.until([] { return (heard_last().first & CONTINUO_PLAYING) == 0; }));
  for (int i = 0; i < 50; i++) r.block(480);
  const int before = w.plays.heard("transport");
  const std::string stood = w.plays.last("transport");
  r.loop(0, std::ceil(r.context.project_time_quarters) + 1);
  for (int i = 0; i < 200; i++) r.block(64);
  r.seek(100);
  for (int i = 0; i < 200; i++) r.block(64);
  EQUAL(before, w.plays.heard("transport"));
  EQUAL(stood, w.plays.last("transport"));
  r.set.set(controls::bypass, 0, 0);
  const int played = r.ons;
  IS_TRUE(r.until([&] { return r.ons > played + 3; }));
  EQUAL(0, r.off_grid);
}

TEST("a host that takes one event a block still gets every end") {
  rig r(the_world().module);
  r.start();
  r.out.room = 1;
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  for (int pitch = 60; pitch < 72; pitch++) r.in.note(true, 0, 0, pitch).note(false, 1, 0, pitch);
  r.block(480);
  r.play(false);
  for (int i = 0; i < 40; i++) r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(0, r.doubled);
}

TEST("a flush moves parameters and nothing else: what sounds goes on, the plan too, and what is played in it comes with the next block") {
  auto& w = the_world();
  rig r(w.module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 2; }));
  const int before = heard_last().second;
  for (int i = 0; i < 400; i++) {
    const int sounded = r.hanging();
    r.set.set(plugin::temperature, 0, i % 2);
    r.flush(i % 2 == 0);
    EQUAL(sounded, r.hanging());
    EQUAL(double(i % 2), r.get(plugin::temperature));
    r.block(480);
  }
  EQUAL(before, heard_last().second);
  EQUAL(0, r.off_grid);
  r.in.note(true, 0, 0, 61);
  r.block(480);
  r.in.note(false, 0, 0, 61);
  r.in.note(true, 0, 0, 62);
  r.flush(true);
  EQUAL(std::size_t{0}, r.out.list.size());
  r.in.note(false, 9, 0, 62);
  r.block(480);
  std::string passed;
  for (const auto& e : r.out.list) {
    if (e.type == V3_EVENT_NOTE_ON && e.note_on.channel == 0) passed += "on " + std::to_string(e.sample_offset) + "; ";
    if (e.type == V3_EVENT_NOTE_OFF && e.note_off.channel == 0) passed += "off " + std::to_string(e.sample_offset) + "; ";
  }
  EQUAL(std::string("off 0; on 0; off 9; "), passed);
  r.play(false);
  r.block(480);
  EQUAL(0, r.hanging());
}

TEST("a host that gives no list for a while gets the ends of what it has, once, and nothing that came meanwhile") {
  rig r(the_world().module);
  r.start();
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.in.note(true, 0, 0, 61);
  r.block(64);
  EQUAL(2, r.hanging());
  r.gives_list = false;
  for (int i = 0; i < 5000; i++) {
    r.in.note(false, 0, 0, 61).note(true, 1, 0, 61).note(true, 2, 0, 62).note(false, 3, 0, 62);
    r.block(480, std::chrono::microseconds(0));
  }
  r.in.note(false, 0, 0, 61);
  r.play(false);
  r.block(64);
  r.gives_list = true;
  r.block(64);
  EQUAL(0, r.hanging());
  EQUAL(std::size_t{2}, r.out.list.size());
  EQUAL(0, r.doubled);
}

TEST("two instances have a session each, and play each at its own sample") {
  auto& w = the_world();
  const int before = w.plays.sessions();
  rig a(w.module), b(w.module);
  a.start();
  b.start();
  b.context.bpm = 97;
  for (int i = 0; i < 10000 && (a.ons < 10 || b.ons < 10); i++) {
    a.block(256, std::chrono::microseconds(0));
    b.block(300);
  }
  IS_TRUE(a.ons >= 10 && b.ons >= 10);
  EQUAL(before + 2, w.plays.sessions());
  EQUAL(0, a.off_grid + b.off_grid);
}
