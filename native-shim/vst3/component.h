// One plugin as VST3 sees it: a single object that is component, audio processor and edit controller at once, as VST3 allows,
// and to which the host counts references.
//
// Threads, by VST3's rules: [main] for everything; [audio] for process, and set_processing may come from either. Calls in an
// order that no host should use are answered and do no harm.
#pragma once

#include <travesty/base.h>
#include <travesty/edit_controller.h>

#include <atomic>
#include <cstdint>

#include "controls.h"
#include "face.h"
#include "instance.h"
#include "processor.h"

namespace continuo::vst3 {

class component {
 public:
  // [main] A new object as one of its interfaces, with one reference.
  static v3_result create(const v3_tuid iid, void** object) noexcept;

  component(const component&) = delete;
  component& operator=(const component&) = delete;

  // [any] As v3_funknown has them; the last reference takes the object with it, on main.
  v3_result query(const v3_tuid iid, void** object) noexcept;
  std::uint32_t ref() noexcept { return references_.fetch_add(1, std::memory_order_relaxed) + 1; }
  std::uint32_t unref() noexcept;

  // [main] While it is not active; false for a rate that cannot be.
  bool setup(double sample_rate, std::int32_t max_frames) noexcept;
  bool activate(bool on) noexcept;
  bool active() const noexcept { return active_.load(std::memory_order_acquire); }

  // [main] The host renders, as it said beforehand.
  void offline(bool on) noexcept;
  // [audio] The host renders, as it says with a block alone: Ardour exports so.
  void freewheel(bool on) CONTINUO_NONBLOCKING {
    const bool unsaid = on && !offline_;
    if (unsaid == freewheels_) return;
    freewheels_ = unsaid;
    plays.freewheel(unsaid);
  }

  // [main] Who is told that parameters changed; null: nobody.
  void handler(v3_component_handler**) noexcept;
  // [main] A state was loaded: hosts on JUCE go by what they remember of the parameters unless they are told.
  void tell_values_changed() noexcept;

  // [main] The take is another than the host has saved.
  void tell_take_changed() noexcept;

  plugin::instance plays;
  controls set{plays};
  processor block{plays, set};

 private:
  component();
  ~component();

  std::atomic<std::uint32_t> references_{1};
  std::atomic<bool> active_{false};
  bool offline_ = false, freewheels_ = false;
  double sample_rate_ = 48000;
  std::uint32_t max_frames_ = 0;
  v3_component_handler** handler_ = nullptr;
  face<component> component_, processor_, requirements_, prefetch_, controller_, mapping_;
};

// What each face does: component.cpp, audio.cpp, controller.cpp.
namespace faces {
extern const void* const component;
extern const void* const processor;
extern const void* const requirements;
extern const void* const prefetch;
extern const void* const controller;
extern const void* const mapping;
extern const v3_tuid prefetch_iid;  // travesty has none of IPrefetchableSupport

// The first three functions of every table.
v3_result V3_API query(void* self, const v3_tuid iid, void** object) noexcept;
std::uint32_t V3_API ref(void* self) noexcept;
std::uint32_t V3_API unref(void* self) noexcept;
// The two after, of component and controller alike.
v3_result V3_API initialize(void* self, v3_funknown** host) noexcept;
v3_result V3_API terminate(void* self) noexcept;
}  // namespace faces

}  // namespace continuo::vst3
