// Where the engine's launcher is. Main thread only: it reads the environment.
#pragma once

#include <string>

namespace continuo::plugin {

// The program that starts the engine, or empty: $CONTINUO_ENGINE ("none" for none), `continuo` in $PATH, where it is usually
// installed, or beside the plugin: bin/continuo or installers/continuo in a folder above it. On Windows continuo.exe or .cmd.
std::string engine_program();

}  // namespace continuo::plugin
