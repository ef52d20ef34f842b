// What tests change around a plugin: the environment of the process, and folders that go when they end.
#pragma once

#if defined(_WIN32)
#include <windows.h>
#endif

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

namespace continuo::hosts {

// Null takes the variable away.
inline void set_environment(const char* name, const char* value) {
#if defined(_WIN32)
  ::SetEnvironmentVariableA(name, value);
#else
  if (value != nullptr) ::setenv(name, value, 1);
  else ::unsetenv(name);
#endif
}

// A new folder, removed with all that is in it. Its name is short: sockets lie in it.
class new_folder {
 public:
  new_folder() {
    std::random_device random;
    path_ = std::filesystem::temp_directory_path() / ("continuo-" + std::to_string(random()));
    std::filesystem::create_directory(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~new_folder() {
    std::error_code ignored;  // a file that is still open stays, on Windows
    std::filesystem::remove_all(path_, ignored);
  }
  new_folder(const new_folder&) = delete;
  new_folder& operator=(const new_folder&) = delete;

  // Of a file in it, with slashes.
  std::string file(const std::string& name) const { return (path_ / name).generic_u8string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace continuo::hosts
