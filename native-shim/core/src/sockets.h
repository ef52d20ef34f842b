// Sockets by the same words on every system; for what opens them. Windows' have to be asked for, which nobody minds twice.
#pragma once

#if defined(_WIN32)
#include <winsock2.h>
#include <ws2tcpip.h>
#include <afunix.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#endif

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace continuo::sockets {

#if defined(_WIN32)

using handle = SOCKET;
constexpr handle none = INVALID_SOCKET;

// As often as end(); the system counts.
inline bool begin() {
  WSADATA about;
  return ::WSAStartup(MAKEWORD(2, 2), &about) == 0;
}
inline void end() { ::WSACleanup(); }

inline void close(handle s) { ::closesocket(s); }
inline bool do_not_block(handle s) {
  u_long yes = 1;
  return ::ioctlsocket(s, FIONBIO, &yes) == 0;
}
inline int poll(pollfd* all, std::size_t count, int milliseconds) { return ::WSAPoll(all, static_cast<ULONG>(count), milliseconds); }
// Of the call that failed last: it may be tried again.
inline bool goes_on() { return ::WSAGetLastError() == WSAEWOULDBLOCK; }
inline bool begins_to_connect() { return goes_on(); }

inline std::ptrdiff_t read(handle s, void* bytes, std::size_t size) {
  return ::recv(s, static_cast<char*>(bytes), static_cast<int>(size), 0);
}
inline std::ptrdiff_t write(handle s, const void* bytes, std::size_t size) {
  return ::send(s, static_cast<const char*>(bytes), static_cast<int>(size), 0);
}

#else

using handle = int;
constexpr handle none = -1;

inline bool begin() { return true; }
inline void end() {}

inline void close(handle s) { ::close(s); }
inline bool do_not_block(handle s) { return ::fcntl(s, F_SETFL, O_NONBLOCK) == 0; }
inline int poll(pollfd* all, std::size_t count, int milliseconds) { return ::poll(all, static_cast<nfds_t>(count), milliseconds); }
inline bool goes_on() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }
inline bool begins_to_connect() { return errno == EINPROGRESS; }

inline std::ptrdiff_t read(handle s, void* bytes, std::size_t size) { return ::recv(s, bytes, size, 0); }
inline std::ptrdiff_t write(handle s, const void* bytes, std::size_t size) {
#if defined(MSG_NOSIGNAL)
  return ::send(s, bytes, size, MSG_NOSIGNAL);
#else
  return ::send(s, bytes, size, 0);
#endif
}

#endif

// A socket that no process started later inherits, and that ends nobody by a signal; `none` if the system has no such.
inline handle open(int family) {
  const handle s = ::socket(family, SOCK_STREAM, 0);
#if !defined(_WIN32)
  if (s != none) ::fcntl(s, F_SETFD, FD_CLOEXEC);
#endif
#if defined(SO_NOSIGPIPE)
  const int yes = 1;
  if (s != none) ::setsockopt(s, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
#endif
  return s;
}

// False if the path is longer than the system allows.
inline bool local_address(const std::string& path, sockaddr_un& address) {
  address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  return true;
}

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

}  // namespace continuo::sockets
