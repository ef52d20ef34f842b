// A take that is replayed in a loop: what is in it sounds once a pass, and nothing else.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "check.h"
#include "continuo/shim.h"

namespace {

constexpr double a_frame = 120.0 / 60 / 48000;  // quarters
constexpr double start = 4;                     // of the loop

struct looping {
  std::unique_ptr<continuo_shim, void (*)(continuo_shim*)> shim{continuo_shim_create(), continuo_shim_destroy};
  continuo_transport host{};
  struct struck {
    double frame;  // since the beginning
    int pitch;
  };
  std::vector<struck> heard;
  std::uint32_t at = 0;  // frames since the beginning

  looping(double length, const std::vector<continuo_take_note>& take) {
    continuo_shim_activate(shim.get(), 48000, 8192);
    IS_TRUE(continuo_shim_take(shim.get(), take.data(), static_cast<std::uint32_t>(take.size())) != 0);
    continuo_shim_replay(shim.get(), CONTINUO_REPLAY, 1);
    host.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO | CONTINUO_LOOPING;
    host.tempo = 120;
    host.loop_start = start;
    host.loop_end = start + length;
  }

  // One block; `cuts`: the host lets it end where the loop does.
  void block(std::uint32_t frames, bool cuts) {
    const double length = host.loop_end - host.loop_start, gone = std::fmod(at * a_frame, length);
    if (cuts) frames = std::min(frames, static_cast<std::uint32_t>(std::ceil((length - gone) / a_frame)));
    host.beat = host.loop_start + gone;
    continuo_event out[1024];
    const std::uint32_t n = continuo_shim_process(shim.get(), &host, nullptr, 0, frames, out, 1024);
    for (std::uint32_t i = 0; i < n; i++) {
      if ((out[i].status & 0xf0) == 0x90) heard.push_back({static_cast<double>(at + out[i].frame), out[i].data1});
    }
    at += frames;
  }

  std::uint64_t breaks() const {
    for (std::uint32_t i = 0;; i++) {
      if (std::string("breaks") == continuo_shim_counter_name(i)) return continuo_shim_counter(shim.get(), i);
    }
  }
};

}  // namespace

TEST("each pass begins with the note on the loop's start, and ends before the one on its end") {
  for (const double length : {1.0, 1.003, 1.00001, 0.99999, 1.0 + 1.0 / 24000, 1.0 + 0.5 / 24000, 2.0 + 7.0 / 24000}) {
    const std::vector<continuo_take_note> take = {
        {start - 0.01, 0.005, 0, 50, 100, 0},          {start, 0.01, 0, 60, 100, 0},  {start + 0.4, 0.01, 0, 61, 100, 0},
        {start + length - 0.0001, 0.01, 0, 62, 100, 0}, {start + length, 0.01, 0, 51, 100, 0}, {start + length + 0.005, 0.01, 0, 52, 100, 0}};
    for (const std::uint32_t frames : {480u, 64u, 1u + 240u, 4096u}) {
      for (const bool cuts : {false, true}) {
        looping l(length, take);
        while (l.at < 5 * length / a_frame) l.block(frames, cuts);
        EQUAL(1u, l.breaks());  // that it began
        std::size_t i = 0;
        for (int pass = 0; pass < 5; pass++) {
          const double beats[] = {0, 0.4, length - 0.0001};
          for (int k = 0; k < 3; k++, i++) {
            if (i >= l.heard.size()) break;
            EQUAL(60 + k, l.heard[i].pitch);
            IS_TRUE(std::fabs(l.heard[i].frame - (pass * length + beats[k]) / a_frame) < 0.51);
          }
        }
        IS_TRUE(l.heard.size() >= 15);
      }
    }
  }
}

TEST("a note just before the loop's end sounds once, where a block begins between it and the end too") {
  const double length = 4800.3 * a_frame;
  looping l(length, {{start, 0.01, 0, 60, 100, 0}, {start + 4799.6 * a_frame, 0.01, 0, 62, 100, 0}});
  while (l.at < 4 * length / a_frame) l.block(480, false);
  EQUAL(9u, l.heard.size());  // the fifth pass has begun
  for (std::size_t i = 0; i < l.heard.size(); i++) EQUAL(i % 2 == 0 ? 60 : 62, l.heard[i].pitch);
  EQUAL(1u, l.breaks());
}

TEST("a loop shorter than a block is replayed pass by pass, and one that wraps without end in it costs no time") {
  const std::vector<continuo_take_note> take = {{start, 0.01, 0, 60, 100, 0}, {start + 0.1, 0.01, 0, 61, 100, 0}, {start + 0.13, 0.01, 0, 62, 100, 0}};
  looping l(0.125, take);
  for (int i = 0; i < 3; i++) l.block(8000, false);  // of 2 2/3 passes
  EQUAL(16u, l.heard.size());
  for (std::size_t i = 0; i < l.heard.size(); i++) {
    EQUAL(i % 2 == 0 ? 60 : 61, l.heard[i].pitch);
    IS_TRUE(std::fabs(l.heard[i].frame - (static_cast<double>(i / 2) * 0.125 + (i % 2 == 0 ? 0 : 0.1)) / a_frame) < 0.51);
  }
  l.block(std::numeric_limits<std::uint32_t>::max() / 4, false);
  EQUAL(1u, l.breaks());
}
