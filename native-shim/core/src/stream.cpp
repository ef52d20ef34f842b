#include "stream.h"

#include <filesystem>
#include <fstream>

#include "sockets.h"

namespace continuo {

namespace {

constexpr int longest_connect = 250;  // ms
constexpr std::size_t longest_token = 255;

}  // namespace

stream stream::connect(const std::string& path) {
  stream made;
  if (!sockets::begin()) return made;
  if (!made.to_local_socket(path) && !made.to_port(path + ".tcp")) sockets::end();
  return made;
}

stream::~stream() {
  if (!is_open()) return;
  close();
  sockets::end();
}

void stream::close() {
  if (is_open()) sockets::close(socket_);
  socket_ = none;
}

bool stream::to_local_socket(const std::string& path) {
  sockaddr_un address;
  if (!sockets::local_address(path, address)) return false;
  socket_ = sockets::open(AF_UNIX);
  if (!is_open()) return false;
  // Windows connects such sockets at once, but says that it has yet to when it may not block.
#if defined(_WIN32)
  const bool there = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && sockets::do_not_block(socket_);
#else
  const bool there = sockets::do_not_block(socket_) && ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
#endif
  if (!there) close();
  return there;
}

// The file has the port and, in its second line, the token. Who may write it could as well put a socket in its place.
bool stream::to_port(const std::string& file) {
  std::ifstream lines(std::filesystem::u8path(file));
  int port = 0;
  std::string token;
  if (!(lines >> port >> token) || port < 1 || port > 65535 || token.size() > longest_token) return false;
  socket_ = sockets::open(AF_INET);
  if (!is_open()) return false;
  const sockaddr_in address = sockets::loopback(static_cast<std::uint16_t>(port));
  bool there = sockets::do_not_block(socket_) && (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
                                                  sockets::begins_to_connect());
  pollfd ready{socket_, POLLOUT, 0};
  there = there && sockets::poll(&ready, 1, longest_connect) == 1 && (ready.revents & (POLLERR | POLLHUP)) == 0;
  const int yes = 1;
  there = there && ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char*>(&yes), sizeof yes) == 0;
  if (there) token_ = token;
  else close();
  return there;
}

bool stream::wait(int milliseconds, bool to_write, bool& to_read) {
  pollfd what{socket_, static_cast<short>(POLLIN | (to_write ? POLLOUT : 0)), 0};
  const bool waited = sockets::poll(&what, 1, milliseconds) >= 0 || sockets::goes_on();
  // A hang-up is read as the end.
  to_read = waited && (what.revents & ~POLLOUT) != 0;
  return waited;
}

std::ptrdiff_t stream::read(std::uint8_t* bytes, std::size_t size) {
  const std::ptrdiff_t n = sockets::read(socket_, bytes, size);
  return n > 0 ? n : n < 0 && sockets::goes_on() ? 0 : -1;
}

std::ptrdiff_t stream::write(const std::uint8_t* bytes, std::size_t size) {
  const std::ptrdiff_t n = sockets::write(socket_, bytes, size);
  return n >= 0 ? n : sockets::goes_on() ? 0 : -1;
}

}  // namespace continuo
