#include "program.h"

#if defined(_WIN32)
#include <windows.h>

#include <filesystem>
#else
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#endif

#include <sstream>
#include <vector>

#include "../core/src/environment.h"

namespace continuo::plugin {

namespace {

#if defined(_WIN32)

constexpr char separator = ';';
constexpr const char* names[] = {"/continuo.exe", "/continuo.cmd"};

bool runs(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(std::filesystem::u8path(path), ignored);
}

// Folders of programs are their owner's alone by what they inherit.
bool runs_and_is_ours(const std::string& path) { return runs(path); }

bool is_absolute(const std::string& folder) { return std::filesystem::u8path(folder).is_absolute(); }

// Where the system puts programs.
std::vector<std::string> usual_folders() {
  std::vector<std::string> all;
  for (const char* place : {"LOCALAPPDATA", "ProgramFiles"}) {
    const std::string folder = environment(place);
    if (!folder.empty()) all.push_back(folder + "/Continuo");
  }
  return all;
}

// The file that this code was loaded from, with slashes.
std::string this_file() {
  HMODULE module = nullptr;
  constexpr DWORD by_address = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!::GetModuleHandleExW(by_address, reinterpret_cast<LPCWSTR>(&this_file), &module)) return "";
  std::wstring name(32768, L'\0');
  name.resize(::GetModuleFileNameW(module, name.data(), static_cast<DWORD>(name.size())));
  return std::filesystem::path(name).generic_u8string();
}

#else

constexpr char separator = ':';
constexpr const char* names[] = {"/continuo"};

bool runs(const std::string& path) {
  struct stat what {};
  return ::stat(path.c_str(), &what) == 0 && S_ISREG(what.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

// Beside the plugin only what the musician or the system put there is run.
bool runs_and_is_ours(const std::string& path) {
  struct stat what {};
  return runs(path) && ::stat(path.c_str(), &what) == 0 && (what.st_uid == ::getuid() || what.st_uid == 0) &&
         (what.st_mode & S_IWOTH) == 0;
}

bool is_absolute(const std::string& folder) { return !folder.empty() && folder.front() == '/'; }

std::vector<std::string> usual_folders() {
  return {"/opt/continuo/bin", "/usr/local/bin", "/usr/bin", home_folder() + "/.local/bin"};
}

// The file that this code was loaded from.
std::string this_file() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&this_file), &info) == 0 || info.dli_fname == nullptr) return "";
  char* real = ::realpath(info.dli_fname, nullptr);
  const std::string path = real != nullptr ? real : "";
  std::free(real);
  return path;
}

#endif

}  // namespace

std::string engine_program() {
  if (const std::string told = environment("CONTINUO_ENGINE"); !told.empty()) return told == "none" ? "" : told;
  std::vector<std::string> folders;
  std::istringstream path(environment("PATH"));
  for (std::string folder; std::getline(path, folder, separator);) folders.push_back(folder);
  const auto usual = usual_folders();
  folders.insert(folders.end(), usual.begin(), usual.end());
  for (const auto& folder : folders) {
    for (const char* name : names) {
      if (is_absolute(folder) && runs(folder + name)) return folder + name;
    }
  }
  std::string folder = this_file();
  for (int up = 0; up < 8 && !folder.empty(); up++) {
    folder.erase(folder.find_last_of('/') == std::string::npos ? 0 : folder.find_last_of('/'));
    for (const char* place : {"/bin", "/installers"}) {
      for (const char* name : names) {
        if (!folder.empty() && runs_and_is_ours(folder + place + name)) return folder + place + name;
      }
    }
  }
  return "";
}

}  // namespace continuo::plugin
