// The link against an engine of a few lines, on a real socket.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../../hosts/support/listening.h"
#include "../../hosts/support/surroundings.h"
#include "check.h"
#include "continuo/shim.h"
#include "osc.h"

using namespace continuo;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

struct engine {
  hosts::new_folder folder;
  const std::string path = folder.file("engine.sock");
  std::unique_ptr<hosts::listening> listening;
  sockets::handle fd = sockets::none;
  std::vector<std::uint8_t> unread;

  ~engine() { hang_up(); }

  void listen(hosts::listening::way how = hosts::listening::way::as_the_system_can) {
    listening = std::make_unique<hosts::listening>(path, how);
  }

  bool accept(int timeout) {
    pollfd p{listening->socket(), POLLIN, 0};
    if (sockets::poll(&p, 1, timeout) <= 0) return false;
    fd = listening->accept();
    unread.clear();
    return fd != sockets::none;
  }

  void hang_up() {
    if (fd != sockets::none) sockets::close(fd);
    fd = sockets::none;
  }

  // The next packet; empty after `timeout` ms without one.
  std::vector<std::uint8_t> read(int timeout) {
    for (;;) {
      if (unread.size() >= 4) {
        const std::size_t size = std::size_t{unread[2]} << 8 | unread[3];
        if (unread.size() >= 4 + size) {
          std::vector<std::uint8_t> packet(unread.begin() + 4, unread.begin() + 4 + static_cast<std::ptrdiff_t>(size));
          unread.erase(unread.begin(), unread.begin() + 4 + static_cast<std::ptrdiff_t>(size));
          return packet;
        }
      }
      pollfd p{fd, POLLIN, 0};
      std::uint8_t bytes[4096];
      if (sockets::poll(&p, 1, timeout) <= 0) return {};
      const std::ptrdiff_t n = sockets::read(fd, bytes, sizeof bytes);
      if (n <= 0) return {};
      unread.insert(unread.end(), bytes, bytes + n);
    }
  }

  // Reads until a message of this address; false if none came.
  bool hears(const std::string& address, int timeout = 2000) {
    const auto until = steady_clock::now() + milliseconds(timeout);
    while (steady_clock::now() < until) {
      const auto packet = read(timeout);
      if (packet.size() > address.size() && std::memcmp(packet.data(), address.c_str(), address.size() + 1) == 0) return true;
    }
    return false;
  }

  void send(const osc::writer& w, const std::uint8_t* packet) {
    const std::uint8_t size[4] = {0, 0, static_cast<std::uint8_t>(w.size() >> 8), static_cast<std::uint8_t>(w.size())};
    hosts::send_all(fd, size, 4);
    hosts::send_all(fd, packet, w.size());
  }

  void welcome() {
    std::uint8_t packet[128];
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/welcome", "iis").i(1).i(1).s("test");
    send(w, packet);
  }

  void refuse(const char* reason) {
    std::uint8_t packet[256];
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/refused", "ss").s("/continuo/hello").s(reason);
    send(w, packet);
  }

  void capability(const char* name, const char* value) {
    std::uint8_t packet[512];
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/capability", "ss").s(name).s(value);
    send(w, packet);
  }

  // Answers the pings that come within so long.
  void pong(int timeout) {
    for (auto packet = read(timeout); !packet.empty(); packet = read(timeout)) {
      if (std::memcmp(packet.data(), "/continuo/ping", 15) != 0) continue;
      std::uint8_t answer[64];
      osc::writer w(answer, sizeof answer);
      const std::uint8_t* p = packet.data() + packet.size() - 4;
      w.begin("/continuo/pong", "i").i(static_cast<std::int32_t>(std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3]));
      send(w, answer);
    }
  }

  void plan(int epoch, double on) {
    std::uint8_t packet[512];
    osc::writer w(packet, sizeof packet);
    w.begin_bundle();
    w.begin("/continuo/plan", "iidd").i(epoch).i(1).d(0).d(on + 100);
    w.begin("/continuo/plan/on", "idiii").i(1).d(on).i(0).i(60).i(100);
    w.end_bundle();
    send(w, packet);
  }
};

// What the link says to people.
struct ear {
  std::mutex lock;
  std::vector<std::string> lines;
  continuo_listener listener{this, nullptr, nullptr, [](void* self, int, const char* line) {
                               auto& e = *static_cast<ear*>(self);
                               const std::lock_guard<std::mutex> guard(e.lock);
                               e.lines.push_back(line);
                             }};
  void forget() {
    const std::lock_guard<std::mutex> guard(lock);
    lines.clear();
  }
  std::ptrdiff_t times(const std::string& line) {
    const std::lock_guard<std::mutex> guard(lock);
    return std::count(lines.begin(), lines.end(), line);
  }
  bool heard(const std::string& line) {
    const std::lock_guard<std::mutex> guard(lock);
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  }
};

