// A process that outlives this one, such as the engine, and the lock of whoever starts it. What each system has for them is in
// process_posix.cpp and process_windows.cpp. Link thread only.
#pragma once

#include <string>
#include <vector>

namespace continuo {

// Whoever has it, of all processes; the system lets go of it where a process dies. It is held until the engine is there, and so it is
// none of the file that an engine locks: in macOS, and in folders of a network, the two kinds of lock keep each other out.
class start_lock {
 public:
  start_lock() = default;
  ~start_lock() { release(); }
  start_lock(const start_lock&) = delete;
  start_lock& operator=(const start_lock&) = delete;

  // The lock of the socket `path`, whose folders are made, for their owner alone. False if another has it, or, if `trouble` is
  // not empty, because of that.
  bool take(const std::string& path, std::string& trouble);
  void release();

 private:
#if defined(_WIN32)
  void* file_ = nullptr;
#else
  int file_ = -1;
#endif
};

// A process that is nobody's child: no host has to see to its end.
class detached_process {
 public:
  detached_process() = default;
  ~detached_process() { forget(); }
  detached_process(const detached_process&) = delete;
  detached_process& operator=(const detached_process&) = delete;

  // Runs `program` with the arguments, without the host's open files; what it says goes to the file `log`. Empty if it was
  // started, else why not.
  std::string start(const std::string& program, const std::vector<std::string>& arguments, const std::string& log);

  // Whether one was started, and whether it lives.
  bool is_started() const { return id_ != 0; }
  bool lives() const;
  int id() const { return id_; }
  // It is none of ours any more.
  void forget();

 private:
  int id_ = 0;
#if defined(_WIN32)
  void* handle_ = nullptr;
#endif
};

}  // namespace continuo
