// The take of an instance, between the three who want it: the audio thread writes down what sounds and plays it again, the host
// saves it and is told that there is something to save. Not thread-safe; instance guards it. Never on the audio thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "continuo/shim.h"
#include "take.h"

namespace continuo::plugin {

class recording {
 public:
  explicit recording(continuo_shim* shim) : shim_(shim) {}

  // What the audio thread saw sounding goes into the take.
  void collect() {
    continuo_performed p;
    while (continuo_shim_performed(shim_, &p) != 0) {
      const std::size_t before = take_.size(), sounding = take_.sounding();
      if (!take_.add(p)) refused_.fetch_add(1, std::memory_order_relaxed);
      const bool longer = take_.sounding() < sounding && p.performance > cut_at_;
      if (p.what == continuo_performed_on || take_.size() < before || longer) told_ = false;
      laid_ = false;
    }
  }

  // Gives the audio thread the take as it is, to play from when it has to.
  void lay_in() {
    if (laid_) return;
    const auto notes = take_.notes();
    laid_ = continuo_shim_take(shim_, notes.data(), static_cast<std::uint32_t>(notes.size())) != 0;
  }
  // The same, where the host stands.
  void lay_in_if_it_stands() {
    if (continuo_shim_plays(shim_) == 0) lay_in();
  }

  // As it was saved: the host has it.
  void load(const std::vector<continuo_take_note>& notes) {
    take_.set(notes);
    laid_ = false;
    told_ = true;
    cut_at_ = never;
    lay_in();
  }
  // As it is saved: the host has it.
  std::vector<continuo_take_note> save() {
    told_ = true;
    cut_at_ = take_.sounding() > 0 ? take_.now() : never;
    return take_.notes();
  }

  // Whether it is another than the one that was saved, loaded or told of last. Who asks tells the host.
  bool changed() { return !std::exchange(told_, true); }
  // The same, but true once a second at most while the host plays.
  bool is_to_be_told() {
    if (told_) return false;
    const auto now = std::chrono::steady_clock::now();
    if (continuo_shim_plays(shim_) != 0 && now - told_at_ < tell_every) return false;
    told_at_ = now;
    return changed();
  }

  std::size_t size() const { return take_.size(); }
  // [any] Notes that found no room.
  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::chrono::seconds tell_every{1};
  static constexpr double never = std::numeric_limits<double>::infinity();

  continuo_shim* const shim_;
  take take_;
  bool laid_ = true;  // the shim has the take as it is
  bool told_ = true;  // the host knows that it is another than it saved
  double cut_at_ = never;  // performance time to which notes that sounded then were saved
  std::chrono::steady_clock::time_point told_at_{};
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace continuo::plugin
