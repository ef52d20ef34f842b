// The LV2 plugin as a file: control ports, state, silence, and what passes.
#include <lv2/atom/atom.h>
#include <lv2/atom/forge.h>
#include <lv2/atom/util.h>
#include <lv2/core/lv2.h>
#include <lv2/midi/midi.h>
#include <lv2/state/state.h>
#include <lv2/time/time.h>
#include <lv2/urid/urid.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "../hosts/support/library.h"
#include "../hosts/support/scripted_engine.h"
#include "check.h"
#include "ports.h"

using namespace continuo;

namespace {

struct mapping {
  std::map<std::string, LV2_URID> ids;
  LV2_URID_Map map{this, [](LV2_URID_Map_Handle h, const char* uri) {
                     auto& known = static_cast<mapping*>(h)->ids;
                     return known.emplace(uri, static_cast<LV2_URID>(known.size() + 1)).first->second;
                   }};
  LV2_Feature feature{LV2_URID__map, &map};
  LV2_URID of(const char* uri) { return map.map(this, uri); }
};

struct host {
  mapping uris;
  const LV2_Descriptor* descriptor = nullptr;
  LV2_Handle plugin = nullptr;
  alignas(8) char in[1024] = {}, out[1024] = {};
  float left[64], right[64], freewheel = 0;
  float values[plugin::parameter_count];
  std::vector<std::uint8_t> saved;

  explicit host(const std::string& socket = "/nonexistent/continuo") {
    static const hosts::library file(LV2_FILE);
    hosts::set_environment("CONTINUO_SOCKET", socket.c_str());
    descriptor = file.symbol<LV2_Descriptor_Function>("lv2_descriptor")(0);
    const LV2_Feature* features[] = {&uris.feature, nullptr};
    plugin = descriptor->instantiate(descriptor, 48000, "", features);
    void* ports[] = {in, out, left, right, &freewheel};
    for (std::uint32_t i = 0; i < 5; i++) descriptor->connect_port(plugin, i, ports[i]);
    for (std::uint32_t i = 0; i < continuo::plugin::parameter_count; i++) {
      values[i] = static_cast<float>(continuo::plugin::parameter_at(i).usual);
      descriptor->connect_port(plugin, lv2::first_parameter + i, &values[i]);
    }
    descriptor->activate(plugin);
  }
  ~host() {
    descriptor->deactivate(plugin);
    descriptor->cleanup(plugin);
  }

  // One block with at most one MIDI message in; the bytes of the first that comes out.
  std::string run(const std::vector<int>& message = {}) {
    auto* sequence = reinterpret_cast<LV2_Atom_Sequence*>(in);
    sequence->atom = {sizeof(LV2_Atom_Sequence_Body), uris.of(LV2_ATOM__Sequence)};
    sequence->body = {0, 0};
    if (!message.empty()) {
      auto* event = reinterpret_cast<LV2_Atom_Event*>(sequence + 1);
      event->time.frames = 5;
      event->body = {static_cast<std::uint32_t>(message.size()), uris.of(LV2_MIDI__MidiEvent)};
      for (std::size_t i = 0; i < message.size(); i++) reinterpret_cast<std::uint8_t*>(event + 1)[i] = static_cast<std::uint8_t>(message[i]);
      sequence->atom.size += sizeof(LV2_Atom_Event) + 8;
    }
    auto* result = reinterpret_cast<LV2_Atom_Sequence*>(out);
    result->atom = {sizeof out - sizeof(LV2_Atom), uris.of(LV2_ATOM__Chunk)};
    std::fill(left, left + 64, 1.0f);
    std::fill(right, right + 64, 1.0f);
    descriptor->run(plugin, 64);
    if (result->atom.size == sizeof(LV2_Atom_Sequence_Body)) return "";
    const auto* event = reinterpret_cast<const LV2_Atom_Event*>(result + 1);
    std::string text = std::to_string(event->time.frames) + ":";
    for (std::uint32_t i = 0; i < event->body.size; i++) text += " " + std::to_string(reinterpret_cast<const std::uint8_t*>(event + 1)[i]);
    return text;
  }

  // One block that the host plays on from this beat, or stands at; true if the plugin says that its state is another.
  bool run_at(double beat, bool plays) {
    LV2_Atom_Forge forge;
    LV2_Atom_Forge_Frame sequence, position;
    lv2_atom_forge_init(&forge, &uris.map);
    lv2_atom_forge_set_buffer(&forge, reinterpret_cast<std::uint8_t*>(in), sizeof in);
    lv2_atom_forge_sequence_head(&forge, &sequence, 0);
    lv2_atom_forge_frame_time(&forge, 0);
    lv2_atom_forge_object(&forge, &position, 0, uris.of(LV2_TIME__Position));
    const std::pair<const char*, double> figures[] = {
        {LV2_TIME__bar, std::floor(beat / 4)}, {LV2_TIME__barBeat, beat - 4 * std::floor(beat / 4)}, {LV2_TIME__beatUnit, 4},
        {LV2_TIME__beatsPerBar, 4},            {LV2_TIME__beatsPerMinute, 120},                      {LV2_TIME__speed, plays ? 1 : 0}};
    for (const auto& [name, figure] : figures) {
      lv2_atom_forge_key(&forge, uris.of(name));
      lv2_atom_forge_double(&forge, figure);
    }
    lv2_atom_forge_pop(&forge, &position);
    lv2_atom_forge_pop(&forge, &sequence);
    auto* result = reinterpret_cast<LV2_Atom_Sequence*>(out);
    result->atom = {sizeof out - sizeof(LV2_Atom), uris.of(LV2_ATOM__Chunk)};
    descriptor->run(plugin, 64);
    bool changed = false;
    LV2_ATOM_SEQUENCE_FOREACH(result, event) {
      const auto* object = reinterpret_cast<const LV2_Atom_Object*>(&event->body);
      changed = changed || (event->body.type == uris.of(LV2_ATOM__Object) && object->body.otype == uris.of(LV2_STATE__StateChanged));
    }
    return changed;
  }

