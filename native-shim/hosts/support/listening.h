// An engine's end of the stream (SPEC.md 4.1): listens at a local socket, or where the system has none at TCP on loopback, with
// port and token in a file beside it. Waits where nothing else is said. `none` where something fails.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "../../core/src/sockets.h"

namespace continuo::hosts {

class listening {
 public:
  enum class way { as_the_system_can, tcp };

  explicit listening(std::string path, way how = way::as_the_system_can) : path_(std::move(path)) {
    sockets::begin();
    if (how == way::tcp || !at_local_socket()) at_port();
  }

  ~listening() {
    if (socket_ != sockets::none) sockets::close(socket_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
    std::filesystem::remove(path_ + ".tcp", ignored);
    sockets::end();
  }

  listening(const listening&) = delete;
  listening& operator=(const listening&) = delete;

  sockets::handle socket() const { return socket_; }
  // What a hello has to show; empty at a local socket.
  const std::string& token() const { return token_; }

  sockets::handle accept() const { return ::accept(socket_, nullptr, nullptr); }

 private:
  bool at_local_socket() {
    sockaddr_un address;
    socket_ = sockets::local_address(path_, address) ? sockets::open(AF_UNIX) : sockets::none;
    if (socket_ == sockets::none) return false;
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);  // the socket of an engine that died
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(socket_, 16) == 0) return true;
    sockets::close(socket_);
    socket_ = sockets::none;
    return false;
  }

  void at_port() {
    socket_ = sockets::open(AF_INET);
    sockaddr_in address = sockets::loopback(0);
    socklen_t size = sizeof address;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0) return;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    ::listen(socket_, 16);
    token_ = "a-token-of-the-test";
    // Whole or not at all: who looks meanwhile must not see half of it.
    std::ofstream(path_ + ".tcp.new") << ntohs(address.sin_port) << "\n" << token_ << "\n";
    std::error_code wrong;  // Windows moves nothing over a file that somebody reads: again then
    do {
      std::filesystem::rename(path_ + ".tcp.new", path_ + ".tcp", wrong);
    } while (wrong == std::errc::permission_denied);
  }

  const std::string path_;
  sockets::handle socket_ = sockets::none;
  std::string token_;
};

// Sends all of it; what finds nobody is lost.
inline void send_all(sockets::handle to, const void* bytes, std::size_t size) {
  const auto* left = static_cast<const std::uint8_t*>(bytes);
  while (size > 0) {
    const std::ptrdiff_t n = sockets::write(to, left, size);
    if (n <= 0) return;
    left += n;
    size -= static_cast<std::size_t>(n);
  }
}

}  // namespace continuo::hosts
