#include "state.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "parameters.h"
#include "take.h"

namespace continuo::plugin {

namespace {

// "CONTINUO", version, size of what follows the header, FNV-1a of that.
constexpr char magic[8] = {'C', 'O', 'N', 'T', 'I', 'N', 'U', 'O'};
constexpr std::uint32_t version = 1;
constexpr std::size_t header = 8 + 4 + 4 + 8;
constexpr std::size_t most_values = 1024, longest_project = 64;

std::uint64_t checksum(const std::uint8_t* bytes, std::size_t size) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (std::size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

class bytes_out {
 public:
  template <typename T>
  void put(T value) {
    for (std::size_t i = 0; i < sizeof value; i++) bytes.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xff));
  }
  void put(double value) {
    std::uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    put(bits);
  }
  std::vector<std::uint8_t> bytes;
};

class bytes_in {
 public:
  bytes_in(const std::uint8_t* at, std::size_t left) : at_(at), left_(left) {}

  template <typename T>
  T get() {
    T value = 0;
    if (left_ < sizeof value) {
      good_ = false;
      return value;
    }
    for (std::size_t i = 0; i < sizeof value; i++) value = static_cast<T>(value | static_cast<T>(T{at_[i]} << 8 * i));
    at_ += sizeof value;
    left_ -= sizeof value;
    return value;
  }
  double number() {
    const auto bits = get<std::uint64_t>();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  bool good() const { return good_; }
  std::size_t left() const { return left_; }

 private:
  const std::uint8_t* at_;
  std::size_t left_;
  bool good_ = true;
};

bool is_name(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; }

}  // namespace

std::vector<std::uint8_t> state::write() const {
  bytes_out body;
  body.put(static_cast<std::uint8_t>(project.size()));
  body.bytes.insert(body.bytes.end(), project.begin(), project.end());
  body.put(channel);
  body.put(static_cast<std::uint16_t>(values.size()));
  for (const auto& [id, value] : values) {
    body.put(id);
    body.put(value);
  }
  body.put(static_cast<std::uint32_t>(notes.size()));
  for (const auto& n : notes) {
    body.put(n.beat);
    body.put(n.length);
    body.put(n.channel);
    body.put(n.pitch);
    body.put(n.velocity);
  }
  bytes_out all;
  all.bytes.assign(magic, magic + sizeof magic);
  all.put(version);
  all.put(static_cast<std::uint32_t>(body.bytes.size()));
  all.put(checksum(body.bytes.data(), body.bytes.size()));
  all.bytes.insert(all.bytes.end(), body.bytes.begin(), body.bytes.end());
  return all.bytes;
}

std::string state::read(const void* data, std::size_t size, state& to) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  if (size > largest) return "the saved state is larger than " + std::to_string(largest) + " bytes";
  if (size < header || std::memcmp(bytes, magic, sizeof magic) != 0) return "the saved state is not Continuo's";
  bytes_in head(bytes + sizeof magic, header - sizeof magic);
  const auto made_by = head.get<std::uint32_t>();
  const auto length = head.get<std::uint32_t>();
  const auto sum = head.get<std::uint64_t>();
  if (made_by != version) return "the saved state is of version " + std::to_string(made_by) + ", this Continuo reads " + std::to_string(version);
  if (length != size - header) return "the saved state is cut off";
  if (checksum(bytes + header, length) != sum) return "the saved state is damaged";

  const std::string wrong = "the saved state makes no sense";
  state s;
  bytes_in in(bytes + header, length);
  const std::size_t letters = in.get<std::uint8_t>();
  if (letters > longest_project || letters > in.left()) return wrong;
  for (std::size_t i = 0; i < letters; i++) s.project += static_cast<char>(in.get<std::uint8_t>());
  if (!std::all_of(s.project.begin(), s.project.end(), is_name)) return wrong;
  s.channel = in.get<std::uint8_t>();
  if (s.channel > 15) return wrong;
  const std::size_t count = in.get<std::uint16_t>();
  if (count > most_values || in.left() < count * 12) return wrong;
  for (std::size_t i = 0; i < count; i++) {
    const auto id = in.get<std::uint32_t>();
    const double value = in.number();
    const parameter* known = find_parameter(id);
    if (!std::isfinite(value)) return wrong;
    if (known != nullptr && (value < known->least || value > known->most)) return wrong;
    if (known != nullptr) s.values.emplace_back(id, value);
  }
  const std::size_t notes = in.get<std::uint32_t>();
  if (notes > take::most_notes || in.left() != notes * 19) return wrong;
  s.notes.reserve(notes);
  for (std::size_t i = 0; i < notes; i++) {
    continuo_take_note n{};
    n.beat = in.number();
    n.length = in.number();
    n.channel = in.get<std::uint8_t>();
    n.pitch = in.get<std::uint8_t>();
    n.velocity = in.get<std::uint8_t>();
    if (!take::sane(n) || (!s.notes.empty() && s.notes.back().beat > n.beat)) return wrong;
    s.notes.push_back(n);
  }
  if (!in.good()) return wrong;
  to = std::move(s);
  return "";
}

}  // namespace continuo::plugin
