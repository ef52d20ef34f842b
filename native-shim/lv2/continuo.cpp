// The LV2 plugin: notes and transport in, notes out, parameters as control ports, the state as one chunk. Everything musical is
// in the core, everything else in the shared layer; here atoms become its events and back.
#include <lv2/atom/atom.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/log/log.h>
#include <lv2/midi/midi.h>
#include <lv2/state/state.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstring>
#include <memory>
#include <new>

#include "instance.h"
#include "ports.h"
#include "position.h"
#include "stretches.h"

namespace {

using continuo::lv2::position;
using continuo::lv2::position_object;
namespace ports = continuo::lv2;
namespace shared = continuo::plugin;

struct urids {
  LV2_URID blank, object, sequence, chunk, float_, double_, int_, long_;
  LV2_URID midi, position, bar, bar_beat, beat, beat_unit, beats_per_bar, beats_per_minute, speed, frame;
  LV2_URID state, state_changed, warning, note;

  explicit urids(const LV2_URID_Map& map) {
    const auto id = [&](const char* uri) { return map.map(map.handle, uri); };
    blank = id(LV2_ATOM__Blank);
    object = id(LV2_ATOM__Object);
    sequence = id(LV2_ATOM__Sequence);
    chunk = id(LV2_ATOM__Chunk);
    float_ = id(LV2_ATOM__Float);
    double_ = id(LV2_ATOM__Double);
    int_ = id(LV2_ATOM__Int);
    long_ = id(LV2_ATOM__Long);
    midi = id(LV2_MIDI__MidiEvent);
    position = id(LV2_TIME__Position);
    bar = id(LV2_TIME__bar);
    bar_beat = id(LV2_TIME__barBeat);
    beat = id(LV2_TIME__beat);
    beat_unit = id(LV2_TIME__beatUnit);
    beats_per_bar = id(LV2_TIME__beatsPerBar);
    beats_per_minute = id(LV2_TIME__beatsPerMinute);
    speed = id(LV2_TIME__speed);
    frame = id(LV2_TIME__frame);
    state = id("urn:continuo:player#state");
    state_changed = id(LV2_STATE__StateChanged);
    warning = id(LV2_LOG__Warning);
    note = id(LV2_LOG__Note);
  }
};

class plugin : private shared::listener {
 public:
  plugin(const LV2_URID_Map& map, const LV2_Log_Log* log, double sample_rate)
      : ids_(map),
        log_(log),
        sample_rate_(sample_rate),
        block_(std::make_unique<shared::stretches>()),
        plays_(std::make_unique<shared::instance>(static_cast<shared::listener*>(this))) {
    for (auto& value : seen_) value = std::nanf("");
  }

  // [main]
  void activate() { plays_->activate(sample_rate_, 0); }
  void deactivate() { plays_->deactivate(); }

  // [audio]
  void connect(std::uint32_t port, void* data) {
    if (port == ports::notes_in) in_port_ = static_cast<const LV2_Atom_Sequence*>(data);
    if (port == ports::notes_out) out_port_ = static_cast<LV2_Atom_Sequence*>(data);
    if (port == ports::left_out) sound_[0] = static_cast<float*>(data);
    if (port == ports::right_out) sound_[1] = static_cast<float*>(data);
    if (port == ports::freewheel) freewheel_ = static_cast<const float*>(data);
    if (port >= ports::first_parameter && port < ports::port_count) controls_[port - ports::first_parameter] = static_cast<const float*>(data);
  }

  // [audio] A position inside the block splits it.
  void run(std::uint32_t frames) CONTINUO_NONBLOCKING {
    look_at_controls();
    for (float* channel : sound_) {
      if (channel != nullptr) std::memset(channel, 0, frames * sizeof(float));
    }
    shared::stretches& block = *block_;
    out_room_ = 0;
    if (out_port_ != nullptr) begin_out();
    if (out_room_ >= notice_size && state_changed_.exchange(false, std::memory_order_relaxed)) write_notice();
    block.begin(frames, sample_rate_, out_room_ / event_size);
    std::uint32_t done = 0;
    block.transport(*plays_, 0, &position_.transport());
    if (in_port_ != nullptr) {
      LV2_ATOM_SEQUENCE_FOREACH(in_port_, event) {
        const auto at = static_cast<std::uint32_t>(std::clamp<std::int64_t>(event->time.frames, done, frames));
        if (event->body.type == ids_.midi) {
          hear(*event, at);
        } else if (event->body.type == ids_.object || event->body.type == ids_.blank) {
          const auto* object = reinterpret_cast<const LV2_Atom_Object*>(&event->body);
          if (object->body.otype != ids_.position) continue;
          position_.advance(at - done, sample_rate_);
          done = at;
          position_.say(read(*object), sample_rate_);
          block.transport(*plays_, at, &position_.transport());
        }
      }
    }
    block.end(*plays_);
    position_.advance(frames - done, sample_rate_);
    for (std::uint32_t i = 0; i < block.size(); i++) write(block.events()[i]);
  }

