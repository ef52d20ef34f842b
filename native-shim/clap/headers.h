// CLAP's headers, as Debian's dpf-source has them (1.1.1), and of the extensions that are left out there what is used here,
// word for word in meaning as CLAP defines them: clap.log, clap.render.
#pragma once

#include <clap/entry.h>
#include <clap/ext/audio-ports.h>
#include <clap/ext/latency.h>
#include <clap/ext/note-ports.h>
#include <clap/ext/params.h>
#include <clap/ext/state.h>
#include <clap/plugin-factory.h>
#include <clap/plugin.h>

namespace continuo::clap {

// "clap.log": one line for the host's log. [thread-safe]
inline constexpr char log_extension[] = "clap.log";
enum log_severity : std::int32_t { log_info = 1, log_warning = 2 };
struct host_log {
  void(CLAP_ABI* log)(const clap_host_t* host, std::int32_t severity, const char* message);
};

// "clap.render": whether the host renders in real time or as fast as it can. [main]
inline constexpr char render_extension[] = "clap.render";
enum render_mode : std::int32_t { render_realtime = 0, render_offline = 1 };
struct plugin_render {
  bool(CLAP_ABI* has_hard_realtime_requirement)(const clap_plugin_t* plugin);
  bool(CLAP_ABI* set)(const clap_plugin_t* plugin, std::int32_t mode);
};

}  // namespace continuo::clap
