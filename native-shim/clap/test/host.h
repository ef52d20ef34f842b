// A CLAP host: loads the file as any host does, plays scripted transports, and takes down what comes out. One thread, which is
// main and audio thread in turns.
#pragma once

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../hosts/support/library.h"
#include "../headers.h"
#include "song.h"

namespace continuo::clap::test {

// The file. Held for as long as the program runs.
class library {
 public:
  explicit library(const char* path) : file_(path), entry_(file_.symbol<const clap_plugin_entry_t*>("clap_entry")) {
    if (!entry_->init(path)) throw std::runtime_error("clap_entry says no");
    factory_ = static_cast<const clap_plugin_factory_t*>(entry_->get_factory(CLAP_PLUGIN_FACTORY_ID));
  }
  ~library() { entry_->deinit(); }
  const clap_plugin_factory_t& factory() const { return *factory_; }
  const clap_plugin_entry_t& entry() const { return *entry_; }

 private:
  hosts::library file_;
  const clap_plugin_entry_t* entry_;
  const clap_plugin_factory_t* factory_;
};

// One event out of the plugin, as MIDI, with the frame since the stage began and the song as it stood at that stretch.
struct heard {
  std::uint64_t frame;
  std::uint8_t status, data1, data2;
  double exact;  // the host's beat at the frame
  double a_frame;
  bool note_event;  // CLAP's, else MIDI
};

// One plugin in a host.
class stage {
 public:
  struct options {
    bool midi_only = false;      // the host knows no CLAP notes
    bool bare = false;           // the host has no extensions
    std::uint32_t takes = 4096;  // events that the host takes in a block
  };

  explicit stage(const library& file) : stage(file, options()) {}
  stage(const library& file, options o) : options_(o) {
    host_.clap_version = CLAP_VERSION;
    host_.host_data = this;
    host_.name = "stage";
    host_.vendor = host_.url = "";
    host_.version = "1";
    host_.get_extension = [](const clap_host_t* h, const char* id) { return self(h).extension(id); };
    host_.request_restart = host_.request_process = [](const clap_host_t*) {};
    host_.request_callback = [](const clap_host_t* h) { self(h).wants_callback_ = true; };
    plugin_ = file.factory().create_plugin(&file.factory(), &host_, "continuo.player");
    if (plugin_ == nullptr || !plugin_->init(plugin_)) throw std::runtime_error("no plugin");
    params_ = get<clap_plugin_params_t>(CLAP_EXT_PARAMS);
    in_list_ = {this, [](const clap_input_events_t* l) { return static_cast<std::uint32_t>(self(l).in_.size()); },
                [](const clap_input_events_t* l, std::uint32_t i) -> const clap_event_header_t* { return &self(l).in_[i].header; }};
    out_list_ = {this, [](const clap_output_events_t* l, const clap_event_header_t* e) { return self(l).take(e); }};
    in_.reserve(8192);
    out_.reserve(8192);
    heard_.reserve(1 << 20);
  }

  ~stage() {
    if (processing_) plugin_->stop_processing(plugin_);
    if (active_) plugin_->deactivate(plugin_);
    plugin_->destroy(plugin_);
  }

  stage(const stage&) = delete;
  stage& operator=(const stage&) = delete;

  template <typename T>
  const T* get(const char* id) const {
    return static_cast<const T*>(plugin_->get_extension(plugin_, id));
  }

  bool activate(double rate, std::uint32_t most) {
    rate_ = rate;
    left_.assign(most, 1);
    right_.assign(most, 1);
    active_ = plugin_->activate(plugin_, rate, 1, most);
    processing_ = active_ && plugin_->start_processing(plugin_);
    return active_;
  }
  void deactivate() {
    plugin_->stop_processing(plugin_);
    plugin_->deactivate(plugin_);
    active_ = processing_ = false;
  }
  void reset() { plugin_->reset(plugin_); }

  // Events for the next block; `time` rises over all of them.
  void note(std::uint32_t time, bool on, int channel, int key, double velocity = 0.7, int id = -1) {
    event e{};
    e.note = {{sizeof e.note, time, CLAP_CORE_EVENT_SPACE_ID, static_cast<std::uint16_t>(on ? CLAP_EVENT_NOTE_ON : CLAP_EVENT_NOTE_OFF), 0},
              id, 0, static_cast<std::int16_t>(channel), static_cast<std::int16_t>(key), velocity};
    in_.push_back(e);
  }
  void midi(std::uint32_t time, int status, int data1, int data2) {
    event e{};
    e.midi = {{sizeof e.midi, time, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_MIDI, 0}, 0,
              {static_cast<std::uint8_t>(status), static_cast<std::uint8_t>(data1), static_cast<std::uint8_t>(data2)}};
    in_.push_back(e);
  }
  void value(std::uint32_t time, clap_id id, double v) {
    event e{};
    e.value = {{sizeof e.value, time, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_PARAM_VALUE, 0}, id, nullptr, -1, -1, -1, -1, v};
    in_.push_back(e);
  }
  // The song changes within the next block.
  template <typename Change>
  void change(std::uint32_t time, Change change) {
    song s = pieces_.empty() ? now : pieces_.back().second;
    const std::uint32_t from = pieces_.empty() ? 0 : pieces_.back().first;
    s.go(time - from, rate_);
    change(s);
    event e{};
    e.transport = s.event(time);
    in_.push_back(e);
    pieces_.emplace_back(time, s);
  }
  // A transport event as it is; the song knows nothing of it.
  void transport(const clap_event_transport_t& said) {
    event e{};
    e.transport = said;
    in_.push_back(e);
  }
  void raw(const clap_event_header_t& header) {
    event e{};
    e.header = header;
    in_.push_back(e);
  }

