// Which channels the musician's events and the planned ones go by. One word, so that the audio thread reads it whole.
#pragma once

#include <atomic>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

struct routing {
  std::uint16_t notes = 0;  // a bit for each channel on which the musician's notes pass to the output
  bool others = false;      // controllers, pitch bend, pressure and programs pass
  std::int8_t part = -1;    // channel of the band that this instance plays; -1: channels are the band's
  std::uint8_t out = 0;     // channel of the output for that part

  // The band's channel of an event that came in by `channel`.
  int heard_as(int channel) const CONTINUO_NONBLOCKING { return part < 0 ? channel : part; }
  // The output's channel of a planned note.
  int played_as(int channel) const CONTINUO_NONBLOCKING { return part < 0 ? channel : out; }
  bool passes_note(int channel) const CONTINUO_NONBLOCKING { return (notes >> channel & 1) != 0; }
  bool same_channels(const routing& other) const CONTINUO_NONBLOCKING { return part == other.part && out == other.out; }
};

// Written by any thread, read by the audio thread at the start of a block.
class shared_routing {
 public:
  void store(const routing& r) CONTINUO_NONBLOCKING {
    packed_.store(std::uint32_t{r.notes} | (r.others ? 1u << 16 : 0u) | (r.part >= 0 ? 1u << 17 : 0u) |
                      (static_cast<std::uint32_t>(r.part) & 15u) << 18 | (std::uint32_t{r.out} & 15u) << 22,
                  std::memory_order_relaxed);
  }

  routing load() const CONTINUO_NONBLOCKING {
    const std::uint32_t p = packed_.load(std::memory_order_relaxed);
    routing r;
    r.notes = static_cast<std::uint16_t>(p);
    r.others = (p >> 16 & 1) != 0;
    r.part = (p >> 17 & 1) != 0 ? static_cast<std::int8_t>(p >> 18 & 15) : std::int8_t{-1};
    r.out = static_cast<std::uint8_t>(p >> 22 & 15);
    return r;
  }

 private:
  std::atomic<std::uint32_t> packed_{0};
};

}  // namespace continuo
