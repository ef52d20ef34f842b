// What a host saves of an instance, as bytes: little-endian, with a checksum, read whole or not at all. Any thread but audio.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "continuo/shim.h"

namespace continuo::plugin {

struct state {
  std::string project;  // names whom the instance plays with; letters and digits
  std::uint8_t channel = 0;  // of the band, that its part had
  std::vector<std::pair<std::uint32_t, double>> values;  // by parameter id; unknown ids are passed over
  std::vector<continuo_take_note> notes;

  // More bytes are refused unread.
  static constexpr std::size_t largest = 2 * 1024 * 1024;

  std::vector<std::uint8_t> write() const;

  // Empty if it was read; else what is wrong with it, for people, and `to` is as it was.
  static std::string read(const void* bytes, std::size_t size, state& to);
};

}  // namespace continuo::plugin
