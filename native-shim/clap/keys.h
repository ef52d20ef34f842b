// A key for each channel and pitch: which are down, and by which number the host calls their notes. Audio thread only.
#pragma once

#include <array>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo::clap {

class keys {
 public:
  static constexpr std::int32_t up = -2;  // the host's numbers begin at -1: a note without one

  void down(int channel, int pitch, std::int32_t note) CONTINUO_NONBLOCKING { at(channel, pitch) = note; }
  void release(int channel, int pitch) CONTINUO_NONBLOCKING { at(channel, pitch) = up; }
  bool is_down(int channel, int pitch) CONTINUO_NONBLOCKING { return at(channel, pitch) != up; }

  // Calls `found(channel, pitch)` for every key down that matches; -1 matches all.
  template <typename Found>
  void matching(int channel, int pitch, std::int32_t note, Found found) CONTINUO_NONBLOCKING {
    const int first_channel = channel < 0 ? 0 : channel, last_channel = channel < 0 ? 15 : channel;
    const int first = pitch < 0 ? 0 : pitch, last = pitch < 0 ? 127 : pitch;
    for (int c = first_channel; c <= last_channel; c++) {
      for (int p = first; p <= last; p++) {
        const std::int32_t held = at(c, p);
        if (held != up && (note < 0 || held < 0 || held == note)) found(c, p);
      }
    }
  }

  keys() { notes_.fill(up); }

 private:
  std::int32_t& at(int channel, int pitch) CONTINUO_NONBLOCKING { return notes_[static_cast<std::size_t>(channel * 128 + pitch)]; }

  std::array<std::int32_t, 16 * 128> notes_;
};

}  // namespace continuo::clap