  const LV2_State_Interface& state() const { return *static_cast<const LV2_State_Interface*>(descriptor->extension_data(LV2_STATE__interface)); }
  void save() {
    state().save(plugin, [](LV2_State_Handle h, std::uint32_t, const void* bytes, std::size_t size, std::uint32_t, std::uint32_t) {
      const auto* b = static_cast<const std::uint8_t*>(bytes);
      static_cast<host*>(h)->saved.assign(b, b + size);
      return LV2_STATE_SUCCESS;
    }, this, 0, nullptr);
  }
  LV2_State_Status restore(const std::vector<std::uint8_t>& bytes) {
    saved = bytes;
    return state().restore(plugin, [](LV2_State_Handle h, std::uint32_t, std::size_t* size, std::uint32_t* type, std::uint32_t* flags) -> const void* {
      auto& self = *static_cast<host*>(h);
      *size = self.saved.size();
      *type = self.uris.of(LV2_ATOM__Chunk);
      *flags = LV2_STATE_IS_POD;
      return self.saved.data();
    }, this, 0, nullptr);
  }
};

}  // namespace

TEST("the bundle's continuo.ttl has every parameter at its port, with its range") {
  std::ifstream file(LV2_TTL);
  std::stringstream text;
  text << file.rdbuf();
  for (std::uint32_t i = 0; i < plugin::parameter_count; i++) {
    const plugin::parameter& what = plugin::parameter_at(i);
    std::ostringstream port, range;
    port << "lv2:index " << unsigned{lv2::first_parameter} + i << " ;\n\t\tlv2:symbol \"" << what.symbol << "\"";
    range << "lv2:default " << what.usual << " ;\n\t\tlv2:minimum " << what.least << " ;\n\t\tlv2:maximum " << what.most;
    const std::size_t at = text.str().find(port.str());
    IS_TRUE(at != std::string::npos && text.str().find(range.str(), at) < at + 1000);
  }
}

TEST("sound is silence, and what passes keeps its length and frame") {
  host h;
  h.run();
  EQUAL("5: 177 7 100", h.run({0xb1, 7, 100}));
  EQUAL("5: 193 7", h.run({0xc1, 7}));
  EQUAL("5: 225 1 2", h.run({0xe1, 1, 2}));
  EQUAL("5: 144 60 90", h.run({0x90, 60, 90}));
  for (int i = 0; i < 64; i++) EQUAL(0.0f, h.left[i] + h.right[i]);
}

TEST("panic by its control port ends what sounds") {
  host h;
  h.run();
  EQUAL("5: 144 60 90", h.run({0x90, 60, 90}));
  h.values[plugin::panic] = 1;
  EQUAL("0: 128 60 0", h.run());
  EQUAL("", h.run());
}

TEST("the state is what the control ports say, and a damaged one is refused") {
  host a, b;
  a.values[plugin::temperature] = 0.5f;
  a.values[plugin::part] = 4;
  a.run();
  a.save();
  IS_TRUE(a.saved.size() > 100);
  auto bytes = a.saved;
  EQUAL(LV2_STATE_SUCCESS, b.restore(bytes));
  b.save();
  IS_TRUE(b.saved == bytes);
  b.values[plugin::temperature] = 0.75f;
  b.run();
  b.save();
  const auto before = b.saved;
  bytes[bytes.size() / 2] ^= 4;
  EQUAL(LV2_STATE_ERR_UNKNOWN, b.restore(bytes));
  b.save();
  IS_TRUE(b.saved == before);
}

TEST("the host is told, among the notes, that a take has grown") {
  hosts::scripted_engine engine;
  host h(engine.path());
  bool told = false;
  double beat = 0;
  const auto until = [&](bool plays, int blocks) {
    for (int i = 0; i < blocks && !told; i++) {
      told = h.run_at(beat, plays);
      beat += plays ? 64 / 24000.0 : 0;
      std::this_thread::sleep_for(std::chrono::microseconds(1333));
    }
    return told;
  };
  IS_TRUE(until(true, 4000));
  told = false;
  until(false, 100);
  told = false;
  IS_TRUE(!until(false, 100));
}
