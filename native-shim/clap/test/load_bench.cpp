// What a musician waits for, with the engine that the plugin finds or starts itself: seconds from loading the file to the first
// note, and what plugin and engine cost while nothing plays. Prints one JSON line.
//   [CONTINUO_ENGINE=PROGRAM] clap_load_bench
#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

namespace {

double seconds_since(clock::time_point from) { return std::chrono::duration<double>(clock::now() - from).count(); }

double cpu(int whose) {
  rusage used{};
  ::getrusage(whose, &used);
  const auto s = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return s(used.ru_utime) + s(used.ru_stime);
}

// Of all threads but this one, which is the host: of the plugin's link. Where threads cannot be told apart, of all.
double link_cpu() {
#if defined(RUSAGE_THREAD)
  return cpu(RUSAGE_SELF) - cpu(RUSAGE_THREAD);
#else
  return cpu(RUSAGE_SELF);
#endif
}

// Seconds of processor time of a process, as Linux counts them; 0 elsewhere.
double cpu_of(int process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  if (text.empty()) return 0;
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string word;
  double sum = 0;
  for (int i = 3; i <= 15 && fields >> word; i++) {
    if (i >= 14) sum += std::atof(word.c_str());
  }
  return sum / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// The process whose command line names this socket, the shell that started it aside; 0 if there is none.
int engine_at(const std::string& socket) {
  std::FILE* found = ::popen(("pgrep -f -- '[-]-socket " + socket + "$'").c_str(), "r");
  int process = 0;
  for (int one = 0; found != nullptr && std::fscanf(found, "%d", &one) == 1;) process = one;
  if (found != nullptr) ::pclose(found);
  return process;
}

}  // namespace

// check.h has main: a bench is a test that prints.
TEST("from loading to the first note, and the price of silence") {
  char name[] = "/tmp/continuo-load-XXXXXX";
  const std::string folder = ::mkdtemp(name), socket = folder + "/engine.sock";
  ::setenv("CONTINUO_SOCKET", socket.c_str(), 1);
  const auto began = clock::now();
  double connected = 0, first = 0;
  int process = 0;
  {
    stage s(file());
    IS_TRUE(s.activate(48000, 64));
    const double loaded = seconds_since(began);
    // A broken chord, a key a beat, so that there is something to play to.
    const auto chord = [&] {
      const auto beat = static_cast<int>(s.now.beat * 2);
      static int last = -1;
      if (beat == last) return;
      last = beat;
      static constexpr int keys[] = {60, 64, 67, 72};
      if (beat > 0) s.note(0, false, 0, keys[(beat - 1) % 4]);
      s.note(0, true, 0, keys[beat % 4]);
    };
    // Blocks of 64 frames follow the clock.
    const auto real = [&](auto done, double most) {
      const auto start = clock::now();
      for (std::uint64_t frames = 0; seconds_since(start) < most && !done();) {
        while (static_cast<double>(frames) / 48000 < seconds_since(start)) {
          if (s.now.playing) chord();
          s.block(64);
          frames += 64;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return done();
    };
    const auto by_model = [&] {
      for (const auto& h : s.all()) {
        if ((h.status & 15) != 0 && (h.status & 0xf0) == 0x90) return true;
      }
      return false;
    };
    IS_TRUE(real([&] {
      if (connected == 0 && !s.log().empty() && ::access(socket.c_str(), F_OK) == 0) connected = seconds_since(began);
      return by_model();
    }, 120));
    first = seconds_since(began);
    s.now.playing = false;
    real([] { return false; }, 2);
    process = engine_at(socket);
    const double own = link_cpu(), engine = cpu_of(process);
    real([] { return false; }, 10);
    std::printf("{\"load_ms\":%.1f,\"socket_s\":%.2f,\"first_note_s\":%.2f,\"standing_cpu_link_%%\":%.2f,\"standing_cpu_engine_%%\":%.2f", loaded * 1000,
                connected, first, (link_cpu() - own) * 10, (cpu_of(process) - engine) * 10);
  }
  const auto left = clock::now();
  while (seconds_since(left) < 30 && process > 0 && cpu_of(process) > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  std::printf(",\"engine_left_after_s\":%.1f}\n", seconds_since(left));
  for (const char* end : {"", ".log", ".lock", ".start"}) ::unlink((socket + end).c_str());
  ::rmdir(folder.c_str());
}
