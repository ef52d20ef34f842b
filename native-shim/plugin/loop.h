// A host that says nothing new goes on as it said, through its loop too. Audio thread only.
#pragma once

#include <cmath>

#include "continuo/shim.h"

namespace continuo::plugin {

// The transport `quarters` later. Where it wrapped, nobody said where the bar began.
inline void go_on(continuo_transport& host, double quarters) CONTINUO_NONBLOCKING {
  const bool loops = (host.flags & CONTINUO_LOOPING) != 0 && host.beat < host.loop_end && host.loop_start < host.loop_end;
  host.beat += quarters;
  if (!loops || host.beat < host.loop_end) return;
  host.beat = host.loop_start + std::fmod(host.beat - host.loop_end, host.loop_end - host.loop_start);
  host.flags &= ~static_cast<std::uint32_t>(CONTINUO_HAS_BAR_START);
}

}  // namespace continuo::plugin
