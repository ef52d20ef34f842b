// The stream to the engine (SPEC.md 4.1): its local socket, or TCP on loopback where the engine's system has no such sockets.
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace continuo {

class stream {
 public:
  // To whoever listens at the local socket `path`, else at the port that the file `path`.tcp names. Not open if nobody does.
  // Waits for TCP alone, a quarter of a second at most.
  static stream connect(const std::string& path);

  stream() = default;
  stream(stream&& other) noexcept : socket_(std::exchange(other.socket_, none)), token_(std::move(other.token_)) {}
  stream& operator=(stream&&) = delete;
  ~stream();

  bool is_open() const { return socket_ != none; }
  // What hello has to show; empty at a local socket.
  const std::string& token() const { return token_; }

  // Waits until there is something to read or, if `to_write`, room to write; at most so long. False if it cannot be waited for.
  bool wait(int milliseconds, bool to_write, bool& to_read);

  // How many bytes; 0 if there is nothing to read now, or no room; -1 if the other side is gone.
  std::ptrdiff_t read(std::uint8_t* bytes, std::size_t size);
  std::ptrdiff_t write(const std::uint8_t* bytes, std::size_t size);

 private:
#if defined(_WIN32)
  using handle = std::uintptr_t;  // SOCKET
#else
  using handle = int;
#endif
  static constexpr handle none = static_cast<handle>(-1);

  bool to_local_socket(const std::string& path);
  bool to_port(const std::string& file);
  void close();

  handle socket_ = none;
  std::string token_;
};

}  // namespace continuo
