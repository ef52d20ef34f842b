// A fuzz test is a function of bytes that stops the program where a promise is broken. libFuzzer calls it with what it finds
// (`sanitize fuzz`); every other build reads the files of its corpus, where each find has its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "continuo/shim.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

#define HOLDS(what)                                                          \
  do {                                                                       \
    if (!(what)) {                                                           \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what); \
      std::abort();                                                          \
    }                                                                        \
  } while (false)

namespace fuzz {

// Which notes sound at the output; nothing is doubled, nothing ends that did not begin.
class sounding {
 public:
  void take(const continuo_event* events, std::uint32_t count, std::uint32_t frames) {
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < count; i++) {
      const continuo_event& e = events[i];
      HOLDS(e.frame >= last && e.frame < (frames == 0 ? 1 : frames) && e.status >= 0x80 && e.data1 < 128 && e.data2 < 128);
      last = e.frame;
      bool& key = keys_[e.status & 15][e.data1];
      const bool on = e.status < 0xa0 && e.status >= 0x90 && e.data2 > 0;
      if (on) HOLDS(!key);
      if (e.status < 0xa0) key = on;
    }
  }

  bool none() const {
    for (const auto& channel : keys_) {
      for (const bool key : channel) {
        if (key) return false;
      }
    }
    return true;
  }

 private:
  bool keys_[16][128] = {};
};

}  // namespace fuzz

#if defined(CONTINUO_FUZZ)
#define FUZZ_TEST(sentence) static_assert(true, sentence);
#else
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "check.h"

namespace fuzz {

inline int read_corpus(const char* folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::fprintf(stderr, "%s\n", file.filename().string().c_str());
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  return static_cast<int>(files.size());
}

}  // namespace fuzz

#define FUZZ_TEST(sentence) \
  TEST(sentence) { IS_TRUE(fuzz::read_corpus(CORPUS_FOLDER) >= 12); }
#endif
