// What the two rings carry: fixed in size, so that the audio thread copies and nothing more.
#pragma once

#include <cstdint>

#include "continuo/shim.h"

namespace continuo {

// From the engine. Its session stands in each, so that what came for a former one falls out by itself.
struct incoming {
  enum kind : std::uint8_t { plan, on, off };
  kind what;
  std::uint8_t channel;
  std::uint8_t pitch;
  std::uint8_t velocity;
  std::uint32_t session;
  std::int32_t number;  // of the note; of the plan: its epoch
  std::int32_t revision;
  double at;  // of the plan: from
};

// To the engine.
struct outgoing {
  enum kind : std::uint8_t { session, transport, on, off, control, sounded, missed, panic };
  kind what;
  std::uint8_t channel;
  std::uint8_t data1;  // pitch or controller
  std::uint8_t data2;  // velocity or value
  std::int32_t number;  // note, epoch or session
  double at;
  continuo_transport host;  // with `transport` only
};

}  // namespace continuo
