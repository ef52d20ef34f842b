#include "link.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "browser.h"
#include "environment.h"
#include "frames.h"
#include "priority.h"
#include "stream.h"

namespace continuo {

namespace {

using clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds ping_every{1000};
constexpr milliseconds silent_too_long{5000};
constexpr int shortest_nap = 100;   // ms between attempts to connect, doubled up to
constexpr int longest_nap = 2000;
// The audio thread may not wake this one, so it looks: often while there is something to carry, else seldom.
constexpr int busy_poll = 1;  // ms
constexpr int idle_poll = 10;
constexpr milliseconds busy_for{1000};
// Beyond this the ring is left to fill, and the audio thread counts what finds no room.
constexpr std::size_t most_unsent = 64 * 1024;

// One connection, from hello to its end.
class conversation : public from_engine {
 public:
  conversation(stream& talk, port& through) : stream_(talk), port_(through) {}

  ~conversation() override {
    if (welcomed_) port_.disconnected();
  }

  conversation(const conversation&) = delete;
  conversation& operator=(const conversation&) = delete;

  // True if the engine welcomed us.
  bool run(const std::string& band, const std::atomic<bool>& stopping) {
    const fine_waits waits;
    send([&](osc::writer& w) { write_hello(w, "shim", band, stream_.token()); });
    clock::time_point now = clock::now(), pinged = now, carried = now;
    heard_ = now;
    while (!gone_ && !stopping.load(std::memory_order_relaxed)) {
      const bool busy = now - carried < busy_for;
      bool heard = false;
      if (!stream_.wait(busy ? busy_poll : idle_poll, !unsent_.empty(), heard)) break;
      now = clock::now();
      if (heard) receive(now);
      const continuo_listener& listener = port_.listener();
      if (listener.turn != nullptr) listener.turn(listener.context);
      if (take()) carried = now;
      if (welcomed_ && port_.is_panel_wished()) ask_for_panel();
      if (now - pinged >= ping_every) {
        pinged = now;
        if (unsent_.size() < most_unsent) send([&](osc::writer& w) { write_ping(w, ++ping_); });
      }
      flush();
      if (now - heard_ > silent_too_long) gone_ = true;
    }
    if (!gone_) {
      send([](osc::writer& w) { write_goodbye(w); });
      flush();
    }
    return welcomed_;
  }

  // The answer to a query has no end of its own; that of the ping behind it comes after it.
  void ask_for_panel() {
    send([](osc::writer& w) { write_query(w); });
    panel_asked_ = ++ping_;
    send([&](osc::writer& w) { write_ping(w, panel_asked_); });
  }

  // Why it did not come to a welcome, or empty.
  const std::string& refusal() const { return refusal_; }

 private:
  template <typename Write>
  void send(Write write) {
    std::uint8_t packet[port::largest_taken];
    osc::writer w(packet, sizeof packet);
    write(w);
    queue(packet, w.size());
  }

  void queue(const std::uint8_t* packet, std::size_t size) {
    if (size == 0) return;
    for (int i = 3; i >= 0; i--) unsent_.push_back(static_cast<std::uint8_t>(size >> 8 * i));
    unsent_.insert(unsent_.end(), packet, packet + size);
  }

  bool take() {
    std::uint8_t packet[port::largest_taken];
    bool any = false;
    while (welcomed_ && unsent_.size() < most_unsent) {
      const std::uint32_t size = port_.take(packet, sizeof packet);
      if (size == 0) break;
      queue(packet, size);
      any = true;
    }
    return any;
  }

  void flush() {
    std::size_t sent = 0;
    while (sent < unsent_.size()) {
      const std::ptrdiff_t n = stream_.write(unsent_.data() + sent, unsent_.size() - sent);
      gone_ = gone_ || n < 0;
      if (n <= 0) break;
      sent += static_cast<std::size_t>(n);
    }
    unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(sent));
  }

  void receive(clock::time_point now) {
    std::uint8_t bytes[16 * 1024];
    const std::ptrdiff_t n = stream_.read(bytes, sizeof bytes);
    gone_ = gone_ || n < 0;
    if (n <= 0) return;
    heard_ = now;
    const bool good = frames_.take(bytes, static_cast<std::size_t>(n), [this](const std::uint8_t* packet, std::uint32_t size) {
      port_.give(packet, size, this);
      return !gone_;
    });
    gone_ = gone_ || !good;
  }

  void welcome(std::int32_t version, std::int32_t, std::string_view) noexcept override {
    if (version != wire_version) {
      gone_ = true;
    } else if (!welcomed_) {
      welcomed_ = true;
      port_.connected();
    }
  }

