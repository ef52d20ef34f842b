#include "position.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "check.h"

using namespace continuo::vst3;

namespace {

constexpr double rate = 48000;

v3_process_context at(double beat, double tempo = 120, int numerator = 4, int denominator = 4) {
  v3_process_context c{};
  c.state = V3_PROCESS_CTX_PLAYING | V3_PROCESS_CTX_TEMPO_VALID | V3_PROCESS_CTX_TIME_SIG_VALID | V3_PROCESS_CTX_PROJECT_TIME_VALID;
  c.sample_rate = rate;
  c.project_time_quarters = beat;
  c.project_time_in_samples = static_cast<std::int64_t>(std::llround(beat * 60 / tempo * rate));
  c.bpm = tempo;
  c.time_sig_numerator = numerator;
  c.time_sig_denom = denominator;
  return c;
}

v3_process_context at_bar(double beat, double bar, int numerator = 4, int denominator = 4) {
  v3_process_context c = at(beat, 120, numerator, denominator);
  c.state |= V3_PROCESS_CTX_BAR_POSITION_VALID;
  c.bar_position_quarters = bar;
  return c;
}

double bar_start(position& p, const v3_process_context& c) {
  p.say(&c);
  return (p.transport().flags & CONTINUO_HAS_BAR_START) != 0 ? p.transport().bar_start : std::nan("");
}

bool near(double a, double b) { return std::fabs(a - b) < 1e-9; }

}  // namespace

TEST("each flag of the host becomes the shim's, and nothing else is claimed") {
  position p;
  v3_process_context c{};
  c.project_time_quarters = 3;
  c.bpm = 99;
  c.cycle_end_quarters = 8;
  p.say(&c);
  EQUAL(0u, p.transport().flags);
  c.state = V3_PROCESS_CTX_PLAYING;
  p.say(&c);
  EQUAL(unsigned{CONTINUO_PLAYING}, p.transport().flags);
  c.state = V3_PROCESS_CTX_RECORDING;
  p.say(&c);
  EQUAL(unsigned{CONTINUO_RECORDING}, p.transport().flags);
  c.state = V3_PROCESS_CTX_TEMPO_VALID;
  p.say(&c);
  EQUAL(unsigned{CONTINUO_HAS_TEMPO}, p.transport().flags);
  EQUAL(99.0, p.transport().tempo);
}

TEST("a host that gives nothing is told as nothing") {
  position p;
  const auto c = at(3);
  p.say(&c);
  p.say(nullptr);
  EQUAL(0u, p.transport().flags);
  p.advance(480);
  EQUAL(0.0, p.transport().beat);
}

TEST("a loop counts when it is switched on and has points") {
  position p;
  auto c = at(2);
  c.cycle_start_quarters = -4;
  c.cycle_end_quarters = 8;
  c.state |= V3_PROCESS_CTX_CYCLE_VALID;
  p.say(&c);
  EQUAL(0u, p.transport().flags & CONTINUO_LOOPING);
  c.state |= V3_PROCESS_CTX_CYCLE_ACTIVE;
  p.say(&c);
  EQUAL(unsigned{CONTINUO_LOOPING}, p.transport().flags & CONTINUO_LOOPING);
  EQUAL(-4.0, p.transport().loop_start);
  EQUAL(8.0, p.transport().loop_end);
  c.state &= ~static_cast<std::uint32_t>(V3_PROCESS_CTX_CYCLE_VALID);
  p.say(&c);
  EQUAL(0u, p.transport().flags & CONTINUO_LOOPING);
}

TEST("before bar one the beat is negative, and its bar begins before it") {
  position p;
  auto c = at(-0.5);
  p.say(&c);
  EQUAL(-0.5, p.transport().beat);
  EQUAL(-4.0, p.transport().bar_start);
  c = at(-1.25, 120, 3, 16);
  p.say(&c);
  EQUAL(-1.25, p.transport().beat);
  EQUAL(-1.5, p.transport().bar_start);
}

TEST("bars of 3/16, 7/8 and 5/4 begin where they do, said or not") {
  position p;
  EQUAL(0.75, bar_start(p, at(1.4, 120, 3, 16)));
  EQUAL(3, p.transport().numerator);
  EQUAL(16, p.transport().denominator);
  EQUAL(3.5, bar_start(p, at_bar(4.1, 3.5, 7, 8)));
  EQUAL(7.0, bar_start(p, at(10.4, 120, 7, 8)));
  EQUAL(10.0, bar_start(p, at(10.4, 120, 5, 4)));
}

TEST("a bar start of four quarters a bar, whatever the meter, is not believed") {
  position p;
  EQUAL(0.0, bar_start(p, at_bar(0.5, 4)));
  EQUAL(4.0, bar_start(p, at_bar(7.9, 8)));
  EQUAL(3.5, bar_start(p, at_bar(3.6, 8, 7, 8)));
  EQUAL(3.0, bar_start(p, at_bar(4.5, 4, 3, 4)));
  EQUAL(0.0, bar_start(p, at_bar(5.9, 4, 6, 4)));
}

TEST("a host that knows its bars is believed, after a change of meter too") {
  position p;
  bar_start(p, at_bar(15, 12));
  bar_start(p, at_bar(19.5, 19, 3, 4));
  EQUAL(16.0, bar_start(p, at_bar(16.5, 16, 3, 4)));
  EQUAL(28.0, bar_start(p, at_bar(28.5, 28, 3, 4)));
}

TEST("where the meter changes while it plays, bars are counted from there") {
  position p;
  bar_start(p, at(15.99));
  EQUAL(16.0, bar_start(p, at(16.01, 120, 7, 8)));
  EQUAL(16.0, bar_start(p, at(19.49, 120, 7, 8)));
  EQUAL(19.5, bar_start(p, at(19.51, 120, 7, 8)));
  EQUAL(19.5, bar_start(p, at(22.9, 120, 7, 8)));
  EQUAL(23.0, bar_start(p, at(23.1, 120, 3, 4)));
}

