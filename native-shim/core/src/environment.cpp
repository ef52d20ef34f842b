#include "environment.h"

#if defined(_WIN32)
#include <windows.h>

#include <filesystem>
#else
#include <unistd.h>

#include <cstdlib>
#endif

namespace continuo {

#if defined(_WIN32)

// The system's own list: a runtime's copy does not see what another runtime in the process has set.
std::string environment(const char* name) {
  const std::wstring wide = std::filesystem::u8path(name).wstring();
  std::wstring value(::GetEnvironmentVariableW(wide.c_str(), nullptr, 0), L'\0');
  value.resize(::GetEnvironmentVariableW(wide.c_str(), value.data(), static_cast<DWORD>(value.size())));
  return std::filesystem::path(value).u8string();
}

int process_id() { return static_cast<int>(::GetCurrentProcessId()); }

#else

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

int process_id() { return ::getpid(); }

#endif

std::string home_folder() {
#if defined(_WIN32)
  const std::string home = environment("USERPROFILE");
#else
  const std::string home = environment("HOME");
#endif
  return home.empty() ? "." : home;
}

}  // namespace continuo
