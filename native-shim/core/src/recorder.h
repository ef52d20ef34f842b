// Writes down what sounds, by the host's beats, for the take: passes over the timeline, notes with their ends, and how far
// the pass has come. Audio thread only.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "exchange.h"
#include "timeline.h"

namespace continuo {

class recorder {
 public:
  recorder(exchange& shared, counters& counted) : shared_(shared), counted_(counted) {}

  // `records`: what sounds from here on is the engine's, and no take that is replayed. `engine`: there is one; without it
  // nothing is performed, and silence for want of a player replaces nothing.
  void begin(const block& b, const continuo_transport& host, bool records, bool engine) CONTINUO_NONBLOCKING {
    const bool runs = records && engine && b.playing && (host.flags & CONTINUO_HAS_BEAT) != 0;
    const bool goes_on = runs && !b.broke && std::fabs(host.beat - expected_) < timeline::slack;
    if (!goes_on) reach(expected_);
    runs_ = runs;
    block_ = b;
    beat_ = host.beat;
    const bool loops = (host.flags & CONTINUO_LOOPING) != 0 && host.beat < host.loop_end;
    loop_start_ = host.loop_start;
    loop_end_ = loops ? host.loop_end : never;
    if (!runs_) expected_ = none;
    else if (!goes_on) tell(continuo_performed_pass, 0, beat_);
  }

  // Whether it is written down; then its end has to be, whatever comes between.
  bool on(std::int32_t note, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    if (runs_) tell(continuo_performed_on, note, beat(frame), frame, channel, pitch, velocity);
    return runs_;
  }

  // Told while the host stands or a take is replayed too: a stop ends notes, and so does the beginning of a replay.
  void off(std::int32_t note, std::uint32_t frame) CONTINUO_NONBLOCKING {
    tell(continuo_performed_off, note, runs_ ? beat(frame) : 0, frame);
  }

  // What ends before the next block begins, ends where this one does.
  void end(std::uint32_t frames) CONTINUO_NONBLOCKING {
    if (runs_) beat_ = expected_ = beat(frames);
    block_.performance = block_.at(frames);
    if (!runs_) return;
    untold_ += frames;  // those before a wrap in them were told with it
    // Often enough that a pass that is broken off replaces no more than it played.
    if (untold_ >= 512) reach(expected_);
  }

 private:
  static constexpr double none = -4e9, never = 2e9;

  // The host's beat at a frame of the block; where the loop wraps within it a new pass begins. The frame nearest to the loop's
  // end is the first of the pass, at the loop's start: what is planned there sounds at that frame.
  double beat(std::uint32_t frame) CONTINUO_NONBLOCKING {
    const double at = beat_ + frame * block_.quarters_a_frame;
    if (at < loop_end_ - block_.quarters_a_frame / 2) return at;
    untold_ = std::max(untold_, 1u);
    reach(loop_end_, frame);
    beat_ -= loop_end_ - loop_start_;
    loop_end_ = never;  // a loop shorter than a block is one pass
    tell(continuo_performed_pass, 0, loop_start_, frame);
    return std::max(loop_start_, beat_ + frame * block_.quarters_a_frame);
  }

  // The pass has come to `at`, which is told if it has not been.
  void reach(double at, std::uint32_t frame = 0) CONTINUO_NONBLOCKING {
    if (untold_ > 0 && at != none) tell(continuo_performed_until, 0, at, frame);
    untold_ = 0;
  }

  void tell(continuo_performed_kind what, std::int32_t note, double at, std::uint32_t frame = 0, int channel = 0, int pitch = 0,
            int velocity = 0) CONTINUO_NONBLOCKING {
    continuo_performed p{};
    p.what = static_cast<std::uint8_t>(what);
    p.channel = static_cast<std::uint8_t>(channel);
    p.pitch = static_cast<std::uint8_t>(pitch);
    p.velocity = static_cast<std::uint8_t>(velocity);
    p.note = note;
    p.beat = at;
    p.performance = block_.at(frame);
    if (!shared_.performed.push(&p, 1)) counted_.take_lost.add();
  }

  exchange& shared_;
  counters& counted_;
  block block_{};
  bool runs_ = false;
  double beat_ = 0;
  double loop_start_ = 0;
  double loop_end_ = never;
  double expected_ = none;
  std::uint32_t untold_ = 0;
};

}  // namespace continuo
