#include "timeline.h"

#include <cmath>
#include <limits>

#include "check.h"

using namespace continuo;

namespace {

constexpr double rate = 48000;
constexpr std::uint32_t frames = 480;
constexpr double step = frames * 120.0 / 60 / rate;  // quarters a block at 120 BPM: 0.02

continuo_transport playing(double beat, double tempo = 120) {
  continuo_transport t{};
  t.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO | CONTINUO_HAS_METER;
  t.beat = beat;
  t.tempo = tempo;
  t.numerator = t.denominator = 4;
  return t;
}

struct fixture {
  counters counted;
  timeline line;

  fixture() { line.rate(rate); }
  block begin(const continuo_transport& t) { return line.begin(t, frames, counted); }
};

bool near(double a, double b) { return std::fabs(a - b) < 1e-9; }

}  // namespace

TEST("time rises with the host's beats, from before bar one through it") {
  fixture f;
  IS_TRUE(f.begin(playing(-0.05)).broke);
  for (int i = 1; i < 10; i++) {
    const block b = f.begin(playing(-0.05 + i * step));
    IS_TRUE(!b.broke);
    IS_TRUE(near(i * step, b.performance));
  }
}

TEST("a loop's wrap is no break, wherever in the block it falls") {
  fixture f;
  continuo_transport t = playing(3.97);
  t.flags |= CONTINUO_LOOPING;
  t.loop_start = 1;
  t.loop_end = 4;
  f.begin(t);
  for (const double beat : {3.99, 1.01, 1.03}) {
    t.beat = beat;
    IS_TRUE(!f.begin(t).broke);
  }
  IS_TRUE(near(3 * step, f.begin([&] { t.beat = 1.05; return t; }()).performance - step));
  EQUAL(1u, f.counted.wraps.value());
}

TEST("a jump to the loop's start before its end is a seek") {
  fixture f;
  continuo_transport t = playing(2);
  t.flags |= CONTINUO_LOOPING;
  t.loop_start = 1;
  t.loop_end = 4;
  f.begin(t);
  t.beat = 1;
  const block b = f.begin(t);
  IS_TRUE(b.broke);
  IS_TRUE(near(step, b.performance));
}

TEST("loop points that move ahead of the playhead break, behind it they do not") {
  fixture f;
  continuo_transport t = playing(2);
  t.flags |= CONTINUO_LOOPING;
  t.loop_start = 1;
  t.loop_end = 4;
  f.begin(t);
  t.beat += step;
  t.loop_end = 5;
  IS_TRUE(f.begin(t).broke);
  t.beat += step;
  IS_TRUE(!f.begin(t).broke);
  t.beat = 6;
  IS_TRUE(f.begin(t).broke);
  t.beat += step;
  t.loop_end = 4.5;
  IS_TRUE(!f.begin(t).broke);
}

TEST("stop, start, seek and a new meter break; a tempo change does not") {
  fixture f;
  f.begin(playing(0));
  IS_TRUE(!f.begin(playing(step, 90)).broke);
  continuo_transport t = playing(step + frames * 90.0 / 60 / rate, 90);
  t.numerator = 3;
  IS_TRUE(f.begin(t).broke);
  t.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  t.beat += frames * 90.0 / 60 / rate;
  const block stopped = f.begin(t);
  IS_TRUE(stopped.broke);
  IS_TRUE(!stopped.playing);
  const block still = f.begin(t);
  IS_TRUE(!still.broke);
  EQUAL(stopped.performance, still.performance);
  t.beat = 17;
  IS_TRUE(f.begin(t).broke);
  t.flags |= CONTINUO_PLAYING;
  IS_TRUE(f.begin(t).broke);
  EQUAL(5, f.line.epoch());
}

TEST("a host without a timeline gets one that always plays") {
  fixture f;
  f.begin({});
  for (int i = 1; i < 5; i++) {
    const block b = f.begin({});
    IS_TRUE(b.playing && !b.broke);
    IS_TRUE(near(i * step, b.performance));
  }
  IS_TRUE((f.line.host().flags & CONTINUO_PLAYING) != 0);
}

TEST("a host that keeps its tempo to itself is followed by its beats") {
  fixture f;
  continuo_transport t = playing(0);
  t.flags &= ~static_cast<std::uint32_t>(CONTINUO_HAS_TEMPO);
  f.begin(t);
  for (int i = 1; i < 5; i++) {
    t.beat = i * step / 2;
    IS_TRUE(!f.begin(t).broke);
  }
  IS_TRUE(near(60, f.line.host().tempo));
}

TEST("a host that tells in a ramp the tempo that it began with is followed by its beats, and a seek is still one") {
  constexpr std::uint32_t period = 2048;
  for (const double to : {60.0, 240.0}) {
    fixture f;
    double beat = 0, tempo = 120, off = 0, worst = 0, performance = 0;
    for (int i = 0; i < 400; i++) {
      const block b = f.line.begin(playing(beat), period, f.counted);
      IS_TRUE(i == 0 || !b.broke);
      off = std::fabs(b.performance + period * b.quarters_a_frame - (beat + period * tempo / 60 / rate));
      worst = std::fmax(worst, off);
      performance = b.performance;
      beat += period * tempo / 60 / rate;
      tempo += (to - 120) / 400;
    }
    IS_TRUE(near(beat - period * (tempo - (to - 120) / 400) / 60 / rate, performance));
    IS_TRUE(worst < timeline::slack);
    IS_TRUE(std::fabs(f.line.host().tempo - to) < 1);
    IS_TRUE(f.line.begin(playing(beat + 0.1), period, f.counted).broke);
  }
}

TEST("a host whose beats go at another tempo than it tells is taken at its beats with the second block that does not fit") {
  for (const double real : {60.0, 240.0}) {
    fixture f;
    const double period = frames * 4 * real / 60 / rate;
    int breaks = 0;
    for (int i = 0; i < 50; i++) breaks += f.line.begin(playing(i * period), frames * 4, f.counted).broke;
    EQUAL(2, breaks);
    IS_TRUE(near(real, f.line.host().tempo));
    IS_TRUE(f.line.begin(playing(50 * period + 1), frames * 4, f.counted).broke);
    IS_TRUE(!f.line.begin(playing(51 * period + 1), frames * 4, f.counted).broke);
  }
}

TEST("figures that make no sense count as not said") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  for (const double bad : {nan, inf, -inf, 1e300, -1e300}) {
    fixture f;
    continuo_transport t{};
    t.flags = ~0u;
    t.beat = t.tempo = t.bar_start = t.loop_start = t.loop_end = bad;
    t.numerator = std::numeric_limits<std::int32_t>::min();
    t.denominator = 0;
    for (int i = 0; i < 3; i++) {
      const block b = f.begin(t);
      IS_TRUE(std::isfinite(b.performance) && std::isfinite(b.quarters_a_frame) && b.quarters_a_frame > 0);
    }
    IS_TRUE(std::isfinite(f.line.host().beat) && std::isfinite(f.line.host().loop_end));
    EQUAL(4, f.line.host().numerator);
    IS_TRUE(f.counted.poisoned.value() >= 9);
  }
}