struct host {
  std::unique_ptr<continuo_shim, void (*)(continuo_shim*)> shim{continuo_shim_create(), continuo_shim_destroy};

  host() { continuo_shim_activate(shim.get(), 48000, 480); }

  std::uint32_t block() {
    continuo_event out[16];
    return continuo_shim_process(shim.get(), nullptr, nullptr, 0, 480, out, 16);
  }

  template <typename Condition>
  bool until(Condition condition, int timeout = 3000) {
    const auto end = steady_clock::now() + milliseconds(timeout);
    while (steady_clock::now() < end) {
      block();
      if (condition()) return true;
      std::this_thread::sleep_for(milliseconds(2));
    }
    return false;
  }
};

}  // namespace

TEST("it says hello, plays what is planned, and an engine that dies leaves no note for 250 ms; then it comes back") {
  engine e;
  host h;
  IS_TRUE(continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test"));
  std::this_thread::sleep_for(milliseconds(50));
  e.listen();
  for (int kill = 0; kill < 5; kill++) {
    IS_TRUE(e.accept(5000));
    IS_TRUE(e.hears("/continuo/hello"));
    e.welcome();
    IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
    h.block();
    IS_TRUE(e.hears("/continuo/transport"));
    e.plan(continuo_shim_epoch(h.shim.get()), continuo_shim_performance(h.shim.get()) + 0.2);
    IS_TRUE(h.until([&] { return continuo_shim_held(h.shim.get()) == 1; }));
    const auto began = steady_clock::now();
    e.hang_up();
    IS_TRUE(h.until([&] { return continuo_shim_held(h.shim.get()) == 0; }));
    IS_TRUE(steady_clock::now() - began < milliseconds(250));
    IS_TRUE(!continuo_shim_is_connected(h.shim.get()));
  }
}

TEST("a frame of a wrong length ends the conversation, and a new one begins") {
  engine e;
  e.listen();
  host h;
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), nullptr);
  const unsigned sizes[] = {0u, 0xffffffffu, 0x7fffffffu, 8193u};
  for (const unsigned size : sizes) {
    IS_TRUE(e.accept(5000));
    IS_TRUE(e.hears("/continuo/hello"));
    e.welcome();
    const std::uint8_t bytes[4] = {static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16), static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
    hosts::send_all(e.fd, bytes, 4);
    const auto until = steady_clock::now() + milliseconds(2000);
    while (!e.read(100).empty() && steady_clock::now() < until) {
    }
    IS_TRUE(steady_clock::now() < until);
    e.hang_up();
  }
}

TEST("frames cut anywhere are put together again") {
  engine e;
  e.listen();
  host h;
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  IS_TRUE(e.accept(5000));
  std::uint8_t packet[128];
  osc::writer w(packet, sizeof packet);
  w.begin("/continuo/welcome", "iis").i(1).i(1).s("test");
  const std::uint8_t size[4] = {0, 0, 0, static_cast<std::uint8_t>(w.size())};
  for (const std::uint8_t byte : size) hosts::send_all(e.fd, &byte, 1);
  for (std::size_t i = 0; i < w.size(); i++) {
    hosts::send_all(e.fd, packet + i, 1);
    std::this_thread::sleep_for(milliseconds(1));
  }
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
}

TEST("goodbye is said when the link stops, and without an engine it stops at once") {
  engine e;
  e.listen();
  host h;
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  IS_TRUE(e.accept(5000));
  e.welcome();
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
  continuo_shim_link_stop(h.shim.get());
  IS_TRUE(e.hears("/continuo/goodbye"));
  const auto began = steady_clock::now();
  continuo_shim_link_start(h.shim.get(), "/nowhere/at/all.sock", "test");
  continuo_shim_link_stop(h.shim.get());
  IS_TRUE(steady_clock::now() - began < milliseconds(500));
}

