// The musician's notes that were passed on to the output and are still down there. It alone ends them where their own end
// does not come: a routing that changed, a panic, a host that stops calling. Audio thread only.
#pragma once

#include <cstdint>

#include "continuo/shim.h"
#include "key_set.h"
#include "out_events.h"
#include "routing.h"

namespace continuo {

class thru {
 public:
  bool holds(int channel, int pitch) const CONTINUO_NONBLOCKING { return held_.has(channel, pitch); }

  // A key goes down. Needs room for one event.
  void on(out_events& out, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    held_.put(channel, pitch, true);
    ending_.put(channel, pitch, false);
    out.note(true, frame, channel, pitch, velocity);
  }

  // It comes up. Without room the end is owed; flush pays it.
  void off(out_events& out, std::uint32_t frame, int channel, int pitch, int velocity) CONTINUO_NONBLOCKING {
    if (out.room() == 0) {
      ending_.put(channel, pitch, true);
      owed_ = true;
      return;
    }
    held_.put(channel, pitch, false);
    ending_.put(channel, pitch, false);
    out.note(false, frame, channel, pitch, velocity);
  }

  // All keys of a channel come up.
  void all_off(out_events& out, std::uint32_t frame, int channel) CONTINUO_NONBLOCKING {
    held_.each(channel, [&](int pitch) CONTINUO_NONBLOCKING { off(out, frame, channel, pitch, 0); });
  }

  // Every note on a channel that does not pass any more has to end.
  void end_all_but(const routing& r) CONTINUO_NONBLOCKING {
    for (int channel = 0; channel < 16; channel++) {
      if (r.passes_note(channel)) continue;
      held_.each(channel, [&](int pitch) CONTINUO_NONBLOCKING {
        ending_.put(channel, pitch, true);
        owed_ = true;
      });
    }
  }

  void end_all() CONTINUO_NONBLOCKING { end_all_but(routing{}); }

  // Sends the ends that are owed, at frame 0, as far as there is room. True if none is left.
  bool flush(out_events& out) CONTINUO_NONBLOCKING {
    if (!owed_) return true;
    for (int channel = 0; channel < 16; channel++) {
      for (int pitch = 0; pitch < 128; pitch++) {
        if (!ending_.has(channel, pitch)) continue;
        if (out.room() == 0) return false;
        off(out, 0, channel, pitch, 0);
      }
    }
    owed_ = false;
    return true;
  }

 private:
  key_set held_;
  key_set ending_;
  bool owed_ = false;
};

}  // namespace continuo
