// The plugin's ports, by number. Parameters come last, so that new ones move none.
#pragma once

#include <cstdint>

#include "parameters.h"

namespace continuo::lv2 {

enum port : std::uint32_t {
  notes_in = 0,
  notes_out = 1,
  left_out = 2,
  right_out = 3,
  freewheel = 4,
  first_parameter = 5,
};

inline constexpr std::uint32_t port_count = first_parameter + plugin::parameter_count;

}  // namespace continuo::lv2
