// VST3's texts: 128 units of UTF-16, ended by zero. Any thread.
#pragma once

#include <travesty/base.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace continuo::vst3 {

// UTF-8 into a field of `units` UTF-16 units, cut to fit; what is no UTF-8 becomes a question mark.
inline void put_text(std::string_view from, std::int16_t* to, std::size_t units) noexcept {
  std::size_t n = 0;
  for (std::size_t i = 0; i < from.size() && n + 1 < units;) {
    const auto first = static_cast<std::uint8_t>(from[i]);
    const int more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : -1;
    std::uint32_t code = more == 0 ? first : more == 1 ? first & 0x1fu : first & 0x0fu;
    bool good = more >= 0 && i + static_cast<std::size_t>(more) < from.size();
    for (int j = 1; good && j <= more; j++) {
      const auto next = static_cast<std::uint8_t>(from[i + static_cast<std::size_t>(j)]);
      good = (next & 0xc0) == 0x80;
      code = code << 6 | (next & 0x3fu);
    }
    to[n++] = static_cast<std::int16_t>(good ? code : '?');
    i += good ? static_cast<std::size_t>(more) + 1 : 1;
  }
  to[n] = 0;
}

inline void put_text(std::string_view from, v3_str_128 to) noexcept { put_text(from, to, 128); }

// A zero-ended UTF-16 text of at most 127 units, as UTF-8; halves of surrogate pairs become question marks.
inline std::string get_text(const std::int16_t* from) {
  std::string to;
  for (std::size_t i = 0; i < 127 && from[i] != 0; i++) {
    const auto unit = static_cast<std::uint16_t>(from[i]);
    if (unit < 0x80) {
      to += static_cast<char>(unit);
    } else if (unit < 0x800) {
      to += static_cast<char>(0xc0 | unit >> 6);
      to += static_cast<char>(0x80 | (unit & 0x3f));
    } else if (unit >= 0xd800 && unit < 0xe000) {
      to += '?';
    } else {
      to += static_cast<char>(0xe0 | unit >> 12);
      to += static_cast<char>(0x80 | (unit >> 6 & 0x3f));
      to += static_cast<char>(0x80 | (unit & 0x3f));
    }
  }
  return to;
}

}  // namespace continuo::vst3
