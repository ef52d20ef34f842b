// A host's transport as VST3 tells it: one struct a block, whose state word says which figures hold. Audio thread only.
#pragma once

#include <travesty/audio_processor.h>

#include <cmath>
#include <cstdint>

#include "continuo/shim.h"
#include "loop.h"

namespace continuo::vst3 {

class position {
 public:
  // Ardour keeps musical time in ticks, 1920 to the quarter note, and tells the nearest one: up to half a tick off.
  static constexpr double ticks = 1920;
  // Figures that differ by less are the same, in quarter notes.
  static constexpr double rounding = 1e-6;

  // A new rate, in Hz: what is known of the last block is forgotten.
  void rate(double sample_rate) {
    sample_rate_ = sample_rate;
    began_ = false;
    rounds_ = true;
  }

  // What the host says at the first frame of a block; null if it says nothing.
  void say(const v3_process_context* said) CONTINUO_NONBLOCKING {
    const continuo_transport last = now_;
    now_ = {};
    if (said == nullptr) {
      began_ = false;
      return;
    }
    const std::uint32_t state = said->state;
    const auto valid = [state](std::uint32_t bit) CONTINUO_NONBLOCKING { return (state & bit) != 0; };
    if (valid(V3_PROCESS_CTX_PLAYING)) now_.flags |= CONTINUO_PLAYING;
    if (valid(V3_PROCESS_CTX_RECORDING)) now_.flags |= CONTINUO_RECORDING;
    if (valid(V3_PROCESS_CTX_TEMPO_VALID)) {
      now_.flags |= CONTINUO_HAS_TEMPO;
      now_.tempo = said->bpm;
    }
    if (valid(V3_PROCESS_CTX_TIME_SIG_VALID)) {
      now_.flags |= CONTINUO_HAS_METER;
      now_.numerator = said->time_sig_numerator;
      now_.denominator = said->time_sig_denom;
    }
    if (valid(V3_PROCESS_CTX_PROJECT_TIME_VALID)) {
      // As it is: before bar one it is negative.
      now_.flags |= CONTINUO_HAS_BEAT;
      now_.beat = settle(*said, last);
      find_bar(*said, last);
    }
    // Some hosts show the points of a loop that is switched off, others switch one on that has no points.
    if (valid(V3_PROCESS_CTX_CYCLE_ACTIVE) && valid(V3_PROCESS_CTX_CYCLE_VALID)) {
      now_.flags |= CONTINUO_LOOPING;
      now_.loop_start = said->cycle_start_quarters;
      now_.loop_end = said->cycle_end_quarters;
    }
    began_ = true;
    samples_ = said->project_time_in_samples;
    passed_ = 0;
  }

  // `frames` of the block went by.
  void advance(std::uint32_t frames) CONTINUO_NONBLOCKING {
    samples_ += frames;
    passed_ += frames;
    if (has(CONTINUO_PLAYING | CONTINUO_HAS_TEMPO | CONTINUO_HAS_BEAT)) plugin::go_on(now_, quarters(frames, now_.tempo));
  }

  // What the shim is told.
  const continuo_transport& transport() const CONTINUO_NONBLOCKING { return now_; }

 private:
  bool has(std::uint32_t flags) const CONTINUO_NONBLOCKING { return (now_.flags & flags) == flags; }

  double quarters(double frames, double tempo) const CONTINUO_NONBLOCKING { return frames * tempo / 60 / sample_rate_; }

  static bool same(double a, double b, double slack = rounding) CONTINUO_NONBLOCKING { return std::fabs(a - b) <= slack; }

