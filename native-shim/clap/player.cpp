#include "player.h"

#include <cstring>
#include <new>

namespace continuo::clap {

namespace {

void silence(const clap_process_t& p) CONTINUO_NONBLOCKING {
  for (std::uint32_t port = 0; port < p.audio_outputs_count; port++) {
    clap_audio_buffer_t& buffer = p.audio_outputs[port];
    for (std::uint32_t channel = 0; channel < buffer.channel_count; channel++) {
      if (buffer.data32 != nullptr) std::memset(buffer.data32[channel], 0, p.frames_count * sizeof(float));
      if (buffer.data64 != nullptr) std::memset(buffer.data64[channel], 0, p.frames_count * sizeof(double));
    }
    buffer.constant_mask = buffer.channel_count >= 64 ? ~0ull : (1ull << buffer.channel_count) - 1;
  }
}

}  // namespace

player::player(const clap_host_t* host) : host_(host) {
  clap_.desc = &descriptor;
  clap_.plugin_data = this;
  clap_.init = [](const clap_plugin_t* p) { return of(p).init(); };
  clap_.destroy = [](const clap_plugin_t* p) { delete &of(p); };
  clap_.activate = [](const clap_plugin_t* p, double rate, std::uint32_t, std::uint32_t most) { return of(p).activate(rate, most); };
  clap_.deactivate = [](const clap_plugin_t* p) { of(p).deactivate(); };
  clap_.start_processing = [](const clap_plugin_t*) { return true; };
  clap_.stop_processing = [](const clap_plugin_t* p) { of(p).fall_silent(); };
  clap_.reset = [](const clap_plugin_t* p) { of(p).fall_silent(); };
  clap_.process = [](const clap_plugin_t* p, const clap_process_t* block) { return of(p).process(block); };
  clap_.get_extension = [](const clap_plugin_t* p, const char* id) { return of(p).extension(id); };
  clap_.on_main_thread = [](const clap_plugin_t* p) { of(p).on_main_thread(); };
}

const clap_plugin_t* player::make(const clap_host_t* host) noexcept {
  player* made = new (std::nothrow) player(host);
  return made != nullptr ? &made->clap_ : nullptr;
}

bool player::init() noexcept {
  const auto ask = [&](const char* id) { return host_->get_extension != nullptr ? host_->get_extension(host_, id) : nullptr; };
  log_ = static_cast<const host_log*>(ask(log_extension));
  host_params_ = static_cast<const clap_host_params_t*>(ask(CLAP_EXT_PARAMS));
  host_state_ = static_cast<const clap_host_state_t*>(ask(CLAP_EXT_STATE));
  const auto* notes = static_cast<const clap_host_note_ports_t*>(ask(CLAP_EXT_NOTE_PORTS));
  out_.speak(notes == nullptr || (notes->supported_dialects(host_) & CLAP_NOTE_DIALECT_CLAP) != 0);
  try {
    block_ = std::make_unique<plugin::stretches>();
    plays_ = std::make_unique<plugin::instance>(static_cast<plugin::listener*>(this));
    return true;
  } catch (...) {
    return false;  // no memory
  }
}

bool player::activate(double rate, std::uint32_t most) noexcept {
  if (!plays_->activate(rate, most)) return false;
  rate_ = rate;
  transport_.rate(rate);
  return true;
}

void player::deactivate() noexcept { plays_->deactivate(); }

// The host takes no events here: the ends of what sounds are owed until it calls process again.
void player::fall_silent() CONTINUO_NONBLOCKING {
  continuo_event ended[512];
  std::uint32_t n;
  while ((n = plays_->release(ended, 512)) > 0) {
    for (std::uint32_t i = 0; i < n; i++) out_.owe(ended[i].status & 0x0f, ended[i].data1);
  }
}

clap_process_status player::process(const clap_process_t* p) CONTINUO_NONBLOCKING {
  silence(*p);
  out_.begin(p->out_events);
  plugin::stretches& block = *block_;
  block.begin(p->frames_count, rate_);
  transport_.say(block, *plays_, 0, p->frames_count, rate_, p->transport);
  const std::uint32_t n = size_of(p->in_events);
  for (std::uint32_t i = 0; i < n; i++) {
    if (const clap_event_header_t* event = event_of(p->in_events, i)) hear(event, p->frames_count);
  }
  transport_.go_on(block, *plays_, p->frames_count);
  block.end(*plays_);
  for (std::uint32_t i = 0; i < block.size(); i++) out_.write(block.events()[i]);
  return CLAP_PROCESS_CONTINUE;
}

void player::hear(const clap_event_header_t* event, std::uint32_t frames) CONTINUO_NONBLOCKING {
  plugin::stretches& block = *block_;
  transport_.go_on(block, *plays_, event->time);
  if (const auto* said = as<clap_event_transport_t>(event, CLAP_EVENT_TRANSPORT)) {
    transport_.say(block, *plays_, event->time, frames, rate_, said);
  } else if (const auto* midi = as<clap_event_midi_t>(event, CLAP_EVENT_MIDI)) {
    const int kind = midi->data[0] & 0xf0, channel = midi->data[0] & 0x0f;
    if (kind == 0x90 && midi->data[1] < 128 && midi->data[2] > 0) down_.down(channel, midi->data[1], -1);
    if ((kind == 0x80 || kind == 0x90) && midi->data[1] < 128 && (kind == 0x80 || midi->data[2] == 0)) down_.release(channel, midi->data[1]);
    block.event(event->time, midi->data[0], midi->data[1], midi->data[2]);
  } else if (is_panic(event)) {
    block.cut(*plays_, event->time);  // what is before it sounds on
    hear_value(event);
  } else if (!hear_value(event)) {
    for (const std::uint16_t type : {CLAP_EVENT_NOTE_ON, CLAP_EVENT_NOTE_OFF, CLAP_EVENT_NOTE_CHOKE}) {
      if (const auto* note = as<clap_event_note_t>(event, type)) hear_note(*note);
    }
  }
}

void player::hear_note(const clap_event_note_t& note) CONTINUO_NONBLOCKING {
  if (note.channel < -1 || note.channel > 15 || note.key < -1 || note.key > 127) return;
  const std::uint32_t frame = note.header.time;
  if (note.header.type == CLAP_EVENT_NOTE_ON) {
    if (note.channel < 0 || note.key < 0) return;
    down_.down(note.channel, note.key, note.note_id < -1 ? -1 : note.note_id);
    block_->event(frame, static_cast<std::uint8_t>(0x90 | note.channel), static_cast<std::uint8_t>(note.key), velocity_of(note.velocity, 1));
    return;
  }
  const std::uint8_t velocity = note.header.type == CLAP_EVENT_NOTE_OFF ? velocity_of(note.velocity, 0) : std::uint8_t{0};
  down_.matching(note.channel, note.key, note.note_id, [&](int channel, int pitch) CONTINUO_NONBLOCKING {
    down_.release(channel, pitch);
    block_->event(frame, static_cast<std::uint8_t>(0x80 | channel), static_cast<std::uint8_t>(pitch), velocity);
  });
}

bool player::hear_value(const clap_event_header_t* event) CONTINUO_NONBLOCKING {
  const auto* value = as<clap_event_param_value_t>(event, CLAP_EVENT_PARAM_VALUE);
  if (value == nullptr) return false;
  // A value for one note alone is none of ours.
  if (value->note_id < 0 && value->key < 0 && value->channel < 0) plays_->set(value->param_id, value->value);
  return true;
}

bool player::is_panic(const clap_event_header_t* event) CONTINUO_NONBLOCKING {
  const auto* value = as<clap_event_param_value_t>(event, CLAP_EVENT_PARAM_VALUE);
  return value != nullptr && value->param_id == plugin::panic;
}

void player::state_changed() noexcept {
  if (!changed_.exchange(true, std::memory_order_relaxed)) host_->request_callback(host_);
}

void player::on_main_thread() noexcept {
  if (changed_.exchange(false, std::memory_order_relaxed) && host_state_ != nullptr) host_state_->mark_dirty(host_);
}

void player::say(bool trouble, const char* line) noexcept {
  if (log_ != nullptr && log_->log != nullptr) log_->log(host_, trouble ? log_warning : log_info, line);
}

const void* player::extension(const char* id) noexcept {
  const auto is = [&](const char* name) { return std::strcmp(id, name) == 0; };
  if (is(CLAP_EXT_PARAMS)) return &params;
  if (is(CLAP_EXT_STATE)) return &state;
  if (is(CLAP_EXT_NOTE_PORTS)) return &note_ports;
  if (is(CLAP_EXT_AUDIO_PORTS)) return &audio_ports;
  if (is(CLAP_EXT_LATENCY)) return &latency;
  if (is(render_extension)) return &render;
  return nullptr;
}

}  // namespace continuo::clap
