// A file with code, loaded as hosts load plugins. Throws where it cannot be.
#pragma once

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#endif

#include <stdexcept>
#include <string>

namespace continuo::hosts {

class library {
 public:
  explicit library(const std::string& path) {
#if defined(_WIN32)
    handle_ = ::LoadLibraryA(path.c_str());
    if (handle_ == nullptr) throw std::runtime_error(path + ": error " + std::to_string(::GetLastError()));
#else
    handle_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) throw std::runtime_error(::dlerror());
#endif
  }
  ~library() {
#if defined(_WIN32)
    ::FreeLibrary(handle_);
#else
    ::dlclose(handle_);
#endif
  }
  library(const library&) = delete;
  library& operator=(const library&) = delete;

  // A function or variable that it shows.
  template <typename T>
  T symbol(const char* name) const {
#if defined(_WIN32)
    auto* found = reinterpret_cast<void*>(::GetProcAddress(handle_, name));
#else
    void* found = ::dlsym(handle_, name);
#endif
    if (found == nullptr) throw std::runtime_error(std::string("no ") + name);
    return reinterpret_cast<T>(found);
  }

 private:
#if defined(_WIN32)
  HMODULE handle_;
#else
  void* handle_;
#endif
};

}  // namespace continuo::hosts
