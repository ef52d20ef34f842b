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

// How hosts count in a meter whose beat is no quarter note.
enum class host { by_the_spec, by_quarters_a_minute, ardour };

// A song of one meter, `tempo` quarter notes a minute, whose first bar begins at the frame `began`.
struct song {
  double beats, unit, tempo, began;

  double quarters(double frame) const { return (frame - began) * tempo / 60 / rate; }

  // What such a host says of it while it plays.
  position_object said_by(host who, double frame) const {
    const double bar_length = beats * 4 / unit, bars = std::floor(quarters(frame) / bar_length + 1e-9);
    position_object p = at(bars, (quarters(frame) - bars * bar_length) * unit / 4, tempo * (who == host::by_the_spec ? unit / 4 : 1), 1, beats, unit);
    if (who == host::ardour) {
      const long ticks = std::lround(quarters(frame) * 1920), a_beat = std::lround(1920 * 4 / unit), a_bar = a_beat * std::lround(beats);
      p.bar = static_cast<double>(ticks / a_bar);
      p.bar_beat = static_cast<double>(static_cast<float>(ticks % a_bar / a_beat) + static_cast<float>(ticks % a_beat) / 1920.0f);
    }
    p.frame = frame;
    return p;
  }
};

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

TEST("whoever counts in quarter notes where the meter has eighths or halves is known by its first beats, and followed without a jump") {
  const double meters[][2] = {{4, 4}, {6, 8}, {7, 8}, {12, 8}, {3, 8}, {5, 16}, {2, 2}, {3, 2}};
  for (const host who : {host::by_the_spec, host::by_quarters_a_minute, host::ardour}) {
    for (const auto& meter : meters) {
      for (const double began : {0.0, 5000.0}) {  // as it is where the tempo was another before: frames tell no beats then
        for (const double start : {5000.0, 200000.0}) {
          for (const std::uint32_t block : {64u, 256u, 1024u}) {
            const song one{meter[0], meter[1], 120, began};
            position p;
            double worst = 0, off_tempo = 0, expected = 0;
            int jumps = 0;
            for (double frame = start; frame < start + 8 * rate; frame += block) {
              p.say(one.said_by(who, frame), rate);
              const double beat = p.transport().beat, quarters = one.quarters(frame);
              if (frame > start) jumps += std::fabs(beat - expected) > 1.0 / 64;
              if (quarters - one.quarters(start) > 4 / one.unit + 0.1) {
                worst = std::fmax(worst, std::fabs(beat - quarters));
                off_tempo = std::fmax(off_tempo, std::fabs(p.transport().tempo - one.tempo));
              }
              p.advance(block, rate);
              expected = p.transport().beat;
            }
            IS_TRUE(worst < (began == 0 ? 1e-6 : 1.2 / 480));  // or to a tick
            IS_TRUE(near(0, off_tempo));
            IS_TRUE(jumps <= (who == host::by_the_spec ? 0 : 1));
          }
        }
      }
    }
  }
}

TEST("figures beyond all reason take no longer than others, and go on to the core, which refuses them") {
  position p;
  for (int i = 0; i < 3; i++) {
    position_object said = at(1e300, 1e300, 120, 1, 1e300, 1);
    said.frame = 256 * i;
    p.say(said, rate);
    IS_TRUE(!(std::fabs(p.transport().beat) <= 1e9));
    p.advance(256, rate);
  }
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
