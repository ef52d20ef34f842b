// A take to replay instead of what an engine plans. Main and the link take turns at laying it in, any thread says when it is played,
// the audio thread plays from it; an old one is thrown away when the audio thread has been seen with the new.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "continuo/shim.h"

namespace continuo {

using tape = std::vector<continuo_take_note>;  // by beat

class shared_tape {
 public:
  // [main, or the link in its turn] `runs()` says whether the audio thread may be at it. It is asked when the next one stands there:
  // where main starts the audio thread only then, that finds the next one and none of those that go.
  template <typename Runs>
  void put(std::unique_ptr<tape> next, Runs runs) {
    // Asked before the next one stands there, which it cannot have seen. Where it looked at the present one last, it reads no
    // older one any more and can find none. What it looked at last is never freed, so another cannot be taken for that.
    if (seen_.load(std::memory_order_acquire) == owned_.get()) retired_.clear();
    retired_.reserve(retired_.size() + 1);
    current_.store(next.get());
    retired_.push_back(std::move(owned_));
    owned_ = std::move(next);
    if (runs()) return;
    retired_.clear();
    seen_.store(nullptr, std::memory_order_relaxed);  // it may point to one of these
  }

  // [main, or the link in its turn] Takes in memory: the present one, and those that the audio thread may be at.
  std::size_t kept() const { return 1 + retired_.size(); }

  // [any] A wish, one of CONTINUO_REPLAY and so on, is made or taken back.
  void wish(std::uint32_t what, bool on) CONTINUO_NONBLOCKING {
    if (on) wishes_.fetch_or(what, std::memory_order_relaxed);
    else wishes_.fetch_and(~what, std::memory_order_relaxed);
  }

  // [audio] The one to play from in this block; null: live. `offline`: the engine is to hear nothing of it.
  const tape* look(bool& offline) CONTINUO_NONBLOCKING {
    const tape* t = current_.load();
    seen_.store(t, std::memory_order_release);
    const std::uint32_t wishes = wishes_.load(std::memory_order_relaxed);
    offline = (wishes & (CONTINUO_OFFLINE | CONTINUO_FREEWHEEL)) != 0;
    return wishes != 0 ? t : nullptr;
  }

 private:
  std::unique_ptr<tape> owned_ = std::make_unique<tape>();
  std::vector<std::unique_ptr<tape>> retired_;
  std::atomic<const tape*> current_{owned_.get()};
  std::atomic<const tape*> seen_{nullptr};
  std::atomic<std::uint32_t> wishes_{0};
};

}  // namespace continuo
