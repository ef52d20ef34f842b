// Writes down what sounds, by the host's beats, for the take: passes over the timeline, notes with their ends, and how far
// the pass has come. Audio thread only.
#pragma once

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

  // `records`: what sounds from here on is the engine's, and no take that is replayed.
  void begin(const block& b, const continuo_transport& host, bool records) CONTINUO_NONBLOCKING {
    records_ = records;
    runs_ = records && b.playing && (host.flags & CONTINUO_HAS_BEAT) != 0;
    block_ = b;
    beat_ = host.beat;
    const bool loops = (host.flags & CONTINUO_LOOPING) != 0 && host.beat < host.loop_end;
    loop_end_ = loops ? host.loop_end : 2e9;
    loop_length_ = loops ? host.loop_end - host.loop_start : 0;
    if (!runs_) {
      expected_ = none;
    } else if (b.broke || !(std::fabs(beat_ - expected_) < timeline::slack)) {
      tell(continuo_performed_pass, 0, beat_);
    }
  }

  void on(std::int32_t note, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    if (runs_) tell(continuo_performed_on, note, beat(frame), frame, channel, pitch, velocity);
  }

  // Told while the host stands too: a stop ends notes.
  void off(std::int32_t note, std::uint32_t frame) CONTINUO_NONBLOCKING {
    if (records_) tell(continuo_performed_off, note, runs_ ? beat(frame) : 0, frame);
  }

  void end(std::uint32_t frames) CONTINUO_NONBLOCKING {
    if (!runs_) return;
    expected_ = beat(frames);
    untold_ += frames;
    // Often enough that a pass that is broken off replaces no more than it played.
    if (untold_ < 512) return;
    untold_ = 0;
    tell(continuo_performed_until, 0, expected_, frames);
  }

 private:
  static constexpr double none = -4e9;

  // The host's beat at a frame of the block; where the loop wraps within it a new pass begins.
  double beat(std::uint32_t frame) CONTINUO_NONBLOCKING {
    const double at = beat_ + frame * block_.quarters_a_frame;
    if (at < loop_end_) return at;
    beat_ -= loop_length_;
    loop_end_ = 2e9;  // a loop shorter than a block is one pass
    tell(continuo_performed_pass, 0, beat_ + frame * block_.quarters_a_frame, frame);
    return beat_ + frame * block_.quarters_a_frame;
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
    p.performance = block_.performance + frame * block_.quarters_a_frame;
    if (!shared_.performed.push(&p, 1)) counted_.take_lost.add();
  }

  exchange& shared_;
  counters& counted_;
  block block_{};
  bool records_ = false;
  bool runs_ = false;
  double beat_ = 0;
  double loop_end_ = 2e9;
  double loop_length_ = 0;
  double expected_ = none;
  std::uint32_t untold_ = 0;
};

}  // namespace continuo