  // The beat: as said, or where the host rounds it, as near as its ticks and its frames tell it together. The true beat lies
  // within half a tick of what was said, now and in every block before; what all of them leave is a stretch that grows narrow.
  double settle(const v3_process_context& said, const continuo_transport& last) CONTINUO_NONBLOCKING {
    const double beat = said.project_time_quarters;
    if (std::isfinite(beat) && !same(beat * ticks, std::round(beat * ticks), rounding * ticks)) rounds_ = false;
    if (!rounds_ || !has(CONTINUO_HAS_TEMPO)) return beat;
    constexpr double half = 0.5 / ticks + rounding;
    const bool went_on = began_ && samples_ == said.project_time_in_samples && has(CONTINUO_PLAYING) &&
                         (last.flags & (CONTINUO_PLAYING | CONTINUO_HAS_BEAT)) == (CONTINUO_PLAYING | CONTINUO_HAS_BEAT);
    // With one tempo from the beginning on, the samples tell the beat.
    double exact = quarters(static_cast<double>(said.project_time_in_samples), now_.tempo);
    bool known = same(exact, beat, half);
    if (!known && went_on && last.tempo != now_.tempo) known = change_on_a_beat(last.tempo, beat, half, exact);
    if (known) {
      least_ = most_ = exact;
      return exact;
    }
    if (went_on) {
      // The tempo may have changed anywhere in the block that went by.
      const double slow = quarters(passed_, std::fmin(last.tempo, now_.tempo)), fast = quarters(passed_, std::fmax(last.tempo, now_.tempo));
      least_ = std::fmax(least_ + slow, beat - half);
      most_ = std::fmin(most_ + fast, beat + half);
    }
    if (!went_on || !(least_ <= most_)) {
      least_ = beat - half;
      most_ = beat + half;
    }
    return (least_ + most_) / 2;
  }

  // Tempo changes stand on beats, mostly: if one on a quarter of a beat explains what was said, the beat is known by it.
  bool change_on_a_beat(double before, double beat, double half, double& exact) const CONTINUO_NONBLOCKING {
    if (!same(least_, most_, 2 * rounding)) return false;  // where the last block began is not known itself
    const double began = least_, ended = began + quarters(passed_, before);
    for (double at = std::ceil((began - rounding) * 4) / 4; at <= ended + rounding && at < began + 64; at += 0.25) {
      exact = at + quarters(passed_, now_.tempo) * (1 - (at - began) / (ended - began));
      if (same(exact, beat, half)) return true;
    }
    return false;
  }

  // Where the bar began. Ardour says four quarters a bar whatever the meter, and counts bars from one: what cannot be is not
  // believed, and neither is a multiple of four in bars of another length, until the host showed that it knows better.
  void find_bar(const v3_process_context& said, const continuo_transport& last) CONTINUO_NONBLOCKING {
    const bool told = (said.state & V3_PROCESS_CTX_BAR_POSITION_VALID) != 0;
    const double beat = now_.beat, start = said.bar_position_quarters;
    const bool metered = has(CONTINUO_HAS_METER) && now_.numerator > 0 && now_.denominator > 0;
    const double length = metered ? now_.numerator * 4.0 / now_.denominator : 0;
    const bool can_be = told && start <= beat + rounding && (!metered || beat < start + length + rounding);
    if (metered) {
      const bool four = same(start, 4 * std::round(start / 4));
      if (can_be && length != 4 && !four) knows_bars_ = true;
      if (!can_be || (length != 4 && four && !knows_bars_)) {
        follow_meter(last, beat);
        now_.bar_start = anchor_ + std::floor((beat - anchor_ + rounding) / length) * length;
        now_.flags |= CONTINUO_HAS_BAR_START;
        if (told && !can_be) knows_bars_ = false;
        return;
      }
    }
    if (!can_be) return;
    now_.bar_start = anchor_ = start;
    now_.flags |= CONTINUO_HAS_BAR_START;
  }

  // A bar line that bars can be counted from: where the meter changed if that was seen, else the beginning.
  void follow_meter(const continuo_transport& last, double beat) CONTINUO_NONBLOCKING {
    if (began_ && last.numerator == now_.numerator && last.denominator == now_.denominator) return;
    anchor_ = 0;
    if (!began_ || (last.flags & CONTINUO_HAS_BAR_START) == 0 || last.denominator <= 0) return;
    const double next = last.bar_start + last.numerator * 4.0 / last.denominator;
    if (same(next, beat, 1) && next <= beat + rounding) anchor_ = next;
  }

  double sample_rate_ = 48000;
  continuo_transport now_{};
  bool began_ = false;        // there was a block before, and now_ and samples_ say what follows it
  std::int64_t samples_ = 0;  // the host's, one past the last frame
  double passed_ = 0;         // frames since the host last spoke
  double least_ = 0, most_ = 0;  // between these was the beat when the host last spoke
  bool rounds_ = true;        // the host never said a beat between two ticks
  bool knows_bars_ = false;   // the host told a bar start that none makes up
  double anchor_ = 0;         // a bar line, in quarter notes
};

}  // namespace continuo::vst3
