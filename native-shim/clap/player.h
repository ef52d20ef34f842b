// One CLAP plugin: what the host calls, handed to the shared layer. Threads as CLAP has them.
#pragma once

#include <atomic>
#include <memory>

#include "events.h"
#include "headers.h"
#include "instance.h"
#include "stretches.h"
#include "transport.h"

namespace continuo::clap {

extern const clap_plugin_descriptor_t descriptor;

class player : private plugin::listener {
 public:
  // [main] What create_plugin returns; null if there is no memory.
  static const clap_plugin_t* make(const clap_host_t* host) noexcept;

 private:
  explicit player(const clap_host_t* host);

  static player& of(const clap_plugin_t* p) CONTINUO_NONBLOCKING { return *static_cast<player*>(p->plugin_data); }

  bool init() noexcept;                                                      // [main]
  bool activate(double rate, std::uint32_t most) noexcept;                   // [main]
  void deactivate() noexcept;                                                // [main]
  void fall_silent() CONTINUO_NONBLOCKING;                                   // [audio] stop_processing, reset
  clap_process_status process(const clap_process_t*) CONTINUO_NONBLOCKING;   // [audio]
  const void* extension(const char* id) noexcept;                            // [any]
  void on_main_thread() noexcept;                                            // [main]

  void hear(const clap_event_header_t*, std::uint32_t frames) CONTINUO_NONBLOCKING;   // [audio]
  void hear_note(const clap_event_note_t&) CONTINUO_NONBLOCKING;                      // [audio]
  bool hear_value(const clap_event_header_t*) CONTINUO_NONBLOCKING;                   // [audio, or main while not active]
  static bool is_panic(const clap_event_header_t*) CONTINUO_NONBLOCKING;              // [any]

  void say(bool trouble, const char* line) noexcept override;  // [link, main]
  void state_changed() noexcept override;                      // [link]

  static const clap_plugin_params_t params;
  static const clap_plugin_state_t state;
  static const clap_plugin_note_ports_t note_ports;
  static const clap_plugin_audio_ports_t audio_ports;
  static const clap_plugin_latency_t latency;
  static const plugin_render render;

  clap_plugin_t clap_{};
  const clap_host_t* const host_;
  const host_log* log_ = nullptr;
  const clap_host_params_t* host_params_ = nullptr;
  const clap_host_state_t* host_state_ = nullptr;
  std::unique_ptr<plugin::instance> plays_;  // from init on

  // Audio thread.
  std::unique_ptr<plugin::stretches> block_;
  ramp transport_;
  keys down_;  // the musician's
  output out_;
  double rate_ = 48000;
  std::atomic<bool> changed_{false};  // the host has to be told, on main, that there is something to save
};

}  // namespace continuo::clap
