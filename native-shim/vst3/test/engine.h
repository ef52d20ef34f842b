// An engine of a few lines on a real socket, for any number of plugins: it plans a note on every half beat of the host, two
// beats ahead, and counts what it hears.
#pragma once

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../../hosts/support/listening.h"
#include "../../hosts/support/surroundings.h"
#include "continuo/shim.h"
#include "osc.h"

namespace continuo::vst3 {

class engine {
 public:
  static constexpr double ahead = 2, length = 0.25, grid = 0.5;
  static constexpr int channel = 1;
  // The note on a beat of the grid.
  static int pitch_at(double beat) { return 40 + static_cast<int>(std::lround(beat / grid)) % 40; }

  engine() : path(folder_.file("engine.sock")), listening_(path), thread_([this] { serve(); }) {}

  ~engine() {
    ending_ = true;
    thread_.join();
  }

  // How often a message came, and the text of the last: "7 64 127" for control. Any thread.
  int heard(const std::string& address) {
    const std::lock_guard<std::mutex> guard(lock_);
    return counted_[address];
  }
  std::string last(const std::string& address) {
    const std::lock_guard<std::mutex> guard(lock_);
    return last_[address];
  }
  int sessions() const { return sessions_; }

 private:
  hosts::new_folder folder_;

 public:
  const std::string path;

 private:
  struct client : osc::sink {
    client(engine& whole, sockets::handle socket) : e(whole), fd(socket) {}
    void receive(const osc::message& m) noexcept override { e.receive(*this, m); }
    void refuse(std::string_view, const char*) noexcept override {}

    engine& e;
    sockets::handle fd;
    std::vector<std::uint8_t> unread;
    std::int32_t epoch = -1, revision = 0, note = 0;
    double planned = 0;
  };

  void serve() {
    std::list<client> clients;
    while (!ending_) {
      std::vector<pollfd> wait{{listening_.socket(), POLLIN, 0}};
      for (const auto& c : clients) wait.push_back({c.fd, POLLIN, 0});
      sockets::poll(wait.data(), wait.size(), 10);
      auto looked = wait.begin() + 1;
      for (auto c = clients.begin(); c != clients.end(); looked++) {
        const bool gone = looked->revents != 0 && !read(*c);
        if (gone) sockets::close(c->fd);
        c = gone ? clients.erase(c) : std::next(c);
      }
      if (wait[0].revents != 0) clients.emplace_back(*this, listening_.accept());
    }
    for (const auto& c : clients) sockets::close(c.fd);
  }

  bool read(client& c) {
    std::uint8_t bytes[8192];
    const std::ptrdiff_t n = sockets::read(c.fd, bytes, sizeof bytes);
    if (n <= 0) return false;
    c.unread.insert(c.unread.end(), bytes, bytes + n);
    for (;;) {
      if (c.unread.size() < 4) return true;
      const std::size_t size = std::size_t{c.unread[2]} << 8 | c.unread[3];
      if (c.unread.size() < 4 + size) return true;
      osc::read(c.unread.data() + 4, static_cast<std::uint32_t>(size), c);
      c.unread.erase(c.unread.begin(), c.unread.begin() + 4 + static_cast<std::ptrdiff_t>(size));
    }
  }

  void receive(client& c, const osc::message& m) noexcept {
    const std::string address(m.address.substr(10));
    {
      const std::lock_guard<std::mutex> guard(lock_);
      counted_[address]++;
      last_[address] = text(m);
    }
    if (address == "hello" && m.arguments[3].text == listening_.token()) {
      sessions_++;
      send(c, [](osc::writer& w) { w.begin("/continuo/welcome", "iis").i(1).i(1).s("test"); });
    } else if (address == "ping") {
      std::int32_t number = 0;
      m.arguments[0].as_int(number);
      send(c, [&](osc::writer& w) { w.begin("/continuo/pong", "i").i(number); });
    } else if (address == "transport") {
      plan(c, m);
    }
  }

  static std::string text(const osc::message& m) {
    std::string all;
    for (int i = 0; i < m.count; i++) {
      double figure = 0;
      std::string word = m.arguments[i].type == 's' ? std::string(m.arguments[i].text) : "";
      if (word.empty() && m.arguments[i].as_double(figure)) word = std::to_string(figure).substr(0, std::to_string(figure).find('.') + 4);
      all += (i > 0 ? " " : "") + word;
    }
    return all;
  }

  void plan(client& c, const osc::message& m) noexcept {
    std::int32_t flags = 0, epoch = 0;
    double performance = 0, beat = 0, loop_start = 0, loop_end = 0;
    m.arguments[0].as_int(flags);
    m.arguments[1].as_int(epoch);
    m.arguments[2].as_double(performance);
    m.arguments[3].as_double(beat);
    m.arguments[8].as_double(loop_start);
    m.arguments[9].as_double(loop_end);
    const bool loops = (flags & CONTINUO_LOOPING) != 0 && beat < loop_end;
    if (epoch != c.epoch) {
      c.epoch = epoch;
      c.revision++;
      c.planned = performance + 0.1;
    }
    const double until = performance + ahead;
    if ((flags & CONTINUO_PLAYING) == 0 || until - c.planned < grid) return;
    const double offset = beat - performance;
    send(c, [&](osc::writer& w) {
      w.begin_bundle();
      w.begin("/continuo/plan", "iidd").i(epoch).i(c.revision).d(c.planned).d(until);
      for (double at = std::ceil((c.planned + offset) / grid) * grid; at - offset < until; at += grid) {
        w.begin("/continuo/plan/on", "idiii").i(++c.note).d(at - offset).i(channel).i(pitch_at(loops && at >= loop_end ? loop_start + std::fmod(at - loop_end, loop_end - loop_start) : at)).i(100);
        w.begin("/continuo/plan/off", "id").i(c.note).d(at - offset + length);
      }
      w.end_bundle();
    });
    c.planned = until;
  }

  template <typename Write>
  void send(client& c, Write write) noexcept {
    std::uint8_t packet[8196];
    osc::writer w(packet + 4, sizeof packet - 4);
    write(w);
    const auto size = static_cast<std::uint32_t>(w.size());
    packet[0] = packet[1] = 0;
    packet[2] = static_cast<std::uint8_t>(size >> 8);
    packet[3] = static_cast<std::uint8_t>(size);
    hosts::send_all(c.fd, packet, size + 4);
  }

  const hosts::listening listening_;
  std::atomic<bool> ending_{false};
  std::atomic<int> sessions_{0};
  std::mutex lock_;
  std::map<std::string, int> counted_;
  std::map<std::string, std::string> last_;
  std::thread thread_;
};

}  // namespace continuo::vst3