TEST("an engine that lets nobody in is said once, however often it is tried; one that is gone after a session, each time") {
  engine e;
  e.listen();
  ear hears;
  host h;
  continuo_shim_listen(h.shim.get(), &hears.listener);
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  const auto refuse = [&](const char* reason) {
    IS_TRUE(e.accept(5000));
    IS_TRUE(e.hears("/continuo/hello"));
    e.refuse(reason);
    while (!e.read(2000).empty()) {
    }
    e.hang_up();
  };
  for (int i = 0; i < 3; i++) refuse("no room for another session");
  refuse("this engine speaks version 1");
  for (int session = 1; session < 3; session++) {
    IS_TRUE(e.accept(5000));
    e.welcome();
    IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
    e.hang_up();
    IS_TRUE(h.until([&] { return hears.times("the engine is gone; looking for it") == session; }));
  }
  EQUAL(1, hears.times("the engine does not let us in: no room for another session"));
  EQUAL(1, hears.times("the engine does not let us in: this engine speaks version 1"));
}

TEST("where the engine has no local socket it is found at its port, and shown the token of the file beside it") {
  engine e;
  e.listen(hosts::listening::way::tcp);
  host h;
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  IS_TRUE(e.accept(5000));
  const auto hello = e.read(2000);
  const std::string token = e.listening->token();
  IS_TRUE(std::search(hello.begin(), hello.end(), token.begin(), token.end()) != hello.end());
  e.welcome();
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
  e.hang_up();
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) == 0; }));
}

TEST("a file of a port that names none, or one that nobody has, is no engine; the next good one is found") {
  engine e;
  host h;
  const std::string file = e.path + ".tcp";
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  for (const char* text : {"", "no port\nno token\n", "0\nt\n", "65536\nt\n", "99999999999\nt\n", "1\n", "1\nt\n"}) {
    std::ofstream(file) << text;
    std::this_thread::sleep_for(milliseconds(100));
    IS_TRUE(!continuo_shim_is_connected(h.shim.get()));
  }
  e.listen(hosts::listening::way::tcp);
  IS_TRUE(e.accept(5000));
  IS_TRUE(e.hears("/continuo/hello"));
}

TEST("the panel is opened where the engine names a page of this machine; where there is none, or no engine, people hear so") {
  engine e;
  ear hears;
  host h;
  continuo_shim_listen(h.shim.get(), &hears.listener);
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  continuo_shim_open_panel(h.shim.get());
  IS_TRUE(h.until([&] { return hears.heard("there is no engine, and so no panel"); }));
  e.listen();
  IS_TRUE(e.accept(5000));
  e.welcome();
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
  const auto ask = [&] {
    continuo_shim_open_panel(h.shim.get());
    IS_TRUE(e.hears("/continuo/query"));
    e.capability("model", "s");
  };
  ask();
  e.pong(200);
  IS_TRUE(h.until([&] { return hears.heard("this engine has no panel"); }));
  for (const char* other : {"file:///etc/passwd", "http://example.org/", "http://127.0.0.1:80/';reboot", "http://127.0.0.1.example.org:80/"}) {
    hears.forget();
    ask();
    e.capability("panel", other);
    e.pong(200);
    IS_TRUE(h.until([&] { return hears.heard("the panel does not open: what the engine names is no page of this machine"); }));
  }
#if defined(__linux__)
  // A browser of a line.
  const std::string opened = e.folder.file("opened"), path = std::getenv("PATH"), page = "http://127.0.0.1:8642/?token=1a2b#live";
  std::ofstream(e.folder.file("xdg-open")) << "#!/bin/sh\necho \"$#:$1\" >" << opened << "\n";
  std::filesystem::permissions(e.folder.file("xdg-open"), std::filesystem::perms::owner_all);
  hosts::set_environment("PATH", (e.folder.file("") + ":" + path).c_str());
  ask();
  e.capability("panel", page.c_str());
  IS_TRUE(h.until([&] { return hears.heard("the panel is at " + page); }));
  std::string line;
  IS_TRUE(h.until([&] { return static_cast<bool>(std::getline(std::ifstream(opened), line)); }));
  EQUAL("1:" + page, line);
  hosts::set_environment("PATH", path.c_str());
#endif
}

TEST("what was captured is told to people by its file") {
  engine e;
  e.listen();
  ear hears;
  host h;
  continuo_shim_listen(h.shim.get(), &hears.listener);
  continuo_shim_link_start(h.shim.get(), e.path.c_str(), "test");
  IS_TRUE(e.accept(5000));
  e.welcome();
  IS_TRUE(h.until([&] { return continuo_shim_is_connected(h.shim.get()) != 0; }));
  continuo_shim_capture(h.shim.get());
  IS_TRUE(e.hears("/continuo/capture"));
  std::uint8_t packet[256];
  osc::writer w(packet, sizeof packet);
  w.begin("/continuo/captured", "s").s("/home/me/000001.mid");
  e.send(w, packet);
  IS_TRUE(h.until([&] { return hears.heard("captured in /home/me/000001.mid"); }));
}
