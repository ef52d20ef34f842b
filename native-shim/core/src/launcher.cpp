#include "launcher.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace continuo {

namespace {

constexpr int first_pause = 5, longest_pause = 60;  // seconds between two starts that failed
// A checkout builds itself on first use, which takes minutes.
constexpr std::chrono::minutes longest_start{10};

}  // namespace

void launcher::heard() {
  lock_.release();
  engine_.forget();
  pause_ = 0;
  next_ = {};
  trouble_.clear();
}

launcher::outcome launcher::try_start() {
  if (program_.empty()) return outcome::nothing;
  const clock::time_point now = clock::now();
  if (engine_.is_started()) {
    if (engine_.lives()) {
      if (now - started_ < longest_start) return outcome::waits;
      return fail("the engine does not open its socket; end process " + std::to_string(engine_.id()) + " and see " + socket_ + ".log");
    }
    return fail("the engine ended at once: " + last_words());
  }
  if (now < next_) return outcome::waits;
  // One process starts the engine at a time: it holds the lock until the engine is heard.
  std::string trouble;
  if (!lock_.take(socket_, trouble)) return trouble.empty() ? outcome::waits : fail("cannot start the engine: " + trouble);
  trouble = engine_.start(program_, {"serve", "--leave", "--no-osc", "--socket", socket_}, socket_ + ".log");
  if (!trouble.empty()) return fail("cannot start the engine " + program_ + ": " + trouble);
  started_ = now;
  return outcome::started;
}

launcher::outcome launcher::fail(std::string why) {
  trouble_ = std::move(why);
  lock_.release();
  engine_.forget();
  pause_ = std::min(std::max(first_pause, 2 * pause_), longest_pause);
  next_ = clock::now() + std::chrono::seconds(pause_);
  return outcome::failed;
}

// The end of what it said, in one line.
std::string launcher::last_words() const {
  std::ifstream log(std::filesystem::u8path(socket_ + ".log"));
  std::string last;
  for (std::string line; std::getline(log, line);) {
    if (!line.empty()) last = line.substr(0, 200);
  }
  return last.empty() ? program_ + " said nothing" : last;
}

}  // namespace continuo