TEST("a host that says the nearest tick is known to the frame at one tempo") {
  position p;
  p.rate(rate);
  for (std::int64_t frame = 0; frame < 500 * 256; frame += 256) {
    const double beat = static_cast<double>(frame) * 97 / 60 / rate;
    auto c = at(std::round(beat * 1920) / 1920, 97);
    c.project_time_in_samples = frame;
    p.say(&c);
    IS_TRUE(near(beat, p.transport().beat));
    p.advance(256);
  }
}

namespace {

// A host that says the nearest tick, with a change of tempo at a frame; how far off the beat is known, in samples: at its worst,
// and from two seconds after the change on.
std::pair<double, double> worst_off(std::int64_t change, double before, double after, bool late) {
  position p;
  p.rate(rate);
  std::pair<double, double> worst;
  double last = -1;
  for (std::int64_t frame = 0; frame < 4000 * 256; frame += 256) {
    const auto slow = static_cast<double>(std::min(frame, change)), fast = static_cast<double>(std::max<std::int64_t>(0, frame - change));
    const double beat = (slow * before + fast * after) / 60 / rate;
    // Some hosts say the new tempo in the first block that begins with it, others one later.
    auto c = at(std::round(beat * 1920) / 1920, frame < change || (late && frame == change) ? before : after);
    c.project_time_in_samples = frame;
    p.say(&c);
    const double off = std::fabs(p.transport().beat - beat) * 60 / after * rate;
    worst.first = std::max(worst.first, off);
    if (frame > change + 96000) worst.second = std::max(worst.second, off);
    IS_TRUE(p.transport().beat > last);
    last = p.transport().beat;
    p.advance(256);
  }
  return worst;
}

}  // namespace

TEST("a change of tempo on a beat leaves the beat known to the frame, in the middle of a block and at its edge") {
  for (const bool late : {false, true}) {
    IS_TRUE(worst_off(192000, 120, 150, late).first < 0.01);
    IS_TRUE(worst_off(192000, 120, 151.3, late).first < 0.01);
    IS_TRUE(worst_off(180000, 120, 97, late).first < 0.01);
    IS_TRUE(worst_off(48000 * 10, 90, 180.5, late).first < 0.01);
  }
}

TEST("after a change of tempo anywhere ticks do not shake the beat, and it comes to within a sample") {
  for (const std::int64_t change : {192001, 200123, 77777}) {
    const auto worst = worst_off(change, 120, 151.3, false);
    IS_TRUE(worst.first < 7);
    IS_TRUE(worst.second < 0.5);
  }
}

TEST("a host that says the beat to the frame is taken at its word, through a ramp and a jump") {
  position p;
  p.rate(rate);
  double beat = 1.0 / 3;
  std::int64_t frame = 8000;
  for (int block = 0; block < 200; block++) {
    const double tempo = 120 + block * 0.5;
    auto c = at(beat, tempo);
    c.project_time_in_samples = frame;
    p.say(&c);
    EQUAL(beat, p.transport().beat);
    p.advance(480);
    beat += 480 * (tempo + 0.25) / 60 / rate;  // the ramp's own mean
    frame += 480;
  }
  auto c = at(1.1);
  p.say(&c);
  EQUAL(1.1, p.transport().beat);
}

TEST("within a block the beat goes on by frames, and stands while the host stands") {
  position p;
  p.rate(rate);
  auto c = at(9);
  p.say(&c);
  p.advance(12000);
  EQUAL(9.5, p.transport().beat);
  c.state &= ~static_cast<std::uint32_t>(V3_PROCESS_CTX_PLAYING);
  p.say(&c);
  p.advance(12000);
  EQUAL(9.0, p.transport().beat);
}

TEST("figures that make no sense are passed on as they are, for the core to refuse, and break nothing after") {
  position p;
  for (const double poison : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1e300}) {
    auto c = at_bar(poison, poison, 0, 0);
    c.bpm = poison;
    c.project_time_in_samples = std::numeric_limits<std::int64_t>::min();
    p.say(&c);
    p.advance(4096);
    c = at(1, poison, 7, -8);
    c.project_time_in_samples = std::numeric_limits<std::int64_t>::max();
    p.say(&c);
    EQUAL(0u, p.transport().flags & CONTINUO_HAS_BAR_START);
  }
  EQUAL(4.0, bar_start(p, at_bar(5, 4)));
  EQUAL(5.0, p.transport().beat);
}

TEST("what goes by of a block goes through the loop, as often as it wraps; where the bar began nobody knows then") {
  position p;
  p.rate(rate);
  auto c = at_bar(8 - 100.0 / 24000, 4);
  c.cycle_start_quarters = 5;
  c.cycle_end_quarters = 8;
  c.state |= V3_PROCESS_CTX_CYCLE_VALID | V3_PROCESS_CTX_CYCLE_ACTIVE;
  p.say(&c);
  p.advance(99);
  EQUAL(4.0, p.transport().bar_start);
  p.advance(201);
  IS_TRUE(near(p.transport().beat, 5 + 200.0 / 24000));
  EQUAL(0u, p.transport().flags & CONTINUO_HAS_BAR_START);
  p.advance(7 * 24000);
  IS_TRUE(near(p.transport().beat, 6 + 200.0 / 24000));
  c.project_time_quarters = 8.5;  // past the loop, which does not catch it
  p.say(&c);
  p.advance(24000);
  IS_TRUE(near(p.transport().beat, 9.5));
}
