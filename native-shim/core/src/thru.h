// The musician's notes that were passed on to the output and are still down there. It alone ends them where their own end
// does not come: a routing that changed, a panic, a host that stops calling. Audio thread only.
#pragma once

#include <array>
#include <cstdint>

#include "continuo/shim.h"
#include "out_events.h"
#include "routing.h"

namespace continuo {

class thru {
 public:
  bool holds(int channel, int pitch) const CONTINUO_NONBLOCKING { return bit(held_, channel, pitch); }

  // A key goes down. Needs room for one event.
  void on(out_events& out, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    set(held_, channel, pitch, true);
    set(ending_, channel, pitch, false);
    out.note(true, frame, channel, pitch, velocity);
  }

  // It comes up. Without room the end is owed; flush pays it.
  void off(out_events& out, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    if (out.room() == 0) {
      set(ending_, channel, pitch, true);
      owed_ = true;
      return;
    }
    set(held_, channel, pitch, false);
    set(ending_, channel, pitch, false);
    out.note(false, frame, channel, pitch, velocity);
  }

  // Every note on a channel that does not pass any more has to end.
  void end_all_but(const routing& r) CONTINUO_NONBLOCKING {
    for (std::size_t channel = 0; channel < 16; channel++) {
      if (r.passes_note(static_cast<int>(channel))) continue;
      for (std::size_t word = 0; word < 4; word++) {
        ending_[channel * 4 + word] |= held_[channel * 4 + word];
        owed_ = owed_ || held_[channel * 4 + word] != 0;
      }
    }
  }

  void end_all() CONTINUO_NONBLOCKING { end_all_but(routing{}); }

  // Sends the ends that are owed, at frame 0, as far as there is room. True if none is left.
  bool flush(out_events& out) CONTINUO_NONBLOCKING {
    if (!owed_) return true;
    for (int channel = 0; channel < 16; channel++) {
      for (int pitch = 0; pitch < 128; pitch++) {
        if (!bit(ending_, channel, pitch)) continue;
        if (out.room() == 0) return false;
        off(out, 0, channel, pitch, 0);
      }
    }
    owed_ = false;
    return true;
  }

 private:
  using bits = std::array<std::uint32_t, 64>;  // 16 channels of 128 pitches

  static bool bit(const bits& b, int channel, int pitch) CONTINUO_NONBLOCKING {
    return (b[static_cast<std::size_t>(channel * 4 + (pitch >> 5))] >> (pitch & 31) & 1) != 0;
  }
  static void set(bits& b, int channel, int pitch, bool value) CONTINUO_NONBLOCKING {
    std::uint32_t& word = b[static_cast<std::size_t>(channel * 4 + (pitch >> 5))];
    const std::uint32_t mask = 1u << (pitch & 31);
    word = value ? word | mask : word & ~mask;
  }

  bits held_{};
  bits ending_{};
  bool owed_ = false;
};

}  // namespace continuo
