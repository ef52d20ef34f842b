// How the tests let time pass, and what they hold against the scripted engine's plan.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "../../core/test/check.h"
#include "../../hosts/support/scripted_engine.h"
#include "host.h"

namespace continuo::clap::test {

using clock = std::chrono::steady_clock;

inline library& file() {
  static library l(CLAP_FILE);
  return l;
}

// Blocks, some ten times faster than they sound: engine and link have a tenth of their time for each, which is enough.
inline void play(stage& s, double seconds, std::uint32_t frames = 480) {
  const auto began = clock::now();
  for (double done = 0; done < seconds; done += frames / s.rate()) {
    s.block(frames);
    // Systems round a short sleep: what counts is where it should be by now.
    std::this_thread::sleep_until(began + std::chrono::duration<double>(done / 10));
  }
}

// Blocks in real time until something is so; false if it was not within `seconds`.
inline bool until(stage& s, const std::function<bool()>& so, double seconds = 5, std::uint32_t frames = 480) {
  const auto end = clock::now() + std::chrono::duration<double>(seconds);
  while (clock::now() < end) {
    s.block(frames);
    if (so()) return true;
    std::this_thread::sleep_for(std::chrono::duration<double>(frames / s.rate()));
  }
  return false;
}

// Until the engine plays: two model parts, the host at beat 0.
inline void start(stage& s, double rate = 48000, std::uint32_t most = 4096) {
  IS_TRUE(s.activate(rate, most));
  IS_TRUE(until(s, [&] { return std::any_of(s.all().begin(), s.all().end(), [](const heard& h) { return (h.status & 0xf0) == 0x90; }); }));
}

inline std::string events(const std::vector<heard>& all, std::uint64_t from = 0) {
  std::string text;
  for (const auto& h : all) {
    text += std::to_string(h.frame - from) + ":" + std::to_string(h.status) + "." + std::to_string(h.data1) + "." + std::to_string(h.data2) + " ";
  }
  return text;
}

struct verdict {
  int notes = 0, off_grid = 0, wrong_pitch = 0;
  double worst = 0;  // frames between a note and its place
};

// Every note struck since `from`, against the grid: at its frame and of its pitch.
inline verdict judge(const stage& s, std::size_t from = 0, double slack = 0.5 + 1e-3) {
  verdict v;
  for (std::size_t i = from; i < s.all().size(); i++) {
    const heard& h = s.all()[i];
    if ((h.status & 0xf0) != 0x90 || h.data2 == 0 || h.data2 != 90) continue;
    const double place = std::round(h.exact / hosts::grid) * hosts::grid;
    const double error = std::fabs(h.exact - place) / h.a_frame;
    v.notes++;
    v.worst = std::max(v.worst, error);
    v.off_grid += error > slack;
    v.wrong_pitch += h.data1 != hosts::pitch_at(place);
  }
  return v;
}

// An engine for as long as this lives, at the place where plugins look.
struct engine_at_its_place : hosts::scripted_engine {
  engine_at_its_place() { hosts::set_environment("CONTINUO_SOCKET", path().c_str()); }
};

}  // namespace continuo::clap::test
