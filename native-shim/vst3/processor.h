// One block of VST3 in the words of the shared layer. Audio thread only, but for the constructor.
#pragma once

#include <travesty/audio_processor.h>

#include <array>
#include <atomic>
#include <cstdint>

#include "controls.h"
#include "position.h"
#include "stretches.h"

namespace continuo::vst3 {

class processor {
 public:
  // Events and parameter points in one block; more are left out and counted.
  static constexpr std::size_t most_changes = 4096;

  processor(plugin::instance& plays, controls& set) : plays_(plays), set_(set) {}

  // [main] Before the first block and after every change of rate.
  void rate(double sample_rate) {
    sample_rate_ = sample_rate;
    position_.rate(sample_rate);
  }

  // Null lists are empty, buses may be missing, a block may have no frames: then only parameters move, and events wait for the
  // next. While not `active` it is silent, and parameters move all the same.
  void process(const v3_process_data&, bool active) CONTINUO_NONBLOCKING;

  // [any] Changes that found no room.
  std::uint64_t refused() const CONTINUO_NONBLOCKING { return refused_.load(std::memory_order_relaxed) + stretches_.refused(); }

 private:
  struct change {
    std::uint32_t frame;
    std::uint32_t order;  // as they came: what is at one frame stays in order
    v3_param_id id;       // none for an event
    continuo_event event;
    double value;
  };
  static constexpr v3_param_id none = 0xffffffff;
  // What the host has of a pitch: a note without its end, or without a list to put that into.
  enum class given : std::uint8_t { nothing, on, end_waits };

  void flush(const v3_process_data&, bool active) CONTINUO_NONBLOCKING;
  void read(const v3_process_data&, std::uint32_t frames) CONTINUO_NONBLOCKING;
  void note(change) CONTINUO_NONBLOCKING;
  void apply(const change&, const v3_process_data&) CONTINUO_NONBLOCKING;
  const continuo_transport* transport() CONTINUO_NONBLOCKING;
  void write(v3_event_list**, const continuo_transport& first) CONTINUO_NONBLOCKING;

  plugin::instance& plays_;
  controls& set_;
  double sample_rate_ = 48000;
  position position_;
  bool said_ = false;  // the host says something of its transport
  bool stands_ = false;  // bypassed
  continuo_transport standing_{};  // as the host stood when that began
  plugin::stretches stretches_;
  std::uint32_t changes_count_ = 0, unsent_count_ = 0;
  std::atomic<std::uint64_t> refused_{0};
  std::array<change, most_changes> changes_;
  std::array<continuo_event, plugin::stretches::most_events> unsent_;  // what the host had no room for
  std::array<std::array<given, 128>, 16> given_{};  // by channel and pitch
};

}  // namespace continuo::vst3
