#include "launcher.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

#if defined(__APPLE__)
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#else
extern "C" char** environ;
#endif

namespace continuo {

namespace {

constexpr int first_pause = 5, longest_pause = 60;  // seconds between two starts that failed
// A checkout builds itself on first use, which takes minutes.
constexpr std::chrono::minutes longest_start{10};

// Runs "$@" as nobody's child, so that no host has to see to its end, and says its process id. Hosts that bring libraries of
// their own point everything they start at them, which a Java of the system does not survive.
constexpr char script[] =
    "unset LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH DYLD_INSERT_LIBRARIES; "
    "log=$1; shift; \"$@\" </dev/null >\"$log\" 2>&1 & echo $!";

// All folders above the file, for their owner alone where they have to be made.
void make_folders(const std::string& file) {
  for (std::size_t slash = file.find('/', 1); slash != std::string::npos; slash = file.find('/', slash + 1)) {
    ::mkdir(file.substr(0, slash).c_str(), 0700);
  }
}

}  // namespace

launcher::~launcher() { unlock(); }

// One process starts the engine at a time: it holds the lock until the engine is heard. The system lets go of it where the
// process dies.
bool launcher::lock() {
  if (lock_ >= 0) return true;
  const std::string path = socket_ + ".lock";
  make_folders(path);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    trouble_ = "cannot start the engine: " + path + ": " + std::strerror(errno);
    return false;
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    trouble_.clear();
    return false;
  }
  lock_ = fd;
  return true;
}

void launcher::unlock() {
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
}

void launcher::heard() {
  unlock();
  engine_ = 0;
  pause_ = 0;
  next_ = {};
  trouble_.clear();
}

launcher::outcome launcher::try_start() {
  if (program_.empty()) return outcome::nothing;
  const clock::time_point now = clock::now();
  if (engine_ != 0) {
    if (::kill(engine_, 0) == 0) {
      if (now - started_ < longest_start) return outcome::waits;
      return fail("the engine does not open its socket; end process " + std::to_string(engine_) + " and see " + socket_ + ".log");
    }
    return fail("the engine ended at once: " + last_words());
  }
  if (now < next_) return outcome::waits;
  if (!lock()) return trouble_.empty() ? outcome::waits : fail(trouble_);
  if (!spawn()) return fail(trouble_);
  started_ = now;
  return outcome::started;
}

launcher::outcome launcher::fail(std::string why) {
  trouble_ = std::move(why);
  unlock();
  engine_ = 0;
  pause_ = std::min(std::max(first_pause, 2 * pause_), longest_pause);
  next_ = clock::now() + std::chrono::seconds(pause_);
  return outcome::failed;
}

bool launcher::spawn() {
  int said[2];
  if (::pipe(said) != 0) {
    trouble_ = std::string("cannot start the engine: ") + std::strerror(errno);
    return false;
  }
  for (const int fd : said) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&files, said[1], 1);
  // The host's files and devices are none of the engine's business.
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT | POSIX_SPAWN_SETSID;
#elif defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 34)
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
  flags |= POSIX_SPAWN_SETSID;
#endif
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD}) sigaddset(&usual, signal);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, flags);

  const std::string log = socket_ + ".log";
  std::vector<std::string> words = {"sh", "-c", script, "sh", log, program_, "serve", "--leave", "--no-osc", "--socket", socket_};
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t shell = 0;
  const int error = ::posix_spawn(&shell, "/bin/sh", &files, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  ::close(said[1]);
  char text[32] = {};
  if (error == 0) {
    std::size_t size = 0;
    for (ssize_t n; size < sizeof text - 1; size += static_cast<std::size_t>(n)) {
      n = ::read(said[0], text + size, sizeof text - 1 - size);
      if (n <= 0) break;
    }
    while (::waitpid(shell, nullptr, 0) < 0 && errno == EINTR) {
    }
    engine_ = std::atoi(text);
  }
  ::close(said[0]);
  if (engine_ > 0) return true;
  engine_ = 0;
  trouble_ = "cannot start the engine " + program_ + ": " + std::strerror(error);
  return false;
}

// The end of what it said, in one line.
std::string launcher::last_words() const {
  std::ifstream log(socket_ + ".log");
  std::string last;
  for (std::string line; std::getline(log, line);) {
    if (!line.empty()) last = line.substr(0, 200);
  }
  return last.empty() ? program_ + " said nothing" : last;
}

}  // namespace continuo