  // One block; the song goes on after it. Returns what came out of it.
  std::vector<heard> block(std::uint32_t frames) {
    const clap_event_transport_t transport = now.event(0);
    float* channels[] = {left_.data(), right_.data()};
    clap_audio_buffer_t audio{};
    audio.data32 = channels;
    audio.channel_count = 2;
    clap_process_t p{};
    p.steady_time = static_cast<std::int64_t>(done_);
    p.frames_count = frames;
    p.transport = now.silent ? nullptr : &transport;
    p.audio_outputs = &audio;
    p.audio_outputs_count = 1;
    p.in_events = &in_list_;
    p.out_events = &out_list_;
    frames_ = frames;
    const std::size_t before = heard_.size();
    const clap_process_status status = plugin_->process(plugin_, &p);
    good_ = good_ && status == CLAP_PROCESS_CONTINUE;
    for (std::uint32_t i = 0; i < frames; i++) silent_ = silent_ && left_[i] == 0 && right_[i] == 0;
    settle();
    done_ += frames;
    if (pieces_.empty()) {
      now.go(frames, rate_);
    } else {
      now = pieces_.back().second;
      now.go(frames - pieces_.back().first, rate_);
    }
    pieces_.clear();
    in_.clear();
    if (wants_callback_.exchange(false)) plugin_->on_main_thread(plugin_);
    return {heard_.begin() + static_cast<std::ptrdiff_t>(before), heard_.end()};
  }

  void flush() {
    params_->flush(plugin_, &in_list_, &out_list_);
    in_.clear();
    out_.clear();
  }

  double value_of(clap_id id) const {
    double v = -1;
    return params_->get_value(plugin_, id, &v) ? v : std::nan("");
  }

  // At most `piece` bytes a call, as streams do.
  std::vector<std::uint8_t> save(std::size_t piece = 1000) {
    struct stream {
      std::vector<std::uint8_t> bytes;
      std::size_t piece;
    } s{{}, piece};
    const clap_ostream_t out = {&s, [](const clap_ostream_t* o, const void* bytes, std::uint64_t size) {
                                  auto& to = *static_cast<stream*>(o->ctx);
                                  const auto n = std::min<std::uint64_t>(size, to.piece);
                                  const auto* b = static_cast<const std::uint8_t*>(bytes);
                                  to.bytes.insert(to.bytes.end(), b, b + n);
                                  return static_cast<std::int64_t>(n);
                                }};
    saved_ = get<clap_plugin_state_t>(CLAP_EXT_STATE)->save(plugin_, &out);
    return s.bytes;
  }
  bool load(const std::vector<std::uint8_t>& bytes, std::size_t piece = 1000) {
    struct stream {
      const std::vector<std::uint8_t>& bytes;
      std::size_t at, piece;
    } s{bytes, 0, piece};
    const clap_istream_t in = {&s, [](const clap_istream_t* i, void* to, std::uint64_t size) {
                                 auto& from = *static_cast<stream*>(i->ctx);
                                 const std::size_t n = std::min({static_cast<std::size_t>(size), from.piece, from.bytes.size() - from.at});
                                 std::memcpy(to, from.bytes.data() + from.at, n);
                                 from.at += n;
                                 return static_cast<std::int64_t>(n);
                               }};
    return get<clap_plugin_state_t>(CLAP_EXT_STATE)->load(plugin_, &in);
  }
  bool saved() const { return saved_; }

  // Keys that sound in what came out, and events that no instrument should get: an end of what does not sound, a key struck twice.
  int sounding() const { return sounding_; }
  int doubled() const { return doubled_; }
  bool all_silent() const { return silent_; }
  bool all_good() const { return good_; }
  int dirty() const { return dirty_; }
  int rescans() const { return rescans_; }
  const std::vector<heard>& all() const { return heard_; }
  std::uint64_t frames_done() const { return done_; }
  double rate() const { return rate_; }
  const clap_plugin_t* plugin() const { return plugin_; }
  const clap_plugin_params_t& params() const { return *params_; }
  std::vector<std::string> log() {
    const std::lock_guard<std::mutex> guard(lock_);
    return log_;
  }

  song now;

