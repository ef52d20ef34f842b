// What the process was started with. Any thread but audio; main alone where the host may change it meanwhile.
#pragma once

#include <string>

namespace continuo {

// The value of a variable, in UTF-8; empty where it is not set.
std::string environment(const char* name);

// The user's folder: $HOME, on Windows %USERPROFILE%; "." where the system tells none.
std::string home_folder();

// Of this process.
int process_id();

}  // namespace continuo
