// The events the engine planned and that are not due yet, in order of time; events of one time stay in the order they came.
// Audio thread only. Notes may fill half of it, so that the ends of all of them find room too.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

struct planned {
  double at;          // performance time
  std::int32_t note;  // its number
  std::uint8_t velocity;  // 0: the note's end
  std::uint8_t channel;
  std::uint8_t pitch;
};

class schedule {
 public:
  static constexpr std::size_t capacity = 4096;

  bool empty() const CONTINUO_NONBLOCKING { return size_ == 0; }
  std::size_t size() const CONTINUO_NONBLOCKING { return size_; }
  const planned& front() const CONTINUO_NONBLOCKING { return events_[head_]; }

  void pop() CONTINUO_NONBLOCKING {
    head_ = (head_ + 1) & mask;
    size_--;
  }

  // False if there is no room. Plans come in order of time, so it nearly always goes to the end.
  bool add(const planned& event) CONTINUO_NONBLOCKING {
    if (size_ >= (event.velocity > 0 ? capacity / 2 : capacity)) return false;
    std::size_t i = size_++;
    for (; i > 0 && at(i - 1).at > event.at; i--) at(i) = at(i - 1);
    at(i) = event;
    return true;
  }

  // Drops the events at or after `from`; how many those were.
  std::size_t void_from(double from) CONTINUO_NONBLOCKING {
    const std::size_t before = size_;
    while (size_ > 0 && at(size_ - 1).at >= from) size_--;
    return before - size_;
  }

  std::size_t clear() CONTINUO_NONBLOCKING {
    const std::size_t before = size_;
    size_ = 0;
    return before;
  }

 private:
  static constexpr std::size_t mask = capacity - 1;

  planned& at(std::size_t i) CONTINUO_NONBLOCKING { return events_[(head_ + i) & mask]; }

  std::array<planned, capacity> events_{};
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace continuo