  // Before the welcome it means that we may not come in; after it, one message was in vain.
  void refused(std::string_view, std::string_view reason) noexcept override {
    if (welcomed_) return;
    gone_ = true;
    refusal_ = reason;
  }

  void pong(std::int32_t number) noexcept override {
    if (panel_asked_ == 0 || number != panel_asked_) return;
    panel_asked_ = 0;
    say(true, "this engine has no panel");
  }

  void capability(std::string_view name, std::string_view value) noexcept override {
    if (panel_asked_ == 0 || name != "panel") return;
    panel_asked_ = 0;
    const std::string address(value), wrong = open_in_browser(address);
    if (wrong.empty()) say(false, "the panel is at " + address);
    else say(true, "the panel does not open: " + wrong);
  }

  void captured(std::string_view file) noexcept override { say(false, "captured in " + std::string(file)); }

  void say(bool trouble, const std::string& line) const {
    const continuo_listener& listener = port_.listener();
    if (listener.say != nullptr) listener.say(listener.context, trouble ? 1 : 0, line.c_str());
  }

  void counter(std::string_view, std::int64_t) noexcept override {}
  void plan(std::int32_t, std::int32_t, double, double) noexcept override {}
  void plan_on(std::int32_t, double, int, int, int) noexcept override {}
  void plan_off(std::int32_t, double) noexcept override {}
  void end() noexcept override {}
  void not_accepted(std::string_view, const char*, bool) noexcept override {}

  stream& stream_;
  port& port_;
  std::string refusal_;
  bool welcomed_ = false;
  bool gone_ = false;
  std::int32_t ping_ = 0;
  std::int32_t panel_asked_ = 0;  // the ping behind the query; 0: nobody wants it
  clock::time_point heard_;
  std::vector<std::uint8_t> unsent_;
  frames frames_;
};

}  // namespace

std::string default_socket() {
  if (const std::string told = environment("CONTINUO_SOCKET"); !told.empty()) return told;
  if (const std::string run = environment("XDG_RUNTIME_DIR"); !run.empty()) return run + "/continuo/engine.sock";
  return home_folder() + "/.continuo/run/engine.sock";
}

link::link(port& through, std::string socket, std::string band, std::string program)
    : port_(through),
      listener_(through.listener()),
      socket_(socket.empty() ? default_socket() : std::move(socket)),
      band_(band.empty() ? "process-" + std::to_string(process_id()) : std::move(band)),
      launcher_(std::move(program), socket_),
      thread_([this] { run(); }) {}

link::~link() {
  stopping_.store(true, std::memory_order_relaxed);
  thread_.join();
}

void link::run() noexcept {
  hurry_this_thread();
  int pause = shortest_nap;
  do {
    stream found = stream::connect(socket_);
    if (!found.is_open()) {
      if (port_.is_panel_wished()) say(true, "there is no engine, and so no panel");
      look_for_engine();
      pause = std::min(2 * pause, longest_nap);
      continue;
    }
    launcher_.heard();
    in_vain_ = false;
    conversation talk(found, port_);
    if (talk.run(band_, stopping_)) {
      pause = shortest_nap;
      said_.clear();  // what was said before the session may be news again
      if (!stopping_.load(std::memory_order_relaxed)) say(true, "the engine is gone; looking for it");
    } else {
      pause = std::min(2 * pause, longest_nap);
      if (!talk.refusal().empty()) say(true, "the engine does not let us in: " + talk.refusal());
    }
  } while (nap(pause));
}

void link::look_for_engine() {
  switch (launcher_.try_start()) {
    case launcher::outcome::started:
      port_.counted().starts.add();
      if (!in_vain_) say(false, "no engine at " + socket_ + ": starting one");
      break;
    case launcher::outcome::failed:
      port_.counted().start_failed.add();
      in_vain_ = true;
      say(true, launcher_.trouble());
      break;
    case launcher::outcome::waits:
      break;
    case launcher::outcome::nothing:
      say(true, "no engine at " + socket_ + ": run 'continuo serve'");
  }
}

void link::say(bool trouble, const std::string& line) {
  if (line == said_) return;
  said_ = line;
  if (listener_.say != nullptr) listener_.say(listener_.context, trouble ? 1 : 0, line.c_str());
}

// False if the thread has to end.
bool link::nap(int duration) const {
  for (; duration > 0 && !stopping_.load(std::memory_order_relaxed); duration -= 10) {
    if (listener_.turn != nullptr) listener_.turn(listener_.context);
    std::this_thread::sleep_for(milliseconds(10));
  }
  return !stopping_.load(std::memory_order_relaxed);
}

}  // namespace continuo
