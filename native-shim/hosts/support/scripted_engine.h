// An engine that knows no music, on a real socket: it plans a note on every half beat of the host, two beats ahead, as
// scripted_engine.py does, for every channel whose part is the model's. What it was told can be asked for.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "../../core/src/osc.h"
#include "listening.h"
#include "surroundings.h"

namespace continuo::hosts {

inline constexpr double grid = 0.5;      // quarter notes between two notes
inline constexpr double length = 0.25;   // of a note
inline constexpr int lowest = 48, pitches = 24;

// The pitch at a host beat on the grid.
inline int pitch_at(double beat) {
  const long step = std::lround(beat / grid);
  return lowest + static_cast<int>(((step % pitches) + pitches) % pitches);
}

class scripted_engine {
 public:
  scripted_engine() : folder_(std::make_unique<new_folder>()), path_(folder_->file("engine.sock")), listening_(path_) {
    thread_ = std::thread([this] { run(); });
  }

  // At a path that may hold the socket of an engine that died.
  explicit scripted_engine(std::string path) : path_(std::move(path)), listening_(path_) {
    thread_ = std::thread([this] { run(); });
  }

  ~scripted_engine() {
    stopping_ = true;
    thread_.join();
    for (auto& [fd, talk] : talks_) sockets::close(fd);
    std::error_code ignored;
    std::filesystem::remove(path_ + ".start", ignored);
  }

  const std::string& path() const { return path_; }

  // How often a message of this address has come, such as "note/on".
  int heard(const std::string& address) {
    const std::lock_guard<std::mutex> guard(lock_);
    return counts_[address];
  }
  int sessions() { return heard("hello"); }
  // What `part` and `set` said, in order: "part 1 bass model", "set temperature 0.500000".
  std::vector<std::string> settings() {
    const std::lock_guard<std::mutex> guard(lock_);
    return settings_;
  }
  // Channels of all bands that somebody has.
  std::ptrdiff_t owned() {
    const std::lock_guard<std::mutex> guard(lock_);
    return std::count_if(owners_.begin(), owners_.end(), [](const auto& one) { return one.second != 0; });
  }
  std::set<std::string> bands() {
    const std::lock_guard<std::mutex> guard(lock_);
    return bands_;
  }
  // Whether the host played when its transport was last told.
  bool host_plays() {
    const std::lock_guard<std::mutex> guard(lock_);
    return host_plays_;
  }

  // Conversations that are open.
  int clients() const { return clients_; }

  // Hangs up on everybody, as a process that dies does.
  void hang_up() { hanging_up_ = true; }

 private:
  static constexpr int playing = 1, looping = 4, has_beat = 32;
  static constexpr double ahead = 2, commit = 0.1;

  struct conversation : osc::sink {
    scripted_engine& engine;
    sockets::handle fd;
    std::string band;
    std::vector<std::uint8_t> unread;
    std::set<int> channels;  // of the model
    std::int32_t epoch = -1, revision = 0, note = 0;
    double planned = 0;

    conversation(scripted_engine& e, sockets::handle f) : engine(e), fd(f) {}

