#include "project.h"

#include <mutex>
#include <random>
#include <sstream>

#include "../core/src/environment.h"

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
  if (const std::string told = environment("CONTINUO_BAND"); !told.empty()) return told;
  return "project-" + project + "-" + std::to_string(process_id());
}

}  // namespace continuo::plugin