  // [main]
  LV2_State_Status save(LV2_State_Store_Function store, LV2_State_Handle handle) {
    const auto bytes = plays_->save();
    if (bytes.empty()) return LV2_STATE_ERR_UNKNOWN;
    return store(handle, ids_.state, bytes.data(), bytes.size(), ids_.chunk, LV2_STATE_IS_POD | LV2_STATE_IS_PORTABLE);
  }
  LV2_State_Status restore(LV2_State_Retrieve_Function retrieve, LV2_State_Handle handle) {
    std::size_t size = 0;
    std::uint32_t type = 0, flags = 0;
    const void* bytes = retrieve(handle, ids_.state, &size, &type, &flags);
    if (bytes == nullptr) return LV2_STATE_ERR_NO_PROPERTY;
    if (type != ids_.chunk) return LV2_STATE_ERR_BAD_TYPE;
    return plays_->load(bytes, size) ? LV2_STATE_SUCCESS : LV2_STATE_ERR_UNKNOWN;
  }

 private:
  // What a host has in a control port is the parameter, from the first block on.
  void look_at_controls() CONTINUO_NONBLOCKING {
    for (std::uint32_t i = 0; i < shared::parameter_count; i++) {
      if (controls_[i] == nullptr || *controls_[i] == seen_[i]) continue;
      seen_[i] = *controls_[i];
      // A host that sends a NaN in every block is refused in every block.
      plays_->set(i, static_cast<double>(seen_[i]));
    }
    const bool renders = freewheel_ != nullptr && *freewheel_ > 0;
    if (renders != renders_) plays_->freewheel(renders);
    renders_ = renders;
  }

  void hear(const LV2_Atom_Event& event, std::uint32_t frame) CONTINUO_NONBLOCKING {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event + 1);
    const std::uint32_t size = event.body.size;
    if (size < 2 || size > 3 || bytes[0] >= 0xf0) return;
    block_->event(frame, bytes[0], bytes[1], size == 3 ? bytes[2] : std::uint8_t{0});
  }

  double number(const LV2_Atom& atom) const CONTINUO_NONBLOCKING {
    const void* body = &atom + 1;
    if (atom.type == ids_.float_) return static_cast<double>(*static_cast<const float*>(body));
    if (atom.type == ids_.double_) return *static_cast<const double*>(body);
    if (atom.type == ids_.int_) return *static_cast<const std::int32_t*>(body);
    if (atom.type == ids_.long_) return static_cast<double>(*static_cast<const std::int64_t*>(body));
    return std::nan("");
  }

  position_object read(const LV2_Atom_Object& object) const CONTINUO_NONBLOCKING {
    position_object p;
    LV2_ATOM_OBJECT_FOREACH(&object, property) {
      const double value = number(property->value);
      if (property->key == ids_.bar) p.bar = value;
      if (property->key == ids_.bar_beat) p.bar_beat = value;
      if (property->key == ids_.beat) p.beat = value;
      if (property->key == ids_.beat_unit) p.beat_unit = value;
      if (property->key == ids_.beats_per_bar) p.beats_per_bar = value;
      if (property->key == ids_.beats_per_minute) p.beats_per_minute = value;
      if (property->key == ids_.speed) p.speed = value;
      if (property->key == ids_.frame) p.frame = value;
    }
    return p;
  }

  // Three bytes of MIDI, padded to eight.
  static constexpr std::size_t event_size = sizeof(LV2_Atom_Event) + 8;

  void begin_out() CONTINUO_NONBLOCKING {
    // The host says by the atom's size how much room there is.
    const std::size_t capacity = out_port_->atom.size;
    out_room_ = capacity > sizeof(LV2_Atom_Sequence_Body) ? capacity - sizeof(LV2_Atom_Sequence_Body) : 0;
    out_port_->atom.type = ids_.sequence;
    out_port_->atom.size = sizeof(LV2_Atom_Sequence_Body);
    out_port_->body.unit = 0;
    out_port_->body.pad = 0;
  }

