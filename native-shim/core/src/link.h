// The thread that owns the socket. It connects, says hello, carries packets both ways, and connects again when the engine
// went away. The audio thread never waits for it.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "port.h"

namespace continuo {

class link {
 public:
  // An empty `socket` or `band` stands for the default.
  link(port& through, std::string socket, std::string band);
  // Says goodbye and waits for the thread.
  ~link();

  link(const link&) = delete;
  link& operator=(const link&) = delete;

 private:
  void run() noexcept;
  bool nap(int milliseconds) const;

  port& port_;
  const std::string socket_;
  const std::string band_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Where the engine listens unless told otherwise.
std::string default_socket();

}  // namespace continuo
