// A host's transport as LV2 tells it: now and then an object of figures, and between two of them silence, in which the last
// one goes on. Audio thread only.
#pragma once

#include <cmath>
#include <cstdint>

#include "continuo/shim.h"
#include "counting.h"

namespace continuo::lv2 {

// The figures of one time:Position; NaN for what is not in it.
struct position_object {
  double bar = std::nan("");  // from 0
  double bar_beat = std::nan("");
  double beat = std::nan("");
  double beat_unit = std::nan("");
  double beats_per_bar = std::nan("");
  double beats_per_minute = std::nan("");
  double speed = std::nan("");
  double frame = std::nan("");  // on the host's timeline
};

class position {
 public:
  // Hosts count in ticks, jalv in those of JACK's timebase, mostly 1920 to the beat: a position they say may be this many
  // quarter notes early. What the frames say is kept while it is within that.
  static constexpr double tick = 1.0 / 480;

  // What the shim is told now.
  const continuo_transport& transport() const CONTINUO_NONBLOCKING { return now_; }

  // `frames` went by.
  void advance(std::uint32_t frames, double sample_rate) CONTINUO_NONBLOCKING {
    passed_ += frames;
    if ((now_.flags & CONTINUO_PLAYING) == 0) return;
    now_.beat += frames * now_.tempo / 60 / sample_rate;
    // The host says its place when something changes, which may be many bars ago.
    constexpr std::uint32_t counts_bars = CONTINUO_HAS_BAR_START | CONTINUO_HAS_METER;
    if ((now_.flags & counts_bars) != counts_bars) return;
    const double bar = 4.0 * now_.numerator / now_.denominator;
    now_.bar_start += std::fmax(0, std::floor((now_.beat - now_.bar_start) / bar)) * bar;
  }

  // The host said this. `sample_rate` 0: unknown, and its frames tell nothing.
  void say(const position_object& said, double sample_rate = 0) CONTINUO_NONBLOCKING {
    const continuo_transport last = now_;
    const double passed = passed_;
    passed_ = 0;
    if (!std::isnan(said.speed)) speed_ = said.speed;
    if (said.beat_unit >= 1) beat_unit_ = said.beat_unit;
    if (said.beats_per_bar > 0) beats_per_bar_ = said.beats_per_bar;
    const double quarters = 4 / beat_unit_;  // in one of the host's beats
    if (said.beats_per_minute > 0) beats_per_minute_ = said.beats_per_minute;

    const bool was_playing = (now_.flags & CONTINUO_PLAYING) != 0;
    const bool playing = speed_ > 0;
    const bool tells_bars = beats_per_bar_ > 0 && !std::isnan(said.bar) && !std::isnan(said.bar_beat);
    const moment heard{said.frame, said.bar, said.bar_beat, beats_per_bar_, beat_unit_, beats_per_minute_};
    bool went_on = false;
    if (speed_ == 1 && tells_bars && sample_rate > 0) went_on = counting_.hear(heard, passed, sample_rate);
    else counting_.forget();
    now_.flags = playing ? CONTINUO_PLAYING : 0;
    if (beats_per_minute_ > 0) {
      now_.flags |= CONTINUO_HAS_TEMPO;
      now_.tempo = counting_.tempo(heard) * (playing ? speed_ : 1);
    }
    const double numerator = std::round(beats_per_bar_);
    if (numerator >= 1 && std::fabs(numerator - beats_per_bar_) < 1e-3) {
      now_.flags |= CONTINUO_HAS_METER;
      now_.numerator = static_cast<std::int32_t>(numerator);
      now_.denominator = static_cast<std::int32_t>(beat_unit_);
    }

    double beat = std::nan("");
    if (tells_bars) {
      now_.bar_start = said.bar * beats_per_bar_ * quarters;
      now_.flags |= CONTINUO_HAS_BAR_START;
      const double expected = went_on ? now_.beat : sample_rate > 0 ? said.frame * now_.tempo / 60 / sample_rate : std::nan("");
      beat = now_.bar_start + counting_.into_bar(heard, expected - now_.bar_start);
    } else if (!std::isnan(said.beat)) {
      beat = said.beat * quarters;
    }
    if (std::isnan(beat)) {
      // Speed and frame alone show no beats; jalv leaves them out for one period after a jump.
      if (known_) now_.flags |= CONTINUO_HAS_BEAT;
      return;
    }
    now_.flags |= CONTINUO_HAS_BEAT;
    if (sample_rate > 0 && speed_ == 1 && by_frames(said, last, passed, beat, sample_rate)) {
      known_ = true;
      return;
    }
    exact_ = false;
    const double off = now_.beat - beat;
    if (!known_ || !was_playing || !playing || std::fabs(off) > slack) now_.beat = beat;
    else if (off < 0) now_.beat = beat;
    else if (off > tick) now_.beat = beat + tick;
    known_ = true;
  }

 private:
  // What a host says in ticks of 1920 to the quarter note is the tick before, or the nearest: Ardour says the nearest. It comes as a
  // float, which in a bar of twelve beats is a thousandth of a tick off.
  static bool rounds_to(double exact, double said) CONTINUO_NONBLOCKING { return exact - said >= -0.502 / 1920 && exact - said <= 1.002 / 1920; }

  // The beat to the frame, where frames tell it: one tempo from the beginning on, or a change of tempo on a quarter of a beat
  // while it played and the beat was known.
  bool by_frames(const position_object& said, const continuo_transport& last, double passed, double beat, double rate) CONTINUO_NONBLOCKING {
    const double quarters = now_.tempo / 60 / rate;
    if (said.frame * quarters >= 0 && rounds_to(said.frame * quarters, beat)) {
      exact_ = true;
      now_.beat = said.frame * quarters;
      return true;
    }
    if (!exact_ || (last.flags & now_.flags & CONTINUO_PLAYING) == 0) return false;
    if (last.tempo == now_.tempo) return rounds_to(last.beat, beat);  // it went on
    const double before = last.tempo / 60 / rate, began = last.beat - passed * before;
    double at = std::floor((last.beat + 1e-6) * 4) / 4;  // the latest first
    for (int tries = 0; tries < 16 && at >= began - 1e-6; tries++, at -= 0.25) {
      const double exact = at + (passed - (at - began) / before) * quarters;
      if (!rounds_to(exact, beat)) continue;
      now_.beat = exact;
      return true;
    }
    return false;
  }

  // Beyond this the host jumped.
  static constexpr double slack = 1.0 / 64;

  counting counting_;
  continuo_transport now_{};
  bool known_ = false;
  bool exact_ = false;  // now_.beat is what the frames say
  double passed_ = 0;   // frames since the host last spoke
  double speed_ = 0;
  double beat_unit_ = 4;
  double beats_per_bar_ = 0;
  double beats_per_minute_ = 0;
};

}  // namespace continuo::lv2
