// The module, loaded from its file, and an engine on a real socket at the place where plugins look.
#pragma once

#include "rig.h"

namespace continuo::vst3 {

// One for all tests: a host loads a module once. The environment is read when a plugin is activated.
struct world {
  engine plays;
  host::module module{MODULE};
  world() {
    hosts::set_environment("CONTINUO_SOCKET", plays.path.c_str());
    hosts::set_environment("CONTINUO_ENGINE", "none");
  }
};

inline world& the_world() {
  static world w;
  return w;
}

}  // namespace continuo::vst3
