// What the musician plays: told to the engine, and handed on to the output where that is wished for. Audio thread only.
#pragma once

#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "key_set.h"
#include "ledger.h"
#include "out_events.h"
#include "routing.h"
#include "session.h"
#include "thru.h"

namespace continuo {

class musician {
 public:
  musician(session& engine, ledger& planned, counters& counted) : session_(engine), ledger_(planned), counted_(counted) {}

  // The channels that events go by from now on, which is at `at`. What passed and would not any more has to end, and the engine
  // will hear of no key's end by the channel that it was struck on.
  void route(const routing& r, double at) CONTINUO_NONBLOCKING {
    if (r.notes != route_.notes) thru_.end_all_but(r);
    if (r.part != route_.part) let_go(at);
    route_ = r;
  }
  const routing& route() const CONTINUO_NONBLOCKING { return route_; }

  // One event, at `at` in performance time; what is no channel message is counted.
  void play(const continuo_event&, std::uint32_t frame, double at, out_events&) CONTINUO_NONBLOCKING;

  // A key that was passed on and is still down: what is planned yields to it.
  bool holds(int channel, int pitch) const CONTINUO_NONBLOCKING { return thru_.holds(channel, pitch); }

  // The engine will not hear of the keys and pedals that are down: for it they are let go of at `at`, lest they sound on.
  void let_go(double at) CONTINUO_NONBLOCKING;

  // Every note that was passed on has to end: as soon as flush finds room.
  void end_all() CONTINUO_NONBLOCKING { thru_.end_all(); }

  // Sends the ends that are owed, at frame 0, as far as there is room. True if none is left.
  bool flush(out_events& out) CONTINUO_NONBLOCKING { return thru_.flush(out); }

 private:
  void tell(const continuo_event&, double at) CONTINUO_NONBLOCKING;
  void press(int channel, int how_far, double at) CONTINUO_NONBLOCKING;
  void let_go(int channel, double at) CONTINUO_NONBLOCKING;
  void pass(const continuo_event&, std::uint32_t frame, out_events&) CONTINUO_NONBLOCKING;

  session& session_;
  ledger& ledger_;
  counters& counted_;
  routing route_;
  thru thru_;
  key_set told_;               // keys that the engine knows to be down, by the channel that they came in by
  std::uint16_t pressed_ = 0;  // sustain pedals, the same
};

}  // namespace continuo
