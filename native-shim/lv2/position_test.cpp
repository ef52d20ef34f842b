#include "position.h"

#include "check.h"

using namespace continuo::lv2;

namespace {

constexpr double rate = 48000;

position_object at(double bar, double bar_beat, double tempo, double speed = 1, double beats = 4, double unit = 4) {
  position_object p;
  p.bar = bar;
  p.bar_beat = bar_beat;
  p.beats_per_minute = tempo;
  p.beats_per_bar = beats;
  p.beat_unit = unit;
  p.speed = speed;
  return p;
}

bool near(double a, double b) { return std::fabs(a - b) < 1e-9; }

}  // namespace

TEST("between two positions the beat goes on by frames") {
  position p;
  p.say(at(2, 1, 120));
  EQUAL(9.0, p.transport().beat);
  EQUAL(8.0, p.transport().bar_start);
  p.advance(24000, rate);
  EQUAL(10.0, p.transport().beat);
}

TEST("the bar line is the last one before the beat, however long the host has said nothing") {
  for (const double unit : {4.0, 8.0}) {
    position p;
    p.say(at(-1, 0, 120, 1, 7, unit));
    const double bar = 28 / unit;
    for (int i = 0; i < 5000; i++) {
      p.advance(256, rate);
      const double into = p.transport().beat - p.transport().bar_start;
      IS_TRUE(into >= 0 && into < bar);
      IS_TRUE(near(std::round(p.transport().bar_start / bar) * bar, p.transport().bar_start));
    }
  }
}

TEST("a host that counts in ticks does not shake the beat") {
  position p;
  p.say(at(0, 0, 120));
  double tempo = 120, beat = 0;
  for (int i = 0; i < 1000; i++) {
    p.advance(256, rate);
    beat += 256 * tempo / 60 / rate;
    tempo = 120 + i % 7;
    p.say(at(0, std::floor(beat * 1920) / 1920, tempo));
    IS_TRUE(near(beat, p.transport().beat));
  }
}

TEST("where frames tell the beat it is known to the frame, from between two ticks and through a change of tempo on a beat") {
  for (const bool nearest : {false, true}) {
    position p;
    for (int period = 0; period < 2000; period++) {
      const double frame = 1000 + 256.0 * period, slow = std::fmin(frame, 192000), fast = std::fmax(0, frame - 192000);
      const double beat = slow / 24000 + fast / 19200, ticks = beat * 1920;
      position_object said = at(0, (nearest ? std::round(ticks) : std::floor(ticks + 1e-6)) / 1920, frame < 192000 ? 120 : 150);
      said.frame = frame;
      p.say(said, rate);
      IS_TRUE(std::fabs(beat - p.transport().beat) * 19200 < 0.01);
      p.advance(256, rate);
    }
  }
}

TEST("meters of eighths and sixteenths come out in quarters, bars before the first too") {
  position p;
  p.say(at(-2, 1, 120, 1, 7, 8));
  EQUAL(-7.0, p.transport().bar_start);
  EQUAL(-6.5, p.transport().beat);
  EQUAL(60.0, p.transport().tempo);
  EQUAL(7, p.transport().numerator);
  EQUAL(8, p.transport().denominator);
  p.say(at(1, 0, 120, 1, 3, 16));
  EQUAL(0.75, p.transport().beat);
}

TEST("a jump is taken as it is, and so is a stop") {
  position p;
  p.say(at(4, 0, 120));
  p.advance(256, rate);
  p.say(at(1, 0, 120));
  EQUAL(4.0, p.transport().beat);
  p.say(at(1, 0.001, 120, 0));
  p.advance(256, rate);
  EQUAL(4.001, p.transport().beat);
  EQUAL(0u, p.transport().flags & CONTINUO_PLAYING);
}

TEST("without bars and beats no beat is claimed") {
  position p;
  position_object said;
  said.speed = 1;
  p.say(said);
  EQUAL(0u, p.transport().flags & (CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO | CONTINUO_HAS_METER));
}

TEST("a host that leaves out its beats once has not lost them") {
  position p;
  p.say(at(4, 0, 120));
  position_object said;
  said.speed = 0;
  p.say(said);
  EQUAL(16.0, p.transport().beat);
  EQUAL(unsigned{CONTINUO_HAS_BEAT}, p.transport().flags & (CONTINUO_HAS_BEAT | CONTINUO_PLAYING));
}
