// Who plays together: the instances of one project in one process. Any thread but audio; waits for other instances at most.
#pragma once

#include <string>

namespace continuo::plugin {

// The project that an instance without a saved state belongs to: the one whose state was loaded last in this process, else a
// new one. Letters and digits.
std::string current_project();

// A state of this project was loaded: instances made from now on belong to it.
void enter_project(const std::string& project);

// The name of the band: $CONTINUO_BAND where it is set, else project and process, so that a copy of a project that is open in
// another host plays by itself.
std::string band_of(const std::string& project);

}  // namespace continuo::plugin
