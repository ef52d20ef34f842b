// What happened, as plain numbers. Each has one writing thread and may be read by any.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

class counter {
 public:
  void add(std::uint64_t n = 1) CONTINUO_NONBLOCKING {
    value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  std::uint64_t value() const CONTINUO_NONBLOCKING { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

struct counters {
  // Written by the audio thread.
  counter blocks;         // blocks processed
  counter note_on;        // planned notes that sounded
  counter note_off;       // ends of planned notes sent to the host
  counter late;           // planned notes that arrived after their time and were not played
  counter plan_epoch;     // plans for another epoch, dropped
  counter plan_stale;     // plans of an older revision, dropped
  counter voided;         // planned events taken back, by a newer revision or a break
  counter breaks;         // breaks of the timeline: each begins an epoch
  counter wraps;          // regular wraps of the host's loop
  counter retriggered;    // notes ended because the same pitch began again
  counter overlong;       // notes ended because their end never came
  counter schedule_full;  // planned events that found no room
  counter ledger_full;    // planned notes not played: too many sound already
  counter out_full;       // blocks whose room for events was too small
  counter ring_out_full;  // messages to the engine that found no room
  counter poisoned;       // figures of the host's transport that were not finite or out of range
  counter passed;         // events of the musician passed on to the output
  counter pass_full;      // events of the musician not passed on: no room
  counter yielded;        // planned notes not played: the musician holds that key
  counter bad_event;      // events of the host that are no MIDI channel messages
  counter panics;         // times that everything was ended on demand
  counter replayed;       // notes played from the take
  counter take_lost;      // what sounded and found no room on its way to the take
  // Written by the link.
  counter ring_in_full;  // plans refused: no room in the ring
  counter refused;       // packets or messages from the engine that could not be read
  counter unknown;       // messages from the engine of an unknown address
  counter sessions;      // sessions begun
  counter denied;        // messages that the engine refused
  counter starts;        // engines started
  counter start_failed;  // engines that could not be started, or ended without being heard
};

struct named_counter {
  const char* name;
  counter counters::* member;
};

inline constexpr named_counter named_counters[] = {
    {"blocks", &counters::blocks},
    {"note_on", &counters::note_on},
    {"note_off", &counters::note_off},
    {"late", &counters::late},
    {"plan_epoch", &counters::plan_epoch},
    {"plan_stale", &counters::plan_stale},
    {"voided", &counters::voided},
    {"breaks", &counters::breaks},
    {"wraps", &counters::wraps},
    {"retriggered", &counters::retriggered},
    {"overlong", &counters::overlong},
    {"schedule_full", &counters::schedule_full},
    {"ledger_full", &counters::ledger_full},
    {"out_full", &counters::out_full},
    {"ring_out_full", &counters::ring_out_full},
    {"poisoned", &counters::poisoned},
    {"passed", &counters::passed},
    {"pass_full", &counters::pass_full},
    {"yielded", &counters::yielded},
    {"bad_event", &counters::bad_event},
    {"panics", &counters::panics},
    {"replayed", &counters::replayed},
    {"take_lost", &counters::take_lost},
    {"ring_in_full", &counters::ring_in_full},
    {"refused", &counters::refused},
    {"unknown", &counters::unknown},
    {"sessions", &counters::sessions},
    {"denied", &counters::denied},
    {"starts", &counters::starts},
    {"start_failed", &counters::start_failed},
};

}  // namespace continuo
