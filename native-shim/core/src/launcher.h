// Starts the engine where nobody listens at the socket: at most one for a socket, whoever else tries. Link thread only.
#pragma once

#include <chrono>
#include <string>

#include "process.h"

namespace continuo {

class launcher {
 public:
  // `program` empty: nothing is ever started.
  launcher(std::string program, std::string socket) : program_(std::move(program)), socket_(std::move(socket)) {}

  launcher(const launcher&) = delete;
  launcher& operator=(const launcher&) = delete;

  enum class outcome {
    nothing,  // there is none to start
    started,
    waits,   // it has not opened its socket yet, another starts it, or it is too soon to try again
    failed,  // it could not be started, or ended before its socket was open: `trouble` says why
  };

  // Nobody listens: starts an engine if it is time to.
  outcome try_start();
  // Somebody listens.
  void heard();

  // One line for people.
  const std::string& trouble() const { return trouble_; }

 private:
  using clock = std::chrono::steady_clock;

  outcome fail(std::string why);
  std::string last_words() const;

  const std::string program_;
  const std::string socket_;
  std::string trouble_;
  start_lock lock_;        // held from before the start until the engine is heard
  detached_process engine_;  // that was started
  int pause_ = 0;          // seconds before the next start
  clock::time_point started_{};
  clock::time_point next_{};
};

}  // namespace continuo