    void send(const std::uint8_t* packet, std::size_t size) {
      const std::uint8_t head[4] = {0, 0, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
      std::vector<std::uint8_t> all(head, head + 4);
      all.insert(all.end(), packet, packet + size);
      send_all(fd, all.data(), all.size());
    }

    void refuse(std::string_view, const char*) noexcept override {}

    void receive(const osc::message& m) noexcept override {
      const std::string address(m.address.substr(10));
      std::uint8_t packet[256];
      osc::writer w(packet, sizeof packet);
      std::int32_t channel = 0, number = 0;
      double figure = 0;
      const std::lock_guard<std::mutex> guard(engine.lock_);
      engine.counts_[address]++;
      if (address == "hello" && m.arguments[3].text != engine.listening_.token()) {
        w.begin("/continuo/refused", "ss").s("/continuo/hello").s("the token is not the engine's");
        send(packet, w.size());
      } else if (address == "hello") {
        band = m.arguments[2].text;
        engine.bands_.insert(band);
        w.begin("/continuo/welcome", "iis").i(1).i(1).s("scripted");
        send(packet, w.size());
      } else if (address == "ping" && m.arguments[0].as_int(number)) {
        w.begin("/continuo/pong", "i").i(number);
        send(packet, w.size());
      } else if (address == "part" && m.arguments[0].as_int(channel)) {
        engine.settings_.push_back("part " + std::to_string(channel) + " " + std::string(m.arguments[1].text) + " " + std::string(m.arguments[2].text));
        auto& owner = engine.owners_[band + "/" + std::to_string(channel)];
        const bool nobody = m.arguments[2].text == "nobody";
        if (owner != 0 && owner != fd) {
          if (nobody) return;
          w.begin("/continuo/refused", "ss").s("/continuo/part").s("another session plays this part");
          send(packet, w.size());
          return;
        }
        owner = nobody ? 0 : fd;
        if (m.arguments[2].text == "model") channels.insert(channel);
        else channels.erase(channel);
      } else if (address == "set") {
        const bool text = m.arguments[1].type == 's';
        if (!text) m.arguments[1].as_double(figure);
        engine.settings_.push_back("set " + std::string(m.arguments[0].text) + " " + (text ? std::string(m.arguments[1].text) : std::to_string(figure)));
      } else if (address == "transport") {
        transport(m);
      }
    }

    void transport(const osc::message& m) {
      std::int32_t flags = 0, now_epoch = 0;
      double performance = 0, beat = 0;
      m.arguments[0].as_int(flags);
      m.arguments[1].as_int(now_epoch);
      m.arguments[2].as_double(performance);
      m.arguments[3].as_double(beat);
      engine.host_plays_ = (flags & playing) != 0;
      if (now_epoch != epoch) {
        epoch = now_epoch;
        revision++;
        planned = performance + commit;
      }
      if (!engine.host_plays_ || performance + ahead - planned < grid) return;
      place where{performance, (flags & has_beat) != 0 ? beat : performance, 0, 2e9};
      if ((flags & looping) != 0) {
        m.arguments[8].as_double(where.loop_start);
        m.arguments[9].as_double(where.loop_end);
        if (where.beat >= where.loop_end) where.loop_end = 2e9;
      }
      plan(performance + ahead, where);
    }

    // Where the host is, and where it jumps from and to.
    struct place {
      double performance, beat, loop_start, loop_end;

      double beat_at(double at) const {
        const double straight = beat + at - performance;
        return straight < loop_end ? straight : loop_start + std::fmod(straight - loop_start, loop_end - loop_start);
      }
    };

    void plan(double until, const place& where) {
      std::uint8_t packet[8192];
      osc::writer w(packet, sizeof packet);
      w.begin_bundle();
      w.begin("/continuo/plan", "iidd").i(epoch).i(revision).d(planned).d(until);
      for (double at = planned; at < until;) {
        const double from = where.beat_at(at), on = std::ceil(from / grid - 1e-9) * grid;
        if (on >= where.loop_end) {
          at += where.loop_end - from + 1e-9;  // the rest of the loop is silent
          continue;
        }
        at += on - from;
        if (at >= until) break;
        for (const int channel : channels) {
          w.begin("/continuo/plan/on", "idiii").i(++note).d(at).i(channel).i(pitch_at(on)).i(90);
          w.begin("/continuo/plan/off", "id").i(note).d(at + length);
        }
        at += grid / 2;
      }
      w.end_bundle();
      send(packet, w.size());
      planned = until;
    }
  };

  void leave(sockets::handle fd) {
    const std::lock_guard<std::mutex> guard(lock_);
    for (auto& [part, owner] : owners_) {
      if (owner == fd) owner = 0;
    }
    talks_.erase(fd);
    sockets::close(fd);
  }

  void run() {
    while (!stopping_) {
      clients_ = static_cast<int>(talks_.size());
      std::vector<pollfd> polls = {{listening_.socket(), POLLIN, 0}};
      for (auto& [fd, talk] : talks_) polls.push_back({fd, POLLIN, 0});
      sockets::poll(polls.data(), polls.size(), 5);
      if (hanging_up_.exchange(false)) {
        while (!talks_.empty()) leave(talks_.begin()->first);
        continue;
      }
      for (const auto& p : polls) {
        if ((p.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
        if (p.fd == listening_.socket()) {
          const sockets::handle fd = listening_.accept();
          if (fd != sockets::none) talks_.emplace(fd, std::make_unique<conversation>(*this, fd));
        } else {
          read(*talks_.at(p.fd));
        }
      }
    }
  }

  void read(conversation& talk) {
    std::uint8_t bytes[16 * 1024];
    const std::ptrdiff_t n = sockets::read(talk.fd, bytes, sizeof bytes);
    if (n <= 0) {
      leave(talk.fd);
      return;
    }
    auto& unread = talk.unread;
    unread.insert(unread.end(), bytes, bytes + n);
    std::size_t at = 0;
    while (unread.size() - at >= 4) {
      const std::size_t size = std::size_t{unread[at + 2]} << 8 | unread[at + 3];
      if (unread.size() - at < 4 + size) break;
      osc::read(unread.data() + at + 4, size, talk);
      at += 4 + size;
    }
    unread.erase(unread.begin(), unread.begin() + static_cast<std::ptrdiff_t>(at));
  }

  const std::unique_ptr<new_folder> folder_;
  const std::string path_;
  const listening listening_;
  std::atomic<bool> stopping_{false}, hanging_up_{false};
  std::atomic<int> clients_{0};
  std::map<sockets::handle, std::unique_ptr<conversation>> talks_;  // its own thread, but for the end
  std::mutex lock_;  // what follows
  std::map<std::string, int> counts_;
  std::map<std::string, sockets::handle> owners_;
  std::vector<std::string> settings_;
  std::set<std::string> bands_;
  bool host_plays_ = false;
  std::thread thread_;
};

}  // namespace continuo::hosts
