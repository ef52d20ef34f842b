// What the parameters are set to, and which of them the link has yet to look at. Any thread, without a lock.
#pragma once

#include <atomic>
#include <cstdint>

#include "continuo/shim.h"
#include "parameters.h"

namespace continuo::plugin {

// A bit for each parameter.
constexpr std::uint32_t bit(std::uint32_t id) { return 1u << id; }

class values {
  static_assert(std::atomic<double>::is_always_lock_free && std::atomic<std::uint64_t>::is_always_lock_free);
  static_assert(parameter_count <= 32, "a bit for each");

 public:
  values() {
    for (std::uint32_t i = 0; i < parameter_count; i++) values_[i].store(parameter_at(i).usual, std::memory_order_relaxed);
  }

  // The nearest value that the parameter takes. True if that was another before; a button's only if it came up from 0. An
  // unknown id or NaN is refused and counted.
  bool set(std::uint32_t id, double value) CONTINUO_NONBLOCKING {
    const parameter* what = find_parameter(id);
    if (what == nullptr || value != value) {
      refused_.fetch_add(1, std::memory_order_relaxed);
      return false;
    }
    const double now = nearest_value(*what, value);
    const double before = values_[id].exchange(now, std::memory_order_relaxed);
    if (before == now) return false;
    if (what->reach == parameter::button) {
      if (now < 1) return false;
      presses_[id].fetch_add(1, std::memory_order_relaxed);
    }
    touch(id);
    return true;
  }

  // 0 for an unknown id.
  double get(std::uint32_t id) const CONTINUO_NONBLOCKING {
    return id < parameter_count ? values_[id].load(std::memory_order_relaxed) : 0;
  }
  // Of a parameter that takes whole values only.
  int whole(parameter_id id) const CONTINUO_NONBLOCKING { return static_cast<int>(get(id)); }

  // It has to be looked at, as if it had been set.
  void touch(std::uint32_t id) CONTINUO_NONBLOCKING { changed_.fetch_or(bit(id), std::memory_order_release); }
  // Whether it has been set, and not looked at since.
  bool is_touched(std::uint32_t id) const CONTINUO_NONBLOCKING { return (changed_.load(std::memory_order_relaxed) & bit(id)) != 0; }
  // The bits of those that were set since the last look.
  std::uint32_t look() CONTINUO_NONBLOCKING { return changed_.exchange(0, std::memory_order_acquire); }

  std::uint64_t refused() const CONTINUO_NONBLOCKING { return refused_.load(std::memory_order_relaxed); }
  std::uint64_t pressed(parameter_id button) const CONTINUO_NONBLOCKING { return presses_[button].load(std::memory_order_relaxed); }

 private:
  std::atomic<double> values_[parameter_count];
  std::atomic<std::uint32_t> changed_{0};
  std::atomic<std::uint64_t> presses_[parameter_count] = {};
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace continuo::plugin
