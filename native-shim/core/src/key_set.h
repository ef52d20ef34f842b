// A set of keys, by channel and pitch. Audio thread only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

class key_set {
 public:
  bool has(int channel, int pitch) const CONTINUO_NONBLOCKING { return (bits_[word(channel, pitch)] >> (pitch & 31) & 1) != 0; }

  void put(int channel, int pitch, bool in) CONTINUO_NONBLOCKING {
    std::uint32_t& word_of_it = bits_[word(channel, pitch)];
    const std::uint32_t mask = 1u << (pitch & 31);
    word_of_it = in ? word_of_it | mask : word_of_it & ~mask;
  }

  // Calls `found(pitch)` for each key of a channel, which may take it out.
  template <typename Found>
  void each(int channel, Found found) const CONTINUO_NONBLOCKING {
    for (int pitch = 0; pitch < 128; pitch++) {
      if (has(channel, pitch)) found(pitch);
    }
  }

 private:
  static std::size_t word(int channel, int pitch) CONTINUO_NONBLOCKING { return static_cast<std::size_t>(channel * 4 + (pitch >> 5)); }

  std::array<std::uint32_t, 64> bits_{};  // 16 channels of 128 pitches
};

}  // namespace continuo
