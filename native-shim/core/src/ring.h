// A ring between two threads: one writes, one reads, neither ever waits. A full ring is a return value.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

#include "continuo/shim.h"

namespace continuo {

template <typename T, std::size_t Capacity>
class ring {
  static_assert((Capacity & (Capacity - 1)) == 0, "a power of two, so that counting may wrap around");

 public:
  // [writer] All of `n` items or none; false if there is no room. The reader sees them all at once.
  bool push(const T* items, std::size_t n) CONTINUO_NONBLOCKING {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (Capacity - (tail - head_.load(std::memory_order_acquire)) < n) return false;
    for (std::size_t i = 0; i < n; i++) items_[(tail + i) & (Capacity - 1)] = items[i];
    tail_.store(tail + n, std::memory_order_release);
    return true;
  }

  // [reader] The oldest item; false if there is none.
  bool pop(T& item) CONTINUO_NONBLOCKING {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    item = items_[head & (Capacity - 1)];
    head_.store(head + 1, std::memory_order_release);
    return true;
  }

 private:
  // Each index on a cache line of its own: writer and reader do not slow each other down.
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
  alignas(64) std::array<T, Capacity> items_{};
};

}  // namespace continuo
