// What happens in a block. Everything here runs on the audio thread, or while it stands still.
#pragma once

#include <atomic>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "exchange.h"
#include "key_set.h"
#include "ledger.h"
#include "out_events.h"
#include "recorder.h"
#include "routing.h"
#include "schedule.h"
#include "tape.h"
#include "thru.h"
#include "timeline.h"

namespace continuo {

class core {
 public:
  // A note whose end never comes is ended after this many quarter notes.
  static constexpr double longest_note = 32;
  // While the host plays the engine hears of the transport at least this often, in seconds of audio.
  static constexpr double transport_every = 0.020;

  core(exchange& shared, counters& counted)
      : shared_(shared), counted_(counted), recorder_(shared, counted), ledger_(counted, recorder_) {}

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
  void wind(const block&, std::uint32_t frames) CONTINUO_NONBLOCKING;
  void find(double beat) CONTINUO_NONBLOCKING;
  void schedule_until(double beat, double ahead) CONTINUO_NONBLOCKING;
  void silence() CONTINUO_NONBLOCKING;
  void announce(const block&, std::uint32_t flags) CONTINUO_NONBLOCKING;
  void drain(const block&) CONTINUO_NONBLOCKING;
  void receive_plan(const incoming&) CONTINUO_NONBLOCKING;
  void receive_on(const incoming&, const block&) CONTINUO_NONBLOCKING;
  bool play_until(double frame, const block&, out_events&) CONTINUO_NONBLOCKING;
  bool play(const planned&, std::uint32_t frame, const block&, out_events&) CONTINUO_NONBLOCKING;
  void hear(const continuo_event&, double at) CONTINUO_NONBLOCKING;
  void pass(const continuo_event&, std::uint32_t frame, out_events&) CONTINUO_NONBLOCKING;
  void tell_panic() CONTINUO_NONBLOCKING;
  void miss(std::int32_t note) CONTINUO_NONBLOCKING;
  bool tell(const outgoing&) CONTINUO_NONBLOCKING;
  void publish(double performance) CONTINUO_NONBLOCKING;

  exchange& shared_;
  counters& counted_;
  timeline timeline_;
  schedule schedule_;
  recorder recorder_;
  ledger ledger_;
  thru thru_;
  key_set heard_;  // the musician's keys that the engine knows to be down, by the channel that they came in by

  double sample_rate_ = 48000;
  std::uint32_t session_ = 0;     // as last looked at
  bool marked_ = false;           // the engine's session is marked in the ring: what follows is for it
  bool announce_ = true;          // the transport has to be told, whatever the time since the last
  bool dropping_ = true;          // events are of a plan that does not count
  std::int32_t newest_ = -1;      // revision
  double frames_untold_ = 0;      // since the transport was told
  std::uint32_t panics_ = 0;      // as last looked at
  std::uint32_t lost_ = 0;        // the same, of plans that found no room
  bool panic_untold_ = false;
  routing route_;
  const tape* tape_ = nullptr;    // what is replayed; null: live
  bool offline_ = false;          // the engine hears nothing
  std::size_t next_note_ = 0;     // of the tape
  double wound_to_ = 0;           // the host's beat up to which the tape has been read
  std::int32_t replayed_ = 0;     // numbers for its notes

  std::atomic<double> performance_{0};
  std::atomic<std::int32_t> epoch_{0};
  std::atomic<std::uint32_t> held_{0};
  std::atomic<bool> plays_{false};
};

}  // namespace continuo
