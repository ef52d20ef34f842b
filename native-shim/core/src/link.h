// The thread that owns the socket. It connects, says hello, carries packets both ways, and connects again when the engine
// went away. The audio thread never waits for it.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "launcher.h"
#include "port.h"

namespace continuo {

class link {
 public:
  // An empty `socket` or `band` stands for the default, an empty `program` for no engine of our own.
  link(port& through, std::string socket, std::string band, std::string program);
  // Says goodbye and waits for the thread.
  ~link();

  link(const link&) = delete;
  link& operator=(const link&) = delete;

 private:
  void run() noexcept;
  bool nap(int milliseconds) const;
  void look_for_engine();
  void say(bool trouble, const std::string& line);

  port& port_;
  const continuo_listener listener_;
  const std::string socket_;
  const std::string band_;
  launcher launcher_;
  std::string said_;      // the last line, which is not said twice
  bool in_vain_ = false;  // an engine was started in vain; that it is tried again is no news
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Where the engine listens unless told otherwise.
std::string default_socket();

}  // namespace continuo