 private:
  union event {
    clap_event_header_t header;
    clap_event_note_t note;
    clap_event_midi_t midi;
    clap_event_param_value_t value;
    clap_event_transport_t transport;
  };

  static stage& self(const clap_host_t* h) { return *static_cast<stage*>(h->host_data); }
  static stage& self(const clap_input_events_t* l) { return *static_cast<stage*>(l->ctx); }
  static stage& self(const clap_output_events_t* l) { return *static_cast<stage*>(l->ctx); }

  const void* extension(const char* id) {
    static const host_log log = {[](const clap_host_t* h, std::int32_t, const char* line) {
      stage& s = self(h);
      const std::lock_guard<std::mutex> guard(s.lock_);
      s.log_.push_back(line);
    }};
    static const clap_host_state_t state = {[](const clap_host_t* h) { self(h).dirty_++; }};
    static const clap_host_params_t params = {[](const clap_host_t* h, clap_param_rescan_flags) { self(h).rescans_++; },
                                              [](const clap_host_t*, clap_id, clap_param_clear_flags) {}, [](const clap_host_t*) {}};
    static const clap_host_note_ports_t notes = {
        [](const clap_host_t* h) -> std::uint32_t {
          return self(h).options_.midi_only ? CLAP_NOTE_DIALECT_MIDI : CLAP_NOTE_DIALECT_CLAP | CLAP_NOTE_DIALECT_MIDI;
        },
        [](const clap_host_t*, std::uint32_t) {}};
    if (options_.bare) return nullptr;
    if (std::strcmp(id, log_extension) == 0) return &log;
    if (std::strcmp(id, CLAP_EXT_STATE) == 0) return &state;
    if (std::strcmp(id, CLAP_EXT_PARAMS) == 0) return &params;
    if (std::strcmp(id, CLAP_EXT_NOTE_PORTS) == 0) return &notes;
    return nullptr;
  }

  // On the audio thread: no memory but what was reserved.
  bool take(const clap_event_header_t* e) {
    if (out_.size() >= options_.takes || out_.size() == out_.capacity()) return false;
    event copy{};
    std::memcpy(&copy, e, std::min<std::size_t>(e->size, sizeof copy));
    out_.push_back(copy);
    return true;
  }

  // Takes down what came out, with the beat that each frame has in the song.
  void settle() {
    std::uint32_t last = 0;
    for (const event& e : out_) {
      heard h{};
      const std::uint32_t time = e.header.time;
      good_ = good_ && time < frames_ && time >= last;
      last = time;
      if (e.header.type == CLAP_EVENT_MIDI) {
        h.status = e.midi.data[0];
        h.data1 = e.midi.data[1];
        h.data2 = e.midi.data[2];
      } else {
        h.note_event = true;
        h.status = static_cast<std::uint8_t>((e.header.type == CLAP_EVENT_NOTE_ON ? 0x90 : 0x80) | (e.note.channel & 15));
        h.data1 = static_cast<std::uint8_t>(e.note.key);
        h.data2 = static_cast<std::uint8_t>(std::lround(e.note.velocity * 127));
      }
      std::uint32_t from = 0;
      song at = now;
      for (const auto& [begins, s] : pieces_) {
        if (begins <= time) {
          from = begins;
          at = s;
        }
      }
      h.frame = done_ + time;
      h.exact = at.later(time - from, rate_);
      if (at.looping && at.beat < at.loop_end && h.exact >= at.loop_end) h.exact -= at.loop_end - at.loop_start;
      h.a_frame = at.a_frame(rate_);
      count(h);
      heard_.push_back(h);
    }
    out_.clear();
  }

  void count(const heard& h) {
    bool& down = down_[h.status & 15][h.data1];
    if ((h.status & 0xf0) == 0x90 && h.data2 > 0) {
      doubled_ += down;
      sounding_ += !down;
      down = true;
    } else if ((h.status & 0xf0) == 0x80 || (h.status & 0xf0) == 0x90) {
      doubled_ += !down;
      sounding_ -= down;
      down = false;
    }
  }

  const options options_;
  clap_host_t host_{};
  const clap_plugin_t* plugin_ = nullptr;
  const clap_plugin_params_t* params_ = nullptr;
  clap_input_events_t in_list_{};
  clap_output_events_t out_list_{};
  std::vector<event> in_, out_;
  std::vector<std::pair<std::uint32_t, song>> pieces_;
  std::vector<heard> heard_;
  std::vector<float> left_, right_;
  bool down_[16][128] = {};
  double rate_ = 48000;
  std::uint64_t done_ = 0;
  std::uint32_t frames_ = 0;
  int sounding_ = 0, doubled_ = 0, dirty_ = 0, rescans_ = 0;
  bool active_ = false, processing_ = false, silent_ = true, good_ = true, saved_ = false;
  std::atomic<bool> wants_callback_{false};  // set by any thread
  std::mutex lock_;
  std::vector<std::string> log_;
};

}  // namespace continuo::clap::test
