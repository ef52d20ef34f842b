// A take to replay instead of what an engine plans. The main thread lays it in, the audio thread plays from it; the old one
// is thrown away when the audio thread has been seen with the new.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "continuo/shim.h"

namespace continuo {

struct tape {
  std::vector<continuo_take_note> notes;  // by beat
  bool offline = false;                   // the engine is to hear nothing of it
};

class shared_tape {
 public:
  // [main] Null: live. `running`: the audio thread may be at it.
  void put(std::unique_ptr<tape> next, bool running) {
    current_.store(next.get(), std::memory_order_release);
    if (owned_ != nullptr) retired_.push_back(std::move(owned_));
    owned_ = std::move(next);
    reclaim(running);
  }

  // [main] Frees what nobody reads any more.
  void reclaim(bool running) {
    if (!running || seen_.load(std::memory_order_acquire) == owned_.get()) retired_.clear();
  }

  // [audio] The one to play from in this block; null: live.
  const tape* look() CONTINUO_NONBLOCKING {
    const tape* t = current_.load(std::memory_order_acquire);
    seen_.store(t, std::memory_order_release);
    return t;
  }

 private:
  std::unique_ptr<tape> owned_;
  std::vector<std::unique_ptr<tape>> retired_;
  std::atomic<const tape*> current_{nullptr};
  std::atomic<const tape*> seen_{nullptr};
};

}  // namespace continuo
