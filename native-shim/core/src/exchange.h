// Where the audio thread and the link meet: two rings and a number.
#pragma once

#include <atomic>
#include <cstdint>

#include "record.h"
#include "ring.h"

namespace continuo {

struct exchange {
  ring<incoming, 4096> in;   // written by the link
  ring<outgoing, 4096> out;  // written by the audio thread
  // The session with an engine that is open, 0 for none. Written by the link; never the same number twice.
  std::atomic<std::uint32_t> session{0};
};

}  // namespace continuo
