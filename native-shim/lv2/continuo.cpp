// The LV2 plugin: MIDI and transport in, MIDI out. Everything musical is in the core; here atoms become its events and back.
// It starts nothing: the engine has to run, and is found by $CONTINUO_SOCKET or at its default place.
#include <lv2/atom/atom.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <sstream>
#include <string>

#include "continuo/shim.h"
#include "position.h"

namespace {

using continuo::lv2::position;
using continuo::lv2::position_object;

struct urids {
  LV2_URID blank, object, sequence, chunk, float_, double_, int_, long_;
  LV2_URID midi, position, bar, bar_beat, beat, beat_unit, beats_per_bar, beats_per_minute, speed;

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
  }
};

class plugin {
 public:
  static constexpr std::uint32_t most_events = 512;  // in one block, each way

  plugin(const LV2_URID_Map& map, double sample_rate)
      : ids_(map), sample_rate_(sample_rate), shim_(continuo_shim_create(), continuo_shim_destroy) {
    if (shim_ == nullptr) throw std::bad_alloc();
  }

  // [main] The link is started here and not before: hosts make plugins only to look at them.
  void activate() {
    continuo_shim_activate(shim_.get(), sample_rate_, 0);
    if (linked_) return;
    // Who plays what, until there are controls for it: "channel=instrument:player,...".
    const char* parts = std::getenv("CONTINUO_PARTS");
    std::istringstream list(parts != nullptr ? parts : "0=piano:musician,1=bass:model,9=drums:model");
    for (std::string part; std::getline(list, part, ',');) {
      const auto equals = part.find('='), colon = part.find(':');
      if (equals == std::string::npos || colon == std::string::npos || colon < equals) continue;
      continuo_shim_part(shim_.get(), std::atoi(part.c_str()), part.substr(equals + 1, colon - equals - 1).c_str(), part.substr(colon + 1).c_str());
    }
    linked_ = continuo_shim_link_start(shim_.get(), nullptr, std::getenv("CONTINUO_BAND")) != 0;
  }

  // [main]
  void deactivate() { continuo_shim_deactivate(shim_.get()); }

  // [audio]
  void connect(std::uint32_t port, void* data) {
    if (port == 0) in_port_ = static_cast<const LV2_Atom_Sequence*>(data);
    if (port == 1) out_port_ = static_cast<LV2_Atom_Sequence*>(data);
  }

  // [audio] A position inside the block splits it.
  void run(std::uint32_t frames) CONTINUO_NONBLOCKING {
    if (out_port_ == nullptr) return;
    begin_out();
    std::uint32_t done = 0;
    in_count_ = 0;
    if (in_port_ != nullptr) {
      LV2_ATOM_SEQUENCE_FOREACH(in_port_, event) {
        const auto at = static_cast<std::uint32_t>(std::clamp<std::int64_t>(event->time.frames, done, frames));
        if (event->body.type == ids_.midi) {
          hear(*event, at - done);
        } else if (event->body.type == ids_.object || event->body.type == ids_.blank) {
          const auto* object = reinterpret_cast<const LV2_Atom_Object*>(&event->body);
          if (object->body.otype != ids_.position) continue;
          process(done, at);
          done = at;
          position_.say(read(*object));
        }
      }
    }
    process(done, frames);
  }

 private:
  // [audio] The part of the block from frame `from` up to `until`.
  void process(std::uint32_t from, std::uint32_t until) CONTINUO_NONBLOCKING {
    if (from == until && in_count_ == 0) return;
    const auto room = static_cast<std::uint32_t>(std::min<std::size_t>(most_events, out_room_ / event_size));
    const std::uint32_t n = continuo_shim_process(shim_.get(), &position_.transport(), in_, in_count_, until - from, out_, room);
    position_.advance(until - from, sample_rate_);
    in_count_ = 0;
    for (std::uint32_t i = 0; i < n; i++) write(from + out_[i].frame, out_[i]);
  }

  void hear(const LV2_Atom_Event& event, std::uint32_t frame) CONTINUO_NONBLOCKING {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&event + 1);
    const std::uint32_t size = event.body.size;
    if (size < 2 || size > 3 || bytes[0] >= 0xf0 || in_count_ == most_events) return;
    in_[in_count_++] = {frame, bytes[0], bytes[1], size == 3 ? bytes[2] : std::uint8_t{0}, 0};
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

  void write(std::uint32_t frame, const continuo_event& e) CONTINUO_NONBLOCKING {
    auto* event = reinterpret_cast<LV2_Atom_Event*>(reinterpret_cast<char*>(&out_port_->body) + out_port_->atom.size);
    event->time.frames = frame;
    event->body.type = ids_.midi;
    event->body.size = 3;
    auto* bytes = reinterpret_cast<std::uint8_t*>(event + 1);
    std::memset(bytes, 0, 8);
    bytes[0] = e.status;
    bytes[1] = e.data1;
    bytes[2] = e.data2;
    out_port_->atom.size += static_cast<std::uint32_t>(event_size);
    out_room_ -= event_size;
  }

  const urids ids_;
  const double sample_rate_;
  const std::unique_ptr<continuo_shim, void (*)(continuo_shim*)> shim_;
  bool linked_ = false;
  const LV2_Atom_Sequence* in_port_ = nullptr;
  LV2_Atom_Sequence* out_port_ = nullptr;
  position position_;
  continuo_event in_[most_events]{};
  continuo_event out_[most_events]{};
  std::uint32_t in_count_ = 0;
  std::size_t out_room_ = 0;
};

LV2_Handle instantiate(const LV2_Descriptor*, double sample_rate, const char*, const LV2_Feature* const* features) {
  for (; features != nullptr && *features != nullptr; features++) {
    if (std::strcmp((*features)->URI, LV2_URID__map) != 0) continue;
    try {
      return new plugin(*static_cast<const LV2_URID_Map*>((*features)->data), sample_rate);
    } catch (...) {
      return nullptr;  // no memory
    }
  }
  return nullptr;
}

const LV2_Descriptor descriptor = {
    "urn:continuo:player",
    instantiate,
    [](LV2_Handle handle, std::uint32_t port, void* data) { static_cast<plugin*>(handle)->connect(port, data); },
    [](LV2_Handle handle) { static_cast<plugin*>(handle)->activate(); },
    [](LV2_Handle handle, std::uint32_t frames) { static_cast<plugin*>(handle)->run(frames); },
    [](LV2_Handle handle) { static_cast<plugin*>(handle)->deactivate(); },
    [](LV2_Handle handle) { delete static_cast<plugin*>(handle); },
    [](const char*) -> const void* { return nullptr; },
};

}  // namespace

LV2_SYMBOL_EXPORT const LV2_Descriptor* lv2_descriptor(std::uint32_t index) { return index == 0 ? &descriptor : nullptr; }
