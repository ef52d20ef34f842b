// A CLAP transport as the shim knows it. What the host does not vouch for by a flag is not looked at. Audio thread only.
#pragma once

#include <algorithm>
#include <cstdint>

#include "headers.h"
#include "loop.h"
#include "position.h"
#include "stretches.h"

namespace continuo::clap {

inline continuo_transport transport_of(const clap_event_transport_t& said) CONTINUO_NONBLOCKING {
  const auto has = [&](std::uint32_t flag) CONTINUO_NONBLOCKING { return (said.flags & flag) != 0; };
  continuo_transport t{};
  if (has(CLAP_TRANSPORT_IS_PLAYING)) t.flags |= CONTINUO_PLAYING;
  if (has(CLAP_TRANSPORT_IS_RECORDING)) t.flags |= CONTINUO_RECORDING;
  if (has(CLAP_TRANSPORT_HAS_TEMPO)) {
    t.flags |= CONTINUO_HAS_TEMPO;
    t.tempo = said.tempo;
  }
  if (has(CLAP_TRANSPORT_HAS_TIME_SIGNATURE)) {
    t.flags |= CONTINUO_HAS_METER;
    t.numerator = said.tsig_num;
    t.denominator = said.tsig_denom;
  }
  if (has(CLAP_TRANSPORT_HAS_BEATS_TIMELINE)) {
    t.flags |= CONTINUO_HAS_BEAT;
    t.beat = quarters(said.song_pos_beats);
    if (has(CLAP_TRANSPORT_HAS_TIME_SIGNATURE)) {
      t.flags |= CONTINUO_HAS_BAR_START;
      t.bar_start = quarters(said.bar_start);
    }
    if (has(CLAP_TRANSPORT_IS_LOOP_ACTIVE)) {
      t.flags |= CONTINUO_LOOPING;
      t.loop_start = quarters(said.loop_start_beats);
      t.loop_end = quarters(said.loop_end_beats);
    }
  }
  return t;
}

// Hands a block's transports to the stretches. While the host ramps its tempo the block is cut small enough that a tempo
// that stands for each piece puts a note where the ramp has it.
class ramp {
 public:
  // A new rate, in Hz.
  void rate(double sample_rate) { position_.rate(sample_rate); }

  static constexpr std::uint32_t piece = 128;  // frames; at 100 BPM a second less than 0.05 frames off at 48 kHz

  // From `frame` on the host says this; null: nothing.
  void say(plugin::stretches& to, plugin::instance& plays, std::uint32_t frame, std::uint32_t frames, double rate,
           const clap_event_transport_t* said) CONTINUO_NONBLOCKING {
    go_on(to, plays, frame);
    ramps_ = false;
    if (said == nullptr) {
      position_.forget();
      to.transport(plays, frame, nullptr);
      return;
    }
    at_ = transport_of(*said);
    if ((at_.flags & CONTINUO_HAS_BEAT) == 0 || frame > 0) position_.forget();
    else at_.beat = position_.beat(*said, frames);
    constexpr std::uint32_t needed = CONTINUO_PLAYING | CONTINUO_HAS_TEMPO;
    ramps_ = said->tempo_inc - said->tempo_inc == 0 && said->tempo_inc != 0 && (at_.flags & needed) == needed;
    if (!ramps_) {
      to.transport(plays, frame, &at_);
      return;
    }
    frame_ = frame;
    frames_ = frames;
    rate_ = rate;
    a_frame_ = said->tempo_inc;
    next(to, plays);
  }

  // Everything that the ramp has to say before `frame`.
  void go_on(plugin::stretches& to, plugin::instance& plays, std::uint32_t frame) CONTINUO_NONBLOCKING {
    while (ramps_ && frame_ < std::min(frame, frames_)) next(to, plays);
  }

 private:
  // One piece, at its mean tempo.
  void next(plugin::stretches& to, plugin::instance& plays) CONTINUO_NONBLOCKING {
    const std::uint32_t length = std::min(piece, frames_ > frame_ ? frames_ - frame_ : piece);
    continuo_transport t = at_;
    t.tempo = at_.tempo + a_frame_ * length / 2;
    to.transport(plays, frame_, &t);
    plugin::go_on(at_, length * t.tempo / 60 / rate_);
    at_.tempo += a_frame_ * length;
    frame_ += length;
  }

  position position_;
  bool ramps_ = false;
  continuo_transport at_{};
  std::uint32_t frame_ = 0, frames_ = 0;
  double rate_ = 48000, a_frame_ = 0;
};

}  // namespace continuo::clap
