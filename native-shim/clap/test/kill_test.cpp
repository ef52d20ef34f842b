// The engine as a process that the plugin starts itself, killed with -9 while it plays, in real time.
// CONTINUO_KILLS says how often (3 unless told).
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>

#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

namespace {

struct place {
  std::string folder, socket;
  place() {
    char name[] = "/tmp/continuo-kill-XXXXXX";
    folder = ::mkdtemp(name);
    socket = folder + "/engine.sock";
    ::setenv("CONTINUO_SOCKET", socket.c_str(), 1);
    ::setenv("CONTINUO_ENGINE", ENGINE_PROGRAM, 1);
  }
  ~place() {
    for (const char* end : {"", ".pid", ".pid.new", ".log", ".lock"}) ::unlink((socket + end).c_str());
    ::rmdir(folder.c_str());
    ::setenv("CONTINUO_ENGINE", "none", 1);
  }
  // Process id of the engine; 0 if there is none yet.
  int engine() const {
    int id = 0;
    std::ifstream(socket + ".pid") >> id;
    return id;
  }
};

bool lives(int process) { return process > 0 && ::kill(process, 0) == 0; }

}  // namespace

TEST("the plugin starts its engine, survives its death by -9, and starts it anew: notes end within 250 ms, blocks never stop") {
  place p;
  const char* told = std::getenv("CONTINUO_KILLS");
  const int kills = told != nullptr ? std::atoi(told) : 3;
  stage s(file());
  IS_TRUE(s.activate(48000, 480));
  IS_TRUE(until(s, [&] { return s.sounding() > 0; }, 10));
  double longest = 0, longest_back = 0;
  for (int i = 0; i < kills; i++) {
    const int engine = p.engine();
    IS_TRUE(lives(engine));
    IS_TRUE(until(s, [&] { return s.sounding() > 0; }, 10));
    const auto killed = clock::now();
    ::kill(engine, SIGKILL);
    IS_TRUE(until(s, [&] { return s.sounding() == 0; }, 1, 64));
    longest = std::max(longest, std::chrono::duration<double>(clock::now() - killed).count());
    IS_TRUE(until(s, [&] { return s.sounding() > 0; }, 10));
    longest_back = std::max(longest_back, std::chrono::duration<double>(clock::now() - killed).count());
    IS_TRUE(p.engine() != engine);
  }
  IS_TRUE(longest < 0.25);
  IS_TRUE(s.all_good());
  EQUAL(0, s.doubled());
  std::cout << "  " << kills << " kills: notes ended within " << longest * 1000 << " ms, playing again within " << longest_back * 1000 << " ms\n";
}

TEST("twenty instances start one engine, and it leaves after the last of them") {
  place p;
  int engine = 0;
  {
    std::vector<std::unique_ptr<stage>> all;
    for (int i = 0; i < 20; i++) {
      all.push_back(std::make_unique<stage>(file()));
      all.back()->activate(48000, 480);
    }
    for (auto& s : all) IS_TRUE(until(*s, [&] { return s->sounding() > 0 || p.engine() > 0; }, 10));
    int starts = 0;
    for (auto& s : all) {
      for (const auto& line : s->log()) starts += line.find("starting one") != std::string::npos;
    }
    EQUAL(1, starts);
    engine = p.engine();
    IS_TRUE(lives(engine));
  }
  for (int i = 0; i < 100 && lives(engine); i++) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  IS_TRUE(!lives(engine));
}

TEST("an engine that does not start is said once, with its last words, and the plugin plays through") {
  place p;
  // What is the host's stays the host's: its libraries, and its open files.
  ::setenv("LD_LIBRARY_PATH", "/opt/some-host/lib", 1);
  constexpr int open_file = 99;
  ::dup2(2, open_file);
  const std::string program = p.folder + "/engine";
  std::ofstream(program) << "#!/bin/sh\necho once >>" << p.folder << "/starts\n[ -z \"$LD_LIBRARY_PATH\" ] || exit 1\n"
                           << "[ ! -e /proc/$$/fd/" << open_file << " ] || exit 1\necho 'no Java found; install a JDK' >&2\nexit 1\n";
  const auto starts = [&] {
    std::ifstream file_of_starts(p.folder + "/starts");
    int n = 0;
    for (std::string line; std::getline(file_of_starts, line);) n++;
    return n;
  };
  ::chmod(program.c_str(), 0700);
  ::setenv("CONTINUO_ENGINE", program.c_str(), 1);
  {
    stage s(file());
    s.activate(48000, 480);
    const auto says = [&](const std::string& what) {
      const auto log = s.log();
      return std::count(log.begin(), log.end(), what);
    };
    const std::string trouble = "the engine ended at once: no Java found; install a JDK";
    IS_TRUE(until(s, [&] { return says(trouble) == 1; }, 5));
    // Long enough for a second try, after five seconds; it is not said again.
    IS_TRUE(until(s, [&] { return starts() == 2; }, 15));
    until(s, [] { return false; }, 0.5);
    EQUAL(2u, s.log().size());
    EQUAL(1, says(trouble));
    IS_TRUE(s.all_good());
  }
  ::unlink(program.c_str());
  ::unlink((p.folder + "/starts").c_str());
  ::unsetenv("LD_LIBRARY_PATH");
  ::close(open_file);
}
