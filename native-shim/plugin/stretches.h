// A block in which the host's transport changes: each stretch between two changes is processed by itself, and what comes out
// stands in one list for the whole block. Audio thread only; about 64 KiB, allocated with its owner.
#pragma once

#include <algorithm>
#include <cstdint>

#include "instance.h"
#include "loop.h"

namespace continuo::plugin {

class stretches {
 public:
  static constexpr std::uint32_t most_events = 4096;  // in one block, each way

  // A block of `frames` begins. `rate` as the instance was activated with. At most `room` events come out of it; what finds
  // none waits for the next block.
  void begin(std::uint32_t frames, double rate, std::size_t room = most_events) CONTINUO_NONBLOCKING {
    room_ = static_cast<std::uint32_t>(std::min<std::size_t>(room, most_events));
    frames_ = frames;
    rate_ = rate;
    done_ = in_count_ = out_count_ = 0;
    looked_ = false;
  }

  // What is before `frame` is played as all is set now. Frames rise; one past the block counts as its end.
  void cut(instance& plays, std::uint32_t frame) CONTINUO_NONBLOCKING {
    const std::uint32_t at = std::clamp(frame, done_, frames_);
    if (at > done_) process(plays, at);
  }

  // From `frame` on the host says this; null: it says nothing.
  void transport(instance& plays, std::uint32_t frame, const continuo_transport* host) CONTINUO_NONBLOCKING {
    cut(plays, frame);
    silent_ = host == nullptr;
    if (!silent_) host_ = *host;
  }

  // A MIDI channel message of the musician; one behind its time counts as of now. Without room it is left out and counted.
  void event(std::uint32_t frame, std::uint8_t status, std::uint8_t data1, std::uint8_t data2) CONTINUO_NONBLOCKING {
    if (in_count_ == most_events) {
      refused_++;
      return;
    }
    const std::uint32_t least = in_count_ > 0 ? in_[in_count_ - 1].frame : 0;
    in_[in_count_++] = {std::max(least, std::clamp(frame, done_, frames_) - done_), status, data1, data2, 0};
  }

  // The block ends; what comes out is in events().
  void end(instance& plays) CONTINUO_NONBLOCKING {
    if (done_ < frames_ || !looked_ || in_count_ > 0) process(plays, frames_);
  }

  const continuo_event* events() const CONTINUO_NONBLOCKING { return out_; }
  std::uint32_t size() const CONTINUO_NONBLOCKING { return out_count_; }
  // [any] Events that found no room.
  std::uint64_t refused() const CONTINUO_NONBLOCKING { return refused_; }

 private:
  void process(instance& plays, std::uint32_t until) CONTINUO_NONBLOCKING {
    looked_ = true;
    const std::uint32_t frames = until - done_;
    const std::uint32_t n = plays.process(silent_ ? nullptr : &host_, in_, in_count_, frames, out_ + out_count_, room_ - out_count_);
    for (std::uint32_t i = 0; i < n; i++) out_[out_count_ + i].frame += done_;
    out_count_ += n;
    in_count_ = 0;
    done_ = until;
    if (silent_ || (host_.flags & CONTINUO_PLAYING) == 0 || (host_.flags & CONTINUO_HAS_TEMPO) == 0) return;
    go_on(host_, frames * host_.tempo / 60 / rate_);
  }

  std::uint32_t room_ = 0, frames_ = 0, done_ = 0, in_count_ = 0, out_count_ = 0;
  double rate_ = 48000;
  bool silent_ = true, looked_ = false;
  continuo_transport host_{};
  std::uint64_t refused_ = 0;
  continuo_event in_[most_events];
  continuo_event out_[most_events];
};

}  // namespace continuo::plugin
