// The engine as a process that the plugin starts itself, killed with -9 (on Windows: terminated) while it plays, in real time.
// CONTINUO_KILLS says how often (3 unless told).
#if !defined(_WIN32)
#include <unistd.h>
#endif

#include <fstream>

#include "../../hosts/support/other_process.h"
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;

namespace {

struct place {
  hosts::new_folder folder;
  const std::string socket = folder.file("engine.sock");
  place() {
    hosts::set_environment("CONTINUO_SOCKET", socket.c_str());
    hosts::set_environment("CONTINUO_ENGINE", ENGINE_PROGRAM);
  }
  ~place() { hosts::set_environment("CONTINUO_ENGINE", "none"); }
  // Process id of the engine; 0 if there is none yet.
  int engine() const {
    int id = 0;
    std::ifstream(socket + ".pid") >> id;
    return id;
  }
};

using hosts::lives;

// An engine that says why it does not start, and counts how often it was asked to; it fails otherwise where it gets what is the
// host's alone.
std::string engine_without_java(const place& p) {
#if defined(_WIN32)
  const std::string program = p.folder.file("engine.cmd");
  std::ofstream(program) << "@echo once>>\"%~dp0starts\"\r\n@echo no Java found; install a JDK>&2\r\n@exit /b 1\r\n";
#else
  const std::string program = p.folder.file("engine");
  std::ofstream(program) << "#!/bin/sh\necho once >>" << p.folder.file("starts") << "\n[ -z \"$LD_LIBRARY_PATH\" ] || exit 1\n"
                         << "[ ! -e /proc/$$/fd/99 ] || exit 1\necho 'no Java found; install a JDK' >&2\nexit 1\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
#endif
  return program;
}

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
    hosts::kill(engine);
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
  const std::string program = engine_without_java(p);
  hosts::set_environment("LD_LIBRARY_PATH", "/opt/some-host/lib");
#if !defined(_WIN32)
  constexpr int open_file = 99;
  ::dup2(2, open_file);
#endif
  const auto starts = [&] {
    std::ifstream file_of_starts(p.folder.file("starts"));
    int n = 0;
    for (std::string line; std::getline(file_of_starts, line);) n++;
    return n;
  };
  hosts::set_environment("CONTINUO_ENGINE", program.c_str());
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
  hosts::set_environment("LD_LIBRARY_PATH", nullptr);
#if !defined(_WIN32)
  ::close(open_file);
#endif
}
