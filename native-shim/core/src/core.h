// What happens in a block. Everything here runs on the audio thread, or while it stands still.
#pragma once

#include <atomic>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "exchange.h"
#include "ledger.h"
#include "musician.h"
#include "out_events.h"
#include "plans.h"
#include "recorder.h"
#include "replay.h"
#include "schedule.h"
#include "session.h"
#include "timeline.h"

namespace continuo {

class core {
 public:
  // A note whose end never comes is ended after this many quarter notes.
  static constexpr double longest_note = 32;

  core(exchange& shared, counters& counted) : shared_(shared), counted_(counted) {}

  // [main] A new rate; counts as a break.
  void activate(double sample_rate);

  // [main] No blocks for a while: tells the engine that the host stands, and ends all notes in the next block.
  void deactivate();

  // [audio] See continuo_shim_process and continuo_shim_release; events are left in `out`.
  void process(const continuo_transport& said, const continuo_event* in, std::uint32_t n, std::uint32_t frames,
               out_events& out) CONTINUO_NONBLOCKING;
  void release(out_events& out) CONTINUO_NONBLOCKING;

  // [any] As of the last block.
  double performance() const { return performance_.load(std::memory_order_relaxed); }
  std::int32_t epoch() const { return epoch_.load(std::memory_order_relaxed); }
  bool plays() const { return plays_.load(std::memory_order_relaxed); }
  std::uint32_t held() const { return held_.load(std::memory_order_relaxed); }

 private:
  void follow_session() CONTINUO_NONBLOCKING;
  void follow_demands() CONTINUO_NONBLOCKING;
  void follow_take() CONTINUO_NONBLOCKING;
  block stand() CONTINUO_NONBLOCKING;
  void silence() CONTINUO_NONBLOCKING;
  bool flush(out_events&) CONTINUO_NONBLOCKING;
  void drain(const block&) CONTINUO_NONBLOCKING;
  bool play_until(std::uint32_t frame, const block&, out_events&) CONTINUO_NONBLOCKING;
  bool play(const planned&, std::uint32_t frame, const block&, out_events&) CONTINUO_NONBLOCKING;
  void miss(std::int32_t note) CONTINUO_NONBLOCKING;
  void publish(double performance) CONTINUO_NONBLOCKING;

  exchange& shared_;
  counters& counted_;
  timeline timeline_;
  schedule schedule_;
  session session_{shared_, counted_};
  plans plans_{schedule_, session_, counted_};
  replay replay_{schedule_, counted_};
  recorder recorder_{shared_, counted_};
  ledger ledger_{counted_, recorder_};
  musician musician_{session_, ledger_, counted_};

  double sample_rate_ = 48000;
  std::uint32_t panics_ = 0;  // as last looked at
  std::uint32_t lost_ = 0;    // the same, of plans that found no room

  std::atomic<double> performance_{0};
  std::atomic<std::int32_t> epoch_{0};
  std::atomic<std::uint32_t> held_{0};
  std::atomic<bool> plays_{false};
};

}  // namespace continuo
