// A host's stream, read and written as a whole. Main thread; may allocate.
#pragma once

#include <travesty/bstream.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "face.h"

namespace continuo::vst3 {

// All that is left in the stream, at most `most` bytes; false if there is more, or no memory for it. A host that reports an error
// at the end of its stream, or gives the bytes in pieces, is no worse for it.
inline bool read_all(v3_bstream** stream, std::size_t most, std::vector<std::uint8_t>& bytes) {
  constexpr std::size_t piece = 65536;
  bytes.clear();
  for (;;) {
    const std::size_t had = bytes.size();
    bytes.resize(had + piece);
    std::int32_t got = 0;
    const v3_result result = v3_cpp_obj(stream)->read(stream, bytes.data() + had, static_cast<std::int32_t>(piece), &got);
    got = std::clamp(got, 0, static_cast<std::int32_t>(piece));
    bytes.resize(had + static_cast<std::size_t>(got));
    if (bytes.size() > most) return false;
    if (result != ok || got == 0) return true;
  }
}

// All the bytes, in as many pieces as the host wants; false if it stops taking them.
inline bool write_all(v3_bstream** stream, const std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    const auto piece = static_cast<std::int32_t>(std::min<std::size_t>(size, 1 << 20));
    std::int32_t put = 0;
    // The interface takes a pointer to what may change, and changes nothing.
    if (v3_cpp_obj(stream)->write(stream, const_cast<std::uint8_t*>(bytes), piece, &put) != ok || put <= 0 || put > piece) return false;
    bytes += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

}  // namespace continuo::vst3