  void write(const continuo_event& e) CONTINUO_NONBLOCKING {
    auto* event = reinterpret_cast<LV2_Atom_Event*>(reinterpret_cast<char*>(&out_port_->body) + out_port_->atom.size);
    event->time.frames = e.frame;
    event->body.type = ids_.midi;
    event->body.size = (e.status & 0xe0) == 0xc0 ? 2 : 3;
    auto* bytes = reinterpret_cast<std::uint8_t*>(event + 1);
    std::memset(bytes, 0, 8);
    bytes[0] = e.status;
    bytes[1] = e.data1;
    if (event->body.size == 3) bytes[2] = e.data2;
    out_port_->atom.size += static_cast<std::uint32_t>(event_size);
    out_room_ -= event_size;
  }

  // That there is something to save: an object of LV2's state extension, which has no properties.
  static constexpr std::size_t notice_size = sizeof(LV2_Atom_Event) + sizeof(LV2_Atom_Object_Body);

  void write_notice() CONTINUO_NONBLOCKING {
    auto* event = reinterpret_cast<LV2_Atom_Event*>(reinterpret_cast<char*>(&out_port_->body) + out_port_->atom.size);
    event->time.frames = 0;
    event->body.type = ids_.object;
    event->body.size = sizeof(LV2_Atom_Object_Body);
    *reinterpret_cast<LV2_Atom_Object_Body*>(event + 1) = {0, ids_.state_changed};
    out_port_->atom.size += static_cast<std::uint32_t>(notice_size);
    out_room_ -= notice_size;
  }

  void print(LV2_URID kind, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    log_->vprintf(log_->handle, kind, format, arguments);
    va_end(arguments);
  }

  // [link, main]
  void say(bool trouble, const char* line) noexcept override {
    if (log_ != nullptr) print(trouble ? ids_.warning : ids_.note, "Continuo: %s\n", line);
  }

  // [link]
  void state_changed() noexcept override { state_changed_.store(true, std::memory_order_relaxed); }

  const urids ids_;
  const LV2_Log_Log* const log_;
  const double sample_rate_;
  const std::unique_ptr<shared::stretches> block_;
  const LV2_Atom_Sequence* in_port_ = nullptr;
  LV2_Atom_Sequence* out_port_ = nullptr;
  float* sound_[2] = {};
  const float* freewheel_ = nullptr;
  const float* controls_[shared::parameter_count] = {};
  float seen_[shared::parameter_count];
  bool renders_ = false;
  std::atomic<bool> state_changed_{false};
  position position_;
  std::size_t out_room_ = 0;
  const std::unique_ptr<shared::instance> plays_;  // last: its thread ends before what it speaks to
};

LV2_Handle instantiate(const LV2_Descriptor*, double sample_rate, const char*, const LV2_Feature* const* features) {
  const LV2_URID_Map* map = nullptr;
  const LV2_Log_Log* log = nullptr;
  for (; features != nullptr && *features != nullptr; features++) {
    if (std::strcmp((*features)->URI, LV2_URID__map) == 0) map = static_cast<const LV2_URID_Map*>((*features)->data);
    if (std::strcmp((*features)->URI, LV2_LOG__log) == 0) log = static_cast<const LV2_Log_Log*>((*features)->data);
  }
  if (map == nullptr) return nullptr;
  try {
    return new plugin(*map, log, sample_rate);
  } catch (...) {
    return nullptr;  // no memory
  }
}

const LV2_State_Interface state = {
    [](LV2_Handle handle, LV2_State_Store_Function store, LV2_State_Handle to, std::uint32_t, const LV2_Feature* const*) {
      return static_cast<plugin*>(handle)->save(store, to);
    },
    [](LV2_Handle handle, LV2_State_Retrieve_Function retrieve, LV2_State_Handle from, std::uint32_t, const LV2_Feature* const*) {
      return static_cast<plugin*>(handle)->restore(retrieve, from);
    },
};

const LV2_Descriptor descriptor = {
    "urn:continuo:player",
    instantiate,
    [](LV2_Handle handle, std::uint32_t port, void* data) { static_cast<plugin*>(handle)->connect(port, data); },
    [](LV2_Handle handle) { static_cast<plugin*>(handle)->activate(); },
    [](LV2_Handle handle, std::uint32_t frames) { static_cast<plugin*>(handle)->run(frames); },
    [](LV2_Handle handle) { static_cast<plugin*>(handle)->deactivate(); },
    [](LV2_Handle handle) { delete static_cast<plugin*>(handle); },
    [](const char* uri) -> const void* { return std::strcmp(uri, LV2_STATE__interface) == 0 ? &state : nullptr; },
};

}  // namespace

LV2_SYMBOL_EXPORT const LV2_Descriptor* lv2_descriptor(std::uint32_t index) { return index == 0 ? &descriptor : nullptr; }
