// The extensions of the plugin, each a small table. [main] where nothing else is said.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "parameters.h"
#include "player.h"
#include "state.h"

namespace continuo::clap {

namespace {

void copy(char* to, std::size_t size, const std::string& text) {
  std::snprintf(to, size, "%s", text.c_str());
}

const char* module_of(const plugin::parameter& what) {
  return what.reach == plugin::parameter::band ? "Band" : what.reach == plugin::parameter::own ? "Track" : "Do";
}

bool describe_note_port(std::uint32_t index, bool is_input, clap_note_port_info_t* info) {
  if (index != 0) return false;
  *info = {};
  info->id = is_input ? 0 : 1;
  info->supported_dialects = CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
  info->preferred_dialect = CLAP_NOTE_DIALECT_CLAP;
  copy(info->name, sizeof info->name, is_input ? "What you play" : "What it plays");
  return true;
}

}  // namespace

const clap_plugin_params_t player::params = {
    [](const clap_plugin_t*) { return plugin::parameter_count; },
    [](const clap_plugin_t*, std::uint32_t index, clap_param_info_t* info) {
      if (index >= plugin::parameter_count) return false;
      const plugin::parameter& what = plugin::parameter_at(index);
      *info = {};
      info->id = what.id;
      info->flags = CLAP_PARAM_IS_AUTOMATABLE | (what.stepped ? static_cast<clap_param_info_flags>(CLAP_PARAM_IS_STEPPED) : 0u);
      copy(info->name, sizeof info->name, what.name);
      copy(info->module, sizeof info->module, module_of(what));
      info->min_value = what.least;
      info->max_value = what.most;
      info->default_value = what.usual;
      return true;
    },
    [](const clap_plugin_t* p, clap_id id, double* value) {
      if (plugin::find_parameter(id) == nullptr) return false;
      *value = of(p).plays_->get(id);
      return true;
    },
    [](const clap_plugin_t*, clap_id id, double value, char* text, std::uint32_t size) {
      const plugin::parameter* what = plugin::find_parameter(id);
      if (what == nullptr || size == 0) return false;
      copy(text, size, plugin::value_to_text(*what, value));
      return true;
    },
    [](const clap_plugin_t*, clap_id id, const char* text, double* value) {
      const plugin::parameter* what = plugin::find_parameter(id);
      return what != nullptr && plugin::text_to_value(*what, text, *value);
    },
    // [audio while active, else main]
    [](const clap_plugin_t* p, const clap_input_events_t* in, const clap_output_events_t*) {
      for (std::uint32_t i = 0; i < size_of(in); i++) {
        if (const clap_event_header_t* event = event_of(in, i)) of(p).hear_value(event);
      }
    },
};

const clap_plugin_state_t player::state = {
    [](const clap_plugin_t* p, const clap_ostream_t* stream) {
      const std::vector<std::uint8_t> bytes = of(p).plays_->save();
      std::size_t written = 0;
      while (written < bytes.size()) {
        const std::int64_t n = stream->write(stream, bytes.data() + written, bytes.size() - written);
        if (n <= 0) return false;
        written += std::min(static_cast<std::size_t>(n), bytes.size() - written);
      }
      return !bytes.empty();
    },
    [](const clap_plugin_t* p, const clap_istream_t* stream) {
      try {
        std::vector<std::uint8_t> bytes;
        std::uint8_t piece[16 * 1024];
        // One byte beyond the most that there can be is enough to refuse it.
        while (bytes.size() <= plugin::state::largest) {
          const std::int64_t n = stream->read(stream, piece, sizeof piece);
          if (n < 0 || n > static_cast<std::int64_t>(sizeof piece)) return false;
          if (n == 0) break;
          bytes.insert(bytes.end(), piece, piece + n);
        }
        player& self = of(p);
        if (!self.plays_->load(bytes.data(), bytes.size())) return false;
        if (self.host_params_ != nullptr) self.host_params_->rescan(self.host_, CLAP_PARAM_RESCAN_VALUES);
        return true;
      } catch (...) {
        return false;  // no memory
      }
    },
};

const clap_plugin_note_ports_t player::note_ports = {
    [](const clap_plugin_t*, bool) { return 1u; },
    [](const clap_plugin_t*, std::uint32_t index, bool is_input, clap_note_port_info_t* info) {
      return describe_note_port(index, is_input, info);
    },
};

// Silent: there are hosts that take nothing for an instrument that makes no sound.
const clap_plugin_audio_ports_t player::audio_ports = {
    [](const clap_plugin_t*, bool is_input) { return is_input ? 0u : 1u; },
    [](const clap_plugin_t*, std::uint32_t index, bool is_input, clap_audio_port_info_t* info) {
      if (is_input || index != 0) return false;
      *info = {};
      info->id = 0;
      copy(info->name, sizeof info->name, "Silence");
      info->flags = CLAP_AUDIO_PORT_IS_MAIN;
      info->channel_count = 2;
      info->port_type = CLAP_PORT_STEREO;
      info->in_place_pair = CLAP_INVALID_ID;
      return true;
    },
};

const clap_plugin_latency_t player::latency = {[](const clap_plugin_t*) { return 0u; }};

const plugin_render player::render = {
    [](const clap_plugin_t*) { return false; },  // a take replays as fast as the host likes
    [](const clap_plugin_t* p, std::int32_t mode) {
      if (mode != render_realtime && mode != render_offline) return false;
      of(p).plays_->offline(mode == render_offline);
      return true;
    },
};

}  // namespace continuo::clap
