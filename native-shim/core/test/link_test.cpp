// The link against an engine of a few lines, on a real socket.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "check.h"
#include "continuo/shim.h"
#include "osc.h"

using namespace continuo;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

struct engine {
  std::string folder, path;
  int listening = -1, fd = -1;
  std::vector<std::uint8_t> unread;

  engine() {
    char name[] = "/tmp/continuo-link-XXXXXX";
    folder = ::mkdtemp(name);
    path = folder + "/engine.sock";
  }

  ~engine() {
    hang_up();
    if (listening >= 0) ::close(listening);
    ::unlink(path.c_str());
    ::rmdir(folder.c_str());
  }

  void listen() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ::bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listening, 4);
  }

  bool accept(int timeout) {
    pollfd p{listening, POLLIN, 0};
    if (::poll(&p, 1, timeout) <= 0) return false;
    fd = ::accept(listening, nullptr, nullptr);
    unread.clear();
    return fd >= 0;
  }

  void hang_up() {
    if (fd >= 0) ::close(fd);
    fd = -1;
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
      if (::poll(&p, 1, timeout) <= 0) return {};
      const ssize_t n = ::recv(fd, bytes, sizeof bytes, 0);
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
    ::send(fd, size, 4, MSG_NOSIGNAL);
    ::send(fd, packet, w.size(), MSG_NOSIGNAL);
  }

  void welcome() {
    std::uint8_t packet[128];
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/welcome", "iis").i(1).i(1).s("test");
    send(w, packet);
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
    ::send(e.fd, bytes, 4, MSG_NOSIGNAL);
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
  for (const std::uint8_t byte : size) ::send(e.fd, &byte, 1, MSG_NOSIGNAL);
  for (std::size_t i = 0; i < w.size(); i++) {
    ::send(e.fd, packet + i, 1, MSG_NOSIGNAL);
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
