// Performance time from what the host says: it only rises, stands while the host stands, and goes on through a loop's wrap.
// Audio thread only.
#pragma once

#include <cmath>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"

namespace continuo {

// One block in performance time.
struct block {
  double performance;      // of its first frame
  double quarters_a_frame;  // 0 while the host stands
  bool playing;
  bool broke;  // this block begins a new epoch

  // Performance time of a frame.
  double at(std::uint32_t frame) const CONTINUO_NONBLOCKING { return performance + frame * quarters_a_frame; }
  // Frame at which an event is due, by the host's own figures: negative if its time is past. While the host plays.
  double frame_of(double event) const CONTINUO_NONBLOCKING { return std::round((event - performance) / quarters_a_frame); }
  // Whether it is too late for an event.
  bool is_past(double event) const CONTINUO_NONBLOCKING { return playing ? frame_of(event) < 0 : event < performance; }
};

class timeline {
 public:
  // A jump smaller than this, in quarter notes, is the host's rounding and no seek: JACK counts 1920 ticks to the quarter.
  static constexpr double slack = 1.0 / 64;
  static constexpr double default_tempo = 120;

  // A new rate: the next block breaks.
  void rate(double sample_rate);

  // The next block breaks, whatever the host says.
  void interrupt() CONTINUO_NONBLOCKING { interrupted_ = true; }

  // The block that begins now, of `frames` frames.
  block begin(const continuo_transport& said, std::uint32_t frames, counters& counted) CONTINUO_NONBLOCKING;

  // What the last block's host said, as far as it makes sense, with tempo and meter filled in, the tempo by its beats where those
  // go at another than it tells; goes to the engine.
  const continuo_transport& host() const CONTINUO_NONBLOCKING { return host_; }
  std::int32_t epoch() const CONTINUO_NONBLOCKING { return epoch_; }

  // Performance time at the end of the last block, at the tempo it began with.
  double reached() const CONTINUO_NONBLOCKING { return performance_ + ahead_; }

 private:
  // Whether the host went on from the last block, perhaps through loop wraps; `passed` becomes the quarters since then.
  bool went_on(const continuo_transport& now, double& passed, counters& counted) const CONTINUO_NONBLOCKING;

  // Whether as many quarters passed in the last block as in the one before, by their frames. That is no jump, whatever tempo the host
  // tells: there are hosts that tell in a ramp the one that it began with.
  bool goes_as_before(double passed) const CONTINUO_NONBLOCKING {
    return gone_ > 0 && std::fabs(passed - gone_ * frames_) <= slack / 2;
  }

  double quarters_a_frame(double tempo) const CONTINUO_NONBLOCKING { return tempo / 60 / sample_rate_; }

  double sample_rate_ = 48000;
  continuo_transport host_{};
  bool began_ = false;
  bool interrupted_ = false;
  double said_tempo_ = 0;   // by the host, in the last block; 0: none
  double gone_ = 0;         // quarters a frame, by the host's beats, in the last block that made a tempo; 0: none
  double performance_ = 0;  // of the last block's first frame
  double ahead_ = 0;        // quarters from there to its end, at the tempo it began with
  std::uint32_t frames_ = 0;
  std::int32_t epoch_ = 0;
};

}  // namespace continuo
