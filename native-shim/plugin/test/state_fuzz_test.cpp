// A project's bytes, as whoever wrote its file may have them: refused with everything as it was, or read and played.
#include <cmath>
#include <cstring>
#include <vector>

#include "../../core/test/fuzz.h"
#include "parameters.h"
#include "state.h"
#include "take.h"

using namespace continuo::plugin;

namespace {

constexpr std::uint32_t block = 4096, room = 256;
constexpr int blocks = 8;

// The same bytes behind a header that is right, so that damage gets past the checksum.
std::vector<std::uint8_t> with_header(const std::uint8_t* bytes, std::size_t size) {
  std::vector<std::uint8_t> all = {'C', 'O', 'N', 'T', 'I', 'N', 'U', 'O', 1, 0, 0, 0};
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (std::size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  for (int i = 0; i < 4; i++) all.push_back(static_cast<std::uint8_t>(size >> 8 * i));
  for (int i = 0; i < 8; i++) all.push_back(static_cast<std::uint8_t>(hash >> 8 * i));
  all.insert(all.end(), bytes, bytes + size);
  return all;
}

bool same(const state& a, const state& b) { return a.write() == b.write(); }

// Two bars from where the take begins.
void play(const std::vector<continuo_take_note>& notes) {
  continuo_shim* shim = continuo_shim_create();
  HOLDS(shim != nullptr && continuo_shim_activate(shim, 48000, block) == 1);
  HOLDS(continuo_shim_take(shim, notes.data(), static_cast<std::uint32_t>(notes.size())) == 1);
  continuo_shim_replay(shim, CONTINUO_OFFLINE, 1);
  fuzz::sounding heard;
  continuo_event out[room];
  continuo_transport host{};
  host.flags = CONTINUO_PLAYING | CONTINUO_HAS_TEMPO | CONTINUO_HAS_BEAT;
  host.tempo = 999;
  host.beat = notes.empty() ? 0 : notes.front().beat;
  for (int i = 0; i < blocks; i++) {
    heard.take(out, continuo_shim_process(shim, &host, nullptr, 0, block, out, room), block);
    host.beat += block * host.tempo / 60 / 48000;
  }
  for (int i = 0; i < blocks && !heard.none(); i++) heard.take(out, continuo_shim_release(shim, out, room), 1);
  HOLDS(heard.none());
  continuo_shim_destroy(shim);
}

void read(const std::uint8_t* bytes, std::size_t size) {
  state s;
  s.project = "before";
  const state before = s;
  if (!state::read(bytes, size, s).empty()) {
    HOLDS(same(s, before));
    return;
  }
  for (const auto& [id, value] : s.values) {
    const parameter* known = find_parameter(id);
    HOLDS(known != nullptr && value >= known->least && value <= known->most);
  }
  for (const auto& n : s.notes) HOLDS(take::sane(n));
  state again;
  const auto written = s.write();
  HOLDS(state::read(written.data(), written.size(), again).empty() && same(s, again));
  play(s.notes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  read(bytes, size);
  const auto all = with_header(bytes, size);
  read(all.data(), all.size());
  return 0;
}

FUZZ_TEST("whatever a project has in place of a state: it is refused whole, or means the same when it is saved again and plays")
