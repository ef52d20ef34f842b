// The scripted engine as a program, called as the plugin calls the engine: it can be killed.
//   scripted_engine serve --leave --no-osc --socket PATH
// Writes its process id to PATH.pid. Leaves two seconds after its last client, as `--leave` asks.
#include "scripted_engine.h"

#include <chrono>
#include <cstdio>
#include <fstream>

#include "../../core/src/environment.h"

int main(int count, char** words) {
  std::string path;
  for (int i = 1; i + 1 < count; i++) {
    if (std::string(words[i]) == "--socket") path = words[i + 1];
  }
  if (path.empty()) {
    std::fprintf(stderr, "scripted_engine: no --socket PATH\n");
    return 2;
  }
  std::ofstream(path + ".pid.new") << continuo::process_id() << "\n";
  continuo::hosts::scripted_engine engine(path);
  std::filesystem::rename(path + ".pid.new", path + ".pid");
  for (int alone = 0; alone < 40;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    alone = engine.clients() > 0 ? 0 : alone + 1;
  }
  return 0;
}
