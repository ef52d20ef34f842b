// A host in real time, without sound card: calls process() when a sound card would, for as long as it is told, with a musician
// who plays and rests, and an engine that plays four parts. Counts, in the shim, what came late. Prints one JSON line.
//   live_bench SOCKET SECONDS [TEMPO [SEED]]
// hosts/live starts the engine and calls this; run it on an idle machine.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

#include "continuo/shim.h"

namespace {

constexpr std::uint32_t frames = 128;
constexpr double rate = 48000;
constexpr int musician_channel = 0;
constexpr int model_channels[] = {1, 2, 3, 9};
constexpr std::uint32_t late_counter = 3;
constexpr std::size_t most_listed = 50;

// A seeded melody: phrases of 28 quarters with notes of an eighth to a half, then a rest of 4.
class musician {
 public:
  explicit musician(std::uint32_t seed) : random_(seed) {}

  // The events of a block that begins at `beat` and lasts `quarters`, in order of frame.
  int play(double beat, double quarters, continuo_event* out) {
    int n = 0;
    for (double end = beat + quarters; next_ < end; next_ += step()) {
      const auto frame = static_cast<std::uint32_t>(std::max(0.0, (next_ - beat) / quarters * frames));
      if (pitch_ >= 0) out[n++] = {frame, 0x80 | musician_channel, static_cast<std::uint8_t>(pitch_), 0, 0};
      pitch_ = resting() ? -1 : 60 + scale[random_() % 10];
      if (pitch_ >= 0) out[n++] = {frame, 0x90 | musician_channel, static_cast<std::uint8_t>(pitch_), loudness(), 0};
      struck_ += pitch_ >= 0;
    }
    return n;
  }

  long struck() const { return struck_; }

 private:
  static constexpr int scale[] = {0, 2, 4, 7, 9, 12, 14, 16, 19, 21};

  bool resting() const { return static_cast<long>(next_) % 32 >= 28; }
  std::uint8_t loudness() { return static_cast<std::uint8_t>(60 + random_() % 50); }
  double step() { return std::array<double, 4>{0.5, 1, 1, 2}[random_() % 4]; }

  std::mt19937 random_;
  double next_ = 0;
  int pitch_ = -1;
  long struck_ = 0;
};

// How many tokens of the score language (engine/README.md) the music takes that was played: beats, places inside the beat,
// starts, and ends of what is no drum.
class stream {
 public:
  void take(double beat, const continuo_event& e) {
    const auto tick = static_cast<long>(beat * 24 + 0.5);
    tokens_ += tick != tick_ && tick % 24 != 0;
    tick_ = tick;
    tokens_ += (e.status & 0xf0) == 0x90 || (e.status & 15) != 9;
  }

  double a_beat(double beats) const { return static_cast<double>(tokens_) / beats + 1; }

 private:
  long tick_ = -1, tokens_ = 0;
};

// What a listener finds wrong with what comes out.
class listener {
 public:
  void hear(const continuo_event& e) {
    bool& held = held_[e.status & 15][e.data1];
    if ((e.status & 0xf0) == 0x90 && e.data2 > 0) {
      doubled_ += held;
      held = true;
      ons_++;
    } else if ((e.status & 0xf0) == 0x80 || (e.status & 0xf0) == 0x90) {
      held = false;
    }
  }

  long ons() const { return ons_; }
  long doubled() const { return doubled_; }
  long left() const {
    long n = 0;
    for (const auto& channel : held_) n += static_cast<long>(std::count(channel.begin(), channel.end(), true));
    return n;
  }

 private:
  std::array<std::array<bool, 128>, 16> held_{};
  long ons_ = 0, doubled_ = 0;
};

// As hosts ask for their audio thread; whether it was granted.
bool hurry() {
#if defined(__linux__)
  sched_param wish{};
  wish.sched_priority = 70;
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &wish) == 0;
#else
  return false;
#endif
}

void list(const char* name, const std::vector<double>& beats) {
  std::printf(",\"%s\":[", name);
  for (std::size_t i = 0; i < beats.size(); i++) std::printf(i == 0 ? "%.2f" : ",%.2f", beats[i]);
  std::printf("]");
}

