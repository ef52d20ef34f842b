// What an engine, or whoever sits at its socket, may send: cut into packets as the link does it, read, and played.
#include <vector>

#include "frames.h"
#include "fuzz.h"

namespace {

using packets = std::vector<std::vector<std::uint8_t>>;

constexpr std::uint32_t block = 4096, room = 256;
constexpr int blocks = 24;  // four quarter notes at 120

// The packets of the stream, whatever pieces it comes in.
packets cut(const std::uint8_t* bytes, std::size_t size, std::size_t piece, bool& good) {
  packets found;
  continuo::frames frames;
  good = true;
  for (std::size_t at = 0; good && at < size; at += piece) {
    good = frames.take(bytes + at, size - at < piece ? size - at : piece, [&](const std::uint8_t* packet, std::uint32_t length) {
      found.emplace_back(packet, packet + length);
      return true;
    });
  }
  return found;
}

struct player {
  continuo_shim* shim = continuo_shim_create();
  fuzz::sounding heard;
  double beat = 0;

  player() {
    HOLDS(shim != nullptr && continuo_shim_activate(shim, 48000, block) == 1);
    continuo_shim_connected(shim);
    next();
    report();
  }
  ~player() { continuo_shim_destroy(shim); }
  player(const player&) = delete;
  player& operator=(const player&) = delete;

  void next() {
    continuo_transport host{};
    host.flags = CONTINUO_PLAYING | CONTINUO_HAS_TEMPO | CONTINUO_HAS_BEAT | CONTINUO_HAS_METER;
    host.numerator = host.denominator = 4;
    host.beat = beat;
    host.tempo = 120;
    continuo_event out[room];
    heard.take(out, continuo_shim_process(shim, &host, nullptr, 0, block, out, room), block);
    beat += block * 2.0 / 48000;
  }

  void report() {
    std::uint8_t packet[1024];
    while (continuo_shim_take_packet(shim, packet, sizeof packet) > 0) {
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // The first byte: in what pieces it comes.
  if (size == 0) return 0;
  bool good = false, whole = false;
  const packets found = cut(bytes + 1, size - 1, 1u + bytes[0], good);
  HOLDS(found == cut(bytes + 1, size - 1, size, whole) && good == whole);

  player p;
  int heard = 0;
  for (const auto& packet : found) {
    HOLDS(packet.size() <= continuo::osc::largest_packet);
    continuo_shim_give_packet(p.shim, packet.data(), static_cast<std::uint32_t>(packet.size()));
    if (heard++ < blocks) p.next();
    p.report();
  }
  for (; heard < blocks; heard++) p.next();
  p.report();
  continuo_shim_disconnected(p.shim);
  p.next();
  HOLDS(continuo_shim_held(p.shim) == 0 && p.heard.none());
  return 0;
}

FUZZ_TEST("whatever comes from the engine's socket, in whatever pieces: notes are not doubled, and end with the connection")
