// Open Sound Control 1.0, as far as Continuo speaks it: messages of a few numbers and strings, bundles of them, nothing else.
// Reading never trusts a size, asks for no memory and cannot run past the packet. Any thread; each object by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace continuo::osc {

inline constexpr std::size_t largest_packet = 8192;
inline constexpr int deepest_bundle = 4;
inline constexpr int most_arguments = 16;
inline constexpr std::size_t longest_string = 255;

struct argument {
  char type;  // i h f d s T F
  union {
    std::int64_t integer;
    double number;
  };
  std::string_view text;  // points into the packet

  // The value as a number, whichever of i, h, f, d it came as; false for anything else.
  bool as_double(double& value) const noexcept;
  // The same, and integral, and within the 32 bits of an int.
  bool as_int(std::int32_t& value) const noexcept;
};

struct message {
  std::string_view address;
  int count = 0;
  argument arguments[most_arguments];
};

class sink {
 public:
  virtual ~sink() = default;
  virtual void receive(const message&) noexcept = 0;
  // Something could not be read; what follows it in the packet still is, where its place is known.
  virtual void refuse(std::string_view address, const char* reason) noexcept = 0;
};

// Hands every message of a packet to `to`, in order.
void read(const void* packet, std::size_t size, sink& to) noexcept;

// Writes messages, or bundles of them, into a buffer. What finds no room makes `ok` false and leaves the buffer as it was.
class writer {
 public:
  writer(void* buffer, std::size_t capacity) noexcept : data_(static_cast<std::uint8_t*>(buffer)), capacity_(capacity) {}

  // `types` as in the type tag string, without comma; then one call for each of them, in order.
  writer& begin(std::string_view address, std::string_view types) noexcept;
  writer& i(std::int32_t value) noexcept;
  writer& h(std::int64_t value) noexcept;
  writer& d(double value) noexcept;
  writer& s(std::string_view value) noexcept;

  // What follows up to end_bundle lies in one bundle, each message after its size.
  writer& begin_bundle() noexcept;
  writer& end_bundle() noexcept;

  bool ok() const noexcept { return ok_; }
  std::size_t size() const noexcept { return ok_ ? size_ : 0; }

 private:
  void put(const void* bytes, std::size_t n) noexcept;
  void padded(std::string_view text) noexcept;
  void big_endian(std::uint64_t value, int bytes) noexcept;
  void close_element() noexcept;

  std::uint8_t* data_;
  std::size_t capacity_;
  std::size_t size_ = 0;
  std::size_t element_ = 0;  // where the open element of a bundle has its size; 0: none
  bool bundle_ = false;
  bool ok_ = true;
};

}  // namespace continuo::osc
