// Cuts the engine's stream into packets (SPEC.md 4.1): each stands after its length, an int32, big-endian. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "osc.h"

namespace continuo {

class frames {
 public:
  // Takes in bytes as they came and calls `packet(bytes, size)` for each packet that is whole, until it returns false. False if
  // it did, or at a length that no engine of ours says: where the next packet begins is not known any more.
  template <typename Packet>
  bool take(const std::uint8_t* bytes, std::size_t size, Packet packet) {
    unread_.insert(unread_.end(), bytes, bytes + size);
    std::size_t read = 0;
    bool good = true;
    while (good && unread_.size() - read >= 4) {
      const std::uint8_t* p = unread_.data() + read;
      const std::uint32_t length = std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
      good = length != 0 && length <= osc::largest_packet;
      if (!good || unread_.size() - read - 4 < length) break;
      good = packet(p + 4, length);
      read += 4 + length;
    }
    unread_.erase(unread_.begin(), unread_.begin() + static_cast<std::ptrdiff_t>(read));
    return good;
  }

 private:
  std::vector<std::uint8_t> unread_;  // less than one frame, between two calls
};

}  // namespace continuo
