// The host's array for the events of a block, as far as it is filled.
#pragma once

#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

struct out_events {
  continuo_event* events;
  std::uint32_t capacity;
  std::uint32_t count;

  std::uint32_t room() const CONTINUO_NONBLOCKING { return capacity - count; }

  // Only with room.
  void note(bool on, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    events[count++] = {frame, static_cast<std::uint8_t>((on ? 0x90 : 0x80) | channel), static_cast<std::uint8_t>(pitch),
                       static_cast<std::uint8_t>(velocity), 0};
  }
};

}  // namespace continuo
