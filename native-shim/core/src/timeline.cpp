#include "timeline.h"

#include <algorithm>
#include <cmath>

namespace continuo {

namespace {

constexpr double furthest = 1e9;  // quarter notes, either way
constexpr double slowest = 5, fastest = 999;    // quarter notes a minute that are played

bool sane_position(double quarters) CONTINUO_NONBLOCKING { return std::fabs(quarters) <= furthest; }  // false for NaN

bool sane_meter(int numerator, int denominator) CONTINUO_NONBLOCKING {
  return numerator >= 1 && numerator <= 255 && denominator >= 1 && denominator <= 64 && (denominator & (denominator - 1)) == 0;
}

bool has(const continuo_transport& t, std::uint32_t flags) CONTINUO_NONBLOCKING { return (t.flags & flags) == flags; }

// A copy with the flags of what makes no sense taken away, and zeros for what is not said: poison stops here.
continuo_transport sane(const continuo_transport& said, counters& counted) CONTINUO_NONBLOCKING {
  continuo_transport t{};
  t.flags = said.flags & (CONTINUO_PLAYING | CONTINUO_RECORDING | CONTINUO_LOOPING | CONTINUO_HAS_TEMPO | CONTINUO_HAS_METER |
                          CONTINUO_HAS_BEAT | CONTINUO_HAS_BAR_START);
  const auto refuse = [&](std::uint32_t flag) CONTINUO_NONBLOCKING {
    t.flags &= ~flag;
    counted.poisoned.add();
  };
  if (has(t, CONTINUO_HAS_BEAT)) {
    if (sane_position(said.beat)) t.beat = said.beat;
    else refuse(CONTINUO_HAS_BEAT);
  }
  if (has(t, CONTINUO_HAS_TEMPO)) {
    if (said.tempo > 0 && said.tempo <= 1000) t.tempo = std::clamp(said.tempo, slowest, fastest);
    else refuse(CONTINUO_HAS_TEMPO);
  }
  if (has(t, CONTINUO_HAS_METER)) {
    if (sane_meter(said.numerator, said.denominator)) {
      t.numerator = said.numerator;
      t.denominator = said.denominator;
    } else {
      refuse(CONTINUO_HAS_METER);
    }
  }
  if (has(t, CONTINUO_HAS_BAR_START)) {
    if (sane_position(said.bar_start)) t.bar_start = said.bar_start;
    else refuse(CONTINUO_HAS_BAR_START);
  }
  if (has(t, CONTINUO_LOOPING)) {
    // A loop shorter than the slack on both sides could not be told from standing still.
    if (sane_position(said.loop_start) && sane_position(said.loop_end) &&
        said.loop_end - said.loop_start >= 4 * timeline::slack) {
      t.loop_start = said.loop_start;
      t.loop_end = said.loop_end;
    } else {
      refuse(CONTINUO_LOOPING);
    }
  }
  // A position in a timeline that the host does not show means nothing.
  if (!has(t, CONTINUO_HAS_BEAT)) t.flags &= ~(CONTINUO_HAS_BAR_START | CONTINUO_LOOPING);
  return t;
}

// Whether the wrap that lay ahead of `before` is another one now: then what was planned for after it is void.
bool loop_moved(const continuo_transport& before, const continuo_transport& now) CONTINUO_NONBLOCKING {
  const bool was = has(before, CONTINUO_LOOPING) && before.beat < before.loop_end;
  const bool is = has(now, CONTINUO_LOOPING) && now.beat < now.loop_end;
  if (was && is) return before.loop_start != now.loop_start || before.loop_end != now.loop_end;
  return was != is;
}

}  // namespace

void timeline::rate(double sample_rate) {
  sample_rate_ = sample_rate;
  performance_ += ahead_;
  ahead_ = 0;
  frames_ = 0;
  gone_ = 0;
  began_ = false;
}

bool timeline::went_on(const continuo_transport& now, double& passed, counters& counted) const CONTINUO_NONBLOCKING {
  const double least = ahead_ * std::min(1.0, now.tempo / host_.tempo) - slack;
  const double most = ahead_ * std::max(1.0, now.tempo / host_.tempo) + slack;
  passed = now.beat - host_.beat;
  // While the host does not tell its tempo, its beats do, in bounds.
  if (said_tempo_ == 0) {
    const double shortest = quarters_a_frame(slowest) * frames_ - slack, longest = quarters_a_frame(fastest) * frames_ + slack;
    if (passed >= shortest && passed <= longest) return true;
  }
  if ((passed >= least && passed <= most) || goes_as_before(passed)) return true;
  if (!has(host_, CONTINUO_LOOPING) || host_.beat >= host_.loop_end) return false;
  const double length = host_.loop_end - host_.loop_start;
  const double wraps = std::round((ahead_ - passed) / length);
  if (wraps < 1 || now.beat < host_.loop_start - slack || host_.beat + most < host_.loop_end) return false;
  passed += wraps * length;
  if (passed < least || passed > most) return false;
  counted.wraps.add(static_cast<std::uint64_t>(wraps));
  return true;
}

block timeline::begin(const continuo_transport& said, std::uint32_t frames, counters& counted) CONTINUO_NONBLOCKING {
  continuo_transport now = sane(said, counted);
  const bool timed = has(now, CONTINUO_HAS_BEAT);
  // A host that shows no timeline is a stage where the music never stops.
  if (!timed) now.flags |= CONTINUO_PLAYING;
  const bool playing = has(now, CONTINUO_PLAYING);
  const bool says_tempo = has(now, CONTINUO_HAS_TEMPO);
  const double said_tempo = says_tempo ? now.tempo : 0;
  // What is not said stays as it was, so that a host that leaves out a figure for one block breaks nothing.
  if (!says_tempo) now.tempo = host_.tempo > 0 ? host_.tempo : default_tempo;
  if (!has(now, CONTINUO_HAS_METER)) {
    now.numerator = host_.numerator > 0 ? host_.numerator : 4;
    now.denominator = host_.denominator > 0 ? host_.denominator : 4;
  }

  bool broke = true;
  double passed = ahead_, gone = 0;
  if (began_) {
    const bool was_timed = has(host_, CONTINUO_HAS_BEAT);
    const bool was_playing = has(host_, CONTINUO_PLAYING);
    broke = timed != was_timed || playing != was_playing || now.numerator != host_.numerator ||
            now.denominator != host_.denominator;
    if (!broke && timed) {
      if (!playing) {
        broke = now.beat != host_.beat;
      } else {
        broke = !went_on(now, passed, counted);
        const bool belied = said_tempo == said_tempo_ && std::fabs(passed - quarters_a_frame(said_tempo) * frames_) > slack / 2;
        const double by_beats = frames_ > 0 ? passed / frames_ * 60 * sample_rate_ : 0;
        gone = by_beats >= slowest && by_beats <= fastest ? passed / frames_ : gone_;
        if (!broke && by_beats > 0 && (!says_tempo || (belied && goes_as_before(passed)))) now.tempo = std::clamp(by_beats, slowest, fastest);
        if (broke) passed = ahead_;
      }
      broke = broke || loop_moved(host_, now);
    }
  }
  broke = broke || interrupted_;
  interrupted_ = false;
  // The host may round, and a ramp may fall short of what was expected: performance time still never turns back.
  performance_ = std::min(performance_ + std::max(0.0, passed), furthest);
  const double a_frame = playing ? quarters_a_frame(now.tempo) : 0;
  ahead_ = a_frame * frames;
  frames_ = frames;
  host_ = now;
  said_tempo_ = said_tempo;
  gone_ = gone;
  began_ = true;
  if (broke) {
    epoch_++;
    counted.breaks.add();
  }
  return {performance_, a_frame, playing, broke};
}

}  // namespace continuo