void parts(continuo_shim* shim) {
  continuo_shim_part(shim, musician_channel, "piano", "musician");
  constexpr const char* instruments[] = {"bass", "guitar", "violin", "drums"};
  for (int i = 0; i < 4; i++) continuo_shim_part(shim, model_channels[i], instruments[i], "model");
  continuo_shim_set_number(shim, "density", 10);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "live_bench SOCKET SECONDS [TEMPO [SEED]]\n");
    return 2;
  }
  const double seconds = std::atof(arguments[2]), tempo = count > 3 ? std::atof(arguments[3]) : 240;
  const auto seed = static_cast<std::uint32_t>(count > 4 ? std::atol(arguments[4]) : 1);
  continuo_shim* shim = continuo_shim_create();
  if (shim == nullptr || !(seconds > 0) || !(tempo > 0)) return 2;
  continuo_shim_activate(shim, rate, frames);
  parts(shim);
  if (continuo_shim_link_start(shim, arguments[1], "live") == 0) return 2;
  for (int i = 0; i < 1000 && continuo_shim_is_connected(shim) == 0; i++) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (continuo_shim_is_connected(shim) == 0) {
    std::fprintf(stderr, "no engine answers at %s within 10 s\n", arguments[1]);
    return 1;
  }

  musician player(seed);
  listener ear;
  stream music;
  continuo_transport host{};
  host.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO | CONTINUO_HAS_METER;
  host.numerator = host.denominator = 4;
  host.tempo = tempo;
  continuo_event in[64], out[512];
  const auto block = std::chrono::nanoseconds(static_cast<std::int64_t>(frames * 1e9 / rate));
  const long blocks = static_cast<long>(seconds * rate / frames);
  const bool hurried = hurry();
  long overruns = 0;  // blocks that a sound card would have had to do without
  std::vector<double> late, stalls;  // beats of the first late notes, and of the first blocks that came late
  std::uint64_t late_before = 0;
  std::vector<std::int64_t> costs;
  costs.reserve(static_cast<std::size_t>(blocks));
  auto due = std::chrono::steady_clock::now();
  for (long i = 0; i < blocks; i++, due += block) {
    std::this_thread::sleep_until(due);
    const auto began = std::chrono::steady_clock::now();
    if (began > due + block) {
      overruns++;
      if (stalls.size() < most_listed) stalls.push_back(host.beat);
      due = began;
    }
    const double quarters = frames * tempo / 60 / rate;
    const int n = player.play(host.beat, quarters, in);
    const std::uint32_t played = continuo_shim_process(shim, &host, in, static_cast<std::uint32_t>(n), frames, out, 512);
    costs.push_back((std::chrono::steady_clock::now() - began).count());
    const std::uint64_t late_now = continuo_shim_counter(shim, late_counter);
    if (late_now > late_before && late.size() < most_listed) late.push_back(host.beat);
    late_before = late_now;
    std::for_each_n(in, n, [&](const continuo_event& e) { music.take(host.beat + e.frame * quarters / frames, e); });
    std::for_each_n(out, played, [&](const continuo_event& e) {
      ear.hear(e);
      music.take(host.beat + e.frame * quarters / frames, e);
    });
    host.beat += quarters;
  }
  host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  const std::uint32_t ended = continuo_shim_process(shim, &host, nullptr, 0, frames, out, 512);
  std::for_each_n(out, ended, [&](const continuo_event& e) { ear.hear(e); });
  continuo_shim_link_stop(shim);

  std::sort(costs.begin(), costs.end());
  const auto cost = [&](double q) {
    return static_cast<double>(costs[static_cast<std::size_t>(q * static_cast<double>(costs.size() - 1))]) / 1000;
  };
  std::printf("{\"seconds\":%.0f,\"tempo\":%g,\"seed\":%u,\"real_time_priority\":%s,\"overruns\":%ld,\"musician_notes\":%ld,"
              "\"notes\":%ld,\"notes_a_beat\":%.2f,\"tokens_a_beat\":%.2f,\"doubled\":%ld,\"left\":%ld,\"p50_us\":%.2f,\"p99.9_us\":%.2f",
              seconds, tempo, seed, hurried ? "true" : "false", overruns, player.struck(), ear.ons(),
              static_cast<double>(ear.ons()) / host.beat, music.a_beat(host.beat), ear.doubled(), ear.left(), cost(0.5), cost(0.999));
  list("late_at", late);
  list("overrun_at", stalls);
  for (std::uint32_t i = 0; continuo_shim_counter_name(i) != nullptr; i++) {
    std::printf(",\"%s\":%llu", continuo_shim_counter_name(i), static_cast<unsigned long long>(continuo_shim_counter(shim, i)));
  }
  std::printf("}\n");
  const bool good = ear.ons() > 0 && ear.doubled() == 0 && ear.left() == 0 && continuo_shim_counter(shim, late_counter) == 0;
  continuo_shim_destroy(shim);
  return good ? 0 : 1;
}
