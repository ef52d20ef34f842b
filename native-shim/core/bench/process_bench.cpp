// What a block costs: process() at 64 frames and 48 kHz, with an engine that plans four parts of 16 notes a beat at 240 BPM
// and changes its mind every 20 ms. Prints one JSON line. Run it on an idle machine:
//   build/core/bench/process_bench [blocks]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "../src/osc.h"
#include "continuo/shim.h"

namespace {

constexpr std::uint32_t frames = 64;
constexpr double rate = 48000, tempo = 240;

struct planner {
  continuo_shim* shim;
  int revision = 0, number = 0;

  // The next beat, over again.
  void plan(double now) {
    std::uint8_t packet[8192];
    const double from = now + 0.06;
    revision++;
    for (int piece = 0; piece < 2; piece++) {
      continuo::osc::writer w(packet, sizeof packet);
      w.begin_bundle();
      w.begin("/continuo/plan", "iidd").i(continuo_shim_epoch(shim)).i(revision).d(from + piece * 0.5).d(from + 1);
      for (int i = 0; i < 32; i++) {
        const double at = from + piece * 0.5 + i / 4 / 16.0;
        const int note = ++number;
        w.begin("/continuo/plan/on", "idiii").i(note).d(at).i(i % 4).i(40 + note % 40).i(100);
        w.begin("/continuo/plan/off", "id").i(note).d(at + 0.06);
      }
      w.end_bundle();
      continuo_shim_give_packet(shim, packet, static_cast<std::uint32_t>(w.size()));
    }
    while (continuo_shim_take_packet(shim, packet, sizeof packet) > 0) {
    }
    continuo_performed sounded;
    while (continuo_shim_performed(shim, &sounded) != 0) {
    }
  }
};

}  // namespace

int main(int count, char** arguments) {
  const long blocks = count > 1 ? std::atol(arguments[1]) : 1000000;
  continuo_shim* shim = continuo_shim_create();
  if (shim == nullptr || blocks < 1) return 1;
  continuo_shim_activate(shim, rate, frames);
  continuo_shim_connected(shim);
  planner engine{shim};
  continuo_transport host{};
  host.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO;
  host.tempo = tempo;
  continuo_event out[256];
  std::vector<std::int64_t> nanoseconds;
  nanoseconds.reserve(static_cast<std::size_t>(blocks));
  for (long i = 0; i < blocks; i++) {
    if (i % 15 == 1) engine.plan(continuo_shim_performance(shim));
    const continuo_event in[] = {{3, 0x90, 60, 90, 0}, {40, 0x80, 60, 0, 0}};
    const auto began = std::chrono::steady_clock::now();
    continuo_shim_process(shim, &host, in, i % 8 == 0 ? 2 : 0, frames, out, 256);
    nanoseconds.push_back((std::chrono::steady_clock::now() - began).count());
    host.beat += frames * tempo / 60 / rate;
  }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  const auto at = [&](double q) {
    return static_cast<double>(nanoseconds[static_cast<std::size_t>(q * static_cast<double>(nanoseconds.size() - 1))]) / 1000;
  };
  std::printf("{\"blocks\":%ld,\"frames\":%u,\"p50_us\":%.3f,\"p99_us\":%.3f,\"p99.9_us\":%.3f,\"max_us\":%.3f", blocks, frames,
              at(0.5), at(0.99), at(0.999), at(1));
  for (std::uint32_t i = 1; continuo_shim_counter_name(i) != nullptr; i++) {  // after "blocks"
    std::printf(",\"%s\":%llu", continuo_shim_counter_name(i), static_cast<unsigned long long>(continuo_shim_counter(shim, i)));
  }
  std::printf("}\n");
  continuo_shim_destroy(shim);
  return 0;
}
