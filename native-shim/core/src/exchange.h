// Where the audio thread meets the others: two rings and a number for the link, a ring for the take, and four words.
#pragma once

#include <atomic>
#include <cstdint>

#include "record.h"
#include "ring.h"
#include "routing.h"
#include "tape.h"

namespace continuo {

struct exchange {
  ring<incoming, 4096> in;   // written by the link
  ring<outgoing, 4096> out;  // written by the audio thread
  // What sounded, for the take; written by the audio thread, read by whoever keeps the take.
  ring<continuo_performed, 4096> performed;
  // The session with an engine that is open, 0 for none. Written by the link; never the same number twice.
  std::atomic<std::uint32_t> session{0};
  // Plans that found no room in the ring. Written by the link.
  std::atomic<std::uint32_t> lost{0};
  // How often everything that sounds was to be ended at once. Written by any thread.
  std::atomic<std::uint32_t> panics{0};
  shared_routing route;
  shared_tape take;
};

}  // namespace continuo
