#include "project.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <random>
#include <sstream>
#include <vector>

namespace continuo::plugin {

namespace {

std::mutex lock;
std::string current;

std::string new_project() {
  std::random_device random;
  std::ostringstream name;
  name << std::hex << random() << random();
  return name.str();
}

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

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

// The file that this code was loaded from.
std::string this_file() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&this_file), &info) == 0 || info.dli_fname == nullptr) return "";
  char* real = ::realpath(info.dli_fname, nullptr);
  const std::string path = real != nullptr ? real : "";
  std::free(real);
  return path;
}

}  // namespace

std::string current_project() {
  const std::lock_guard<std::mutex> guard(lock);
  if (current.empty()) current = new_project();
  return current;
}

void enter_project(const std::string& project) {
  const std::lock_guard<std::mutex> guard(lock);
  current = project;
}

std::string band_of(const std::string& project) {
  if (const char* told = environment("CONTINUO_BAND")) return told;
  return "project-" + project + "-" + std::to_string(::getpid());
}

std::string engine_program() {
  if (const char* told = environment("CONTINUO_ENGINE")) return std::string(told) == "none" ? "" : told;
  if (const char* path = environment("PATH")) {
    std::istringstream folders(path);
    for (std::string folder; std::getline(folders, folder, ':');) {
      if (!folder.empty() && folder.front() == '/' && runs(folder + "/continuo")) return folder + "/continuo";
    }
  }
  std::vector<std::string> usual = {"/opt/continuo/bin", "/usr/local/bin", "/usr/bin"};
  if (const char* home = environment("HOME")) usual.push_back(std::string(home) + "/.local/bin");
  for (const auto& folder : usual) {
    if (runs(folder + "/continuo")) return folder + "/continuo";
  }
  std::string folder = this_file();
  for (int up = 0; up < 8 && !folder.empty(); up++) {
    folder.erase(folder.find_last_of('/') == std::string::npos ? 0 : folder.find_last_of('/'));
    for (const char* place : {"/bin/continuo", "/installers/continuo"}) {
      if (!folder.empty() && runs_and_is_ours(folder + place)) return folder + place;
    }
  }
  return "";
}

}  // namespace continuo::plugin
