#include "osc.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace continuo::osc {

namespace {

constexpr char bundle_name[] = "#bundle";  // with its zero exactly 8 bytes

std::uint64_t big_endian_at(const std::uint8_t* p, int bytes) noexcept {
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; i++) value = value << 8 | p[i];
  return value;
}

struct cursor {
  const std::uint8_t* p;
  const std::uint8_t* end;

  std::size_t left() const noexcept { return static_cast<std::size_t>(end - p); }

  // A string with its zeros up to the next four bytes.
  bool string(std::string_view& text) noexcept {
    const void* zero = std::memchr(p, 0, left());
    if (zero == nullptr) return false;
    const std::size_t length = static_cast<std::size_t>(static_cast<const std::uint8_t*>(zero) - p);
    const std::size_t padded = (length + 4) & ~std::size_t{3};
    if (padded > left()) return false;
    for (std::size_t i = length; i < padded; i++) {
      if (p[i] != 0) return false;
    }
    text = {reinterpret_cast<const char*>(p), length};
    p += padded;
    return true;
  }

  bool number(int bytes, std::uint64_t& value) noexcept {
    if (left() < static_cast<std::size_t>(bytes)) return false;
    value = big_endian_at(p, bytes);
    p += bytes;
    return true;
  }
};

// Null if the argument was read, else why not.
const char* read_argument(cursor& c, char type, argument& a) noexcept {
  std::uint64_t bits = 0;
  a.type = type;
  switch (type) {
    case 'i':
      if (!c.number(4, bits)) return "cut off";
      a.integer = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
      return nullptr;
    case 'h':
      if (!c.number(8, bits)) return "cut off";
      a.integer = static_cast<std::int64_t>(bits);
      return nullptr;
    case 'f': {
      if (!c.number(4, bits)) return "cut off";
      const auto word = static_cast<std::uint32_t>(bits);
      float value;
      std::memcpy(&value, &word, 4);
      a.number = static_cast<double>(value);
      return std::isfinite(value) ? nullptr : "number not finite";
    }
    case 'd':
      if (!c.number(8, bits)) return "cut off";
      std::memcpy(&a.number, &bits, 8);
      return std::isfinite(a.number) ? nullptr : "number not finite";
    case 'S':  // a symbol: a string by another name
      a.type = 's';
      [[fallthrough]];
    case 's':
      if (!c.string(a.text)) return "cut off";
      return a.text.size() <= longest_string ? nullptr : "string too long";
    case 'T':
    case 'F':
      a.integer = type == 'T' ? 1 : 0;
      return nullptr;
    default:
      return "type not known";
  }
}

void read_message(cursor c, sink& to) noexcept {
  message m;
  if (!c.string(m.address) || m.address.empty() || m.address[0] != '/') return to.refuse({}, "address cannot be read");
  if (m.address.size() > longest_string) return to.refuse({}, "address too long");
  std::string_view types;
  if (c.left() == 0) return to.receive(m);  // old programs leave out the tags where there are no arguments
  if (!c.string(types) || types.empty() || types[0] != ',') return to.refuse(m.address, "type tags cannot be read");
  types.remove_prefix(1);
  if (types.size() > most_arguments) return to.refuse(m.address, "too many arguments");
  for (const char type : types) {
    if (const char* wrong = read_argument(c, type, m.arguments[m.count++])) return to.refuse(m.address, wrong);
  }
  if (c.left() > 0) return to.refuse(m.address, "bytes left over");
  to.receive(m);
}

void read_element(cursor c, int depth, sink& to) noexcept {
  if (c.left() < 8 || std::memcmp(c.p, bundle_name, 8) != 0) return read_message(c, to);
  if (depth == deepest_bundle) return to.refuse({}, "bundles too deep");
  if (c.left() < 16) return to.refuse({}, "cut off");
  c.p += 16;  // the name and the time tag: everything is for now
  while (c.left() > 0) {
    std::uint64_t size = 0;
    if (!c.number(4, size) || size == 0 || size > c.left() || size % 4 != 0) return to.refuse({}, "bundle element of a wrong size");
    read_element({c.p, c.p + size}, depth + 1, to);
    c.p += size;
  }
}

}  // namespace

bool argument::as_double(double& value) const noexcept {
  if (type == 's' || type == 'T' || type == 'F') return false;
  value = type == 'f' || type == 'd' ? number : static_cast<double>(integer);
  return true;
}

bool argument::as_int(std::int32_t& value) const noexcept {
  constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  if (type == 's' || type == 'T' || type == 'F') return false;
  if (type == 'f' || type == 'd') {
    if (number < static_cast<double>(least) || number > static_cast<double>(most) || number != std::floor(number)) return false;
    value = static_cast<std::int32_t>(number);
    return true;
  }
  if (integer < least || integer > most) return false;
  value = static_cast<std::int32_t>(integer);
  return true;
}

void read(const void* packet, std::size_t size, sink& to) noexcept {
  if (size == 0 || size > largest_packet || size % 4 != 0) return to.refuse({}, "packet of a wrong size");
  const auto* p = static_cast<const std::uint8_t*>(packet);
  read_element({p, p + size}, 0, to);
}

void writer::put(const void* bytes, std::size_t n) noexcept {
  if (n > capacity_ - size_) ok_ = false;
  if (!ok_) return;
  std::memcpy(data_ + size_, bytes, n);
  size_ += n;
}

void writer::padded(std::string_view text) noexcept {
  constexpr char zeros[4] = {};
  put(text.data(), text.size());
  put(zeros, 4 - text.size() % 4);
}

void writer::big_endian(std::uint64_t value, int bytes) noexcept {
  std::uint8_t out[8];
  for (int i = 0; i < bytes; i++) out[i] = static_cast<std::uint8_t>(value >> 8 * (bytes - 1 - i));
  put(out, static_cast<std::size_t>(bytes));
}

void writer::close_element() noexcept {
  if (element_ == 0 || !ok_) return;
  const std::size_t length = size_ - element_ - 4;
  for (int i = 0; i < 4; i++) data_[element_ + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(length >> 8 * (3 - i));
  element_ = 0;
}

writer& writer::begin(std::string_view address, std::string_view types) noexcept {
  if (bundle_) {
    close_element();
    element_ = size_;
    big_endian(0, 4);
  }
  padded(address);
  char tags[most_arguments + 1] = {','};
  if (types.size() > most_arguments) ok_ = false;
  else std::memcpy(tags + 1, types.data(), types.size());
  if (ok_) padded({tags, types.size() + 1});
  return *this;
}

writer& writer::i(std::int32_t value) noexcept {
  big_endian(static_cast<std::uint32_t>(value), 4);
  return *this;
}

writer& writer::h(std::int64_t value) noexcept {
  big_endian(static_cast<std::uint64_t>(value), 8);
  return *this;
}

writer& writer::d(double value) noexcept {
  std::uint64_t bits;
  std::memcpy(&bits, &value, 8);
  big_endian(bits, 8);
  return *this;
}

writer& writer::s(std::string_view value) noexcept {
  if (value.size() > longest_string) ok_ = false;
  padded(value);
  return *this;
}

writer& writer::begin_bundle() noexcept {
  put(bundle_name, 8);
  big_endian(1, 8);  // the time tag "at once"
  bundle_ = true;
  return *this;
}

writer& writer::end_bundle() noexcept {
  close_element();
  bundle_ = false;
  return *this;
}

}  // namespace continuo::osc
