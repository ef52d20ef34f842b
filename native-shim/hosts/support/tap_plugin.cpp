// A CLAP plugin that only listens: it takes down, in the file that CONTINUO_TAP names, every note that the host hands it, with
// where the host says the song is, and hands it on. One JSON line each; `tap` counts the instances. It writes on the audio
// thread, as a plugin must not.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../../clap/headers.h"

namespace {

const char* features[] = {CLAP_PLUGIN_FEATURE_NOTE_EFFECT, nullptr};
const clap_plugin_descriptor_t descriptor = {CLAP_VERSION_INIT, "continuo.tap", "Continuo Tap", "Continuo", "", "", "", "1", "Takes down what it hears", features};

int instances = 0;

struct tap {
  clap_plugin_t plugin{};
  int number = instances++;
  double rate = 48000;
  std::FILE* file = nullptr;
  unsigned flags = ~0u;
};

tap& of(const clap_plugin_t* p) { return *static_cast<tap*>(p->plugin_data); }

// The host's frame of the block's first sample; -1 if it tells none.
double frame_of(const clap_event_transport_t* t, double rate) {
  if (t == nullptr || (t->flags & CLAP_TRANSPORT_HAS_SECONDS_TIMELINE) == 0) return -1;
  return std::round(static_cast<double>(t->song_pos_seconds) / static_cast<double>(CLAP_SECTIME_FACTOR) * rate);
}

clap_process_status process(const clap_plugin_t* p, const clap_process_t* block) {
  tap& t = of(p);
  for (std::uint32_t port = 0; port < block->audio_outputs_count; port++) {
    for (std::uint32_t c = 0; c < block->audio_outputs[port].channel_count; c++) std::memset(block->audio_outputs[port].data32[c], 0, block->frames_count * sizeof(float));
  }
  if (t.file == nullptr) return CLAP_PROCESS_CONTINUE;
  const double frame = frame_of(block->transport, t.rate);
  const unsigned flags = block->transport == nullptr ? 0 : block->transport->flags;
  bool said = false;
  if (flags != t.flags) {
    t.flags = flags;
    said = std::fprintf(t.file, "{\"tap\": %d, \"flags\": %u, \"frame\": %.0f}\n", t.number, flags, frame) > 0;
  }
  for (std::uint32_t i = 0, n = block->in_events->size(block->in_events); i < n; i++) {
    const clap_event_header_t* e = block->in_events->get(block->in_events, i);
    int status = 0, pitch = 0, velocity = 0;
    if (e->space_id == CLAP_CORE_EVENT_SPACE_ID && e->type == CLAP_EVENT_MIDI) {
      const auto& midi = *reinterpret_cast<const clap_event_midi_t*>(e);
      status = midi.data[0], pitch = midi.data[1], velocity = midi.data[2];
    } else if (e->space_id == CLAP_CORE_EVENT_SPACE_ID && (e->type == CLAP_EVENT_NOTE_ON || e->type == CLAP_EVENT_NOTE_OFF)) {
      const auto& note = *reinterpret_cast<const clap_event_note_t*>(e);
      status = (e->type == CLAP_EVENT_NOTE_ON ? 0x90 : 0x80) | (note.channel & 15), pitch = note.key;
      velocity = static_cast<int>(std::lround(note.velocity * 127));
    }
    block->out_events->try_push(block->out_events, e);
    const bool plays = (flags & CLAP_TRANSPORT_IS_PLAYING) != 0;
    if (status >= 0x80 && status < 0xa0)
      said = std::fprintf(t.file, "{\"tap\": %d, \"plays\": %s, \"frame\": %.0f, \"status\": %d, \"pitch\": %d, \"velocity\": %d}\n", t.number,
                          plays ? "true" : "false", frame + e->time, status, pitch, velocity) > 0;
  }
  if (said) std::fflush(t.file);
  return CLAP_PROCESS_CONTINUE;
}

const clap_plugin_audio_ports_t audio = {
    [](const clap_plugin_t*, bool is_input) { return is_input ? 0u : 1u; },
    [](const clap_plugin_t*, std::uint32_t, bool is_input, clap_audio_port_info_t* info) {
      if (is_input) return false;
      *info = {};
      std::strcpy(info->name, "Silence");
      info->flags = CLAP_AUDIO_PORT_IS_MAIN;
      info->channel_count = 2;
      info->port_type = CLAP_PORT_STEREO;
      info->in_place_pair = CLAP_INVALID_ID;
      return true;
    }};

const clap_plugin_note_ports_t notes = {
    [](const clap_plugin_t*, bool) { return 1u; },
    [](const clap_plugin_t*, std::uint32_t index, bool, clap_note_port_info_t* info) {
      *info = {};
      std::strcpy(info->name, "Notes");
      info->supported_dialects = CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
      info->preferred_dialect = CLAP_NOTE_DIALECT_MIDI;
      return index == 0;
    }};

const clap_plugin_t* make(const clap_plugin_factory_t*, const clap_host_t*, const char*) {
  tap* t = new tap;
  clap_plugin_t& p = t->plugin;
  p.desc = &descriptor;
  p.plugin_data = t;
  p.init = [](const clap_plugin_t*) { return true; };
  p.destroy = [](const clap_plugin_t* self) { delete &of(self); };
  p.activate = [](const clap_plugin_t* self, double rate, std::uint32_t, std::uint32_t) {
    of(self).rate = rate;
    if (const char* path = std::getenv("CONTINUO_TAP"); path != nullptr && of(self).file == nullptr) of(self).file = std::fopen(path, "a");
    return true;
  };
  p.deactivate = [](const clap_plugin_t* self) {
    if (of(self).file != nullptr) std::fclose(of(self).file);
    of(self).file = nullptr;
  };
  p.start_processing = [](const clap_plugin_t*) { return true; };
  p.stop_processing = p.reset = p.on_main_thread = [](const clap_plugin_t*) {};
  p.process = process;
  p.get_extension = [](const clap_plugin_t*, const char* id) -> const void* {
    if (std::strcmp(id, CLAP_EXT_AUDIO_PORTS) == 0) return &audio;
    return std::strcmp(id, CLAP_EXT_NOTE_PORTS) == 0 ? &notes : nullptr;
  };
  return &p;
}

const clap_plugin_factory_t factory = {
    [](const clap_plugin_factory_t*) { return 1u; },
    [](const clap_plugin_factory_t*, std::uint32_t index) { return index == 0 ? &descriptor : nullptr; }, make};

}  // namespace

extern "C" CLAP_EXPORT const clap_plugin_entry_t clap_entry = {
    CLAP_VERSION_INIT, [](const char*) { return true; }, [] {},
    [](const char* id) -> const void* { return std::strcmp(id, CLAP_PLUGIN_FACTORY_ID) == 0 ? &factory : nullptr; }};
