// start_lock and detached_process as POSIX systems have them.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "process.h"

#if defined(__APPLE__)
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#else
extern "C" char** environ;
#endif

namespace continuo {

namespace {

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

bool start_lock::take(const std::string& path, std::string& trouble) {
  trouble.clear();
  if (file_ >= 0) return true;
  const std::string name = path + ".start";
  make_folders(name);
  const int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    trouble = name + ": " + std::strerror(errno);
    return false;
  }
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return false;
  }
  file_ = fd;
  return true;
}

void start_lock::release() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

std::string detached_process::start(const std::string& program, const std::vector<std::string>& arguments, const std::string& log) {
  forget();
  int said[2];
  if (::pipe(said) != 0) return std::strerror(errno);
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

  std::vector<std::string> words = {"sh", "-c", script, "sh", log, program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t shell = 0;
  const int error = ::posix_spawn(&shell, "/bin/sh", &files, &attributes, pointers.data(), environ);
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
    id_ = std::atoi(text);
  }
  ::close(said[0]);
  if (id_ > 0) return "";
  id_ = 0;
  return std::strerror(error);
}

bool detached_process::lives() const { return id_ > 0 && ::kill(id_, 0) == 0; }

void detached_process::forget() { id_ = 0; }

}  // namespace continuo
