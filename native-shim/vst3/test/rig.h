// One plugin in the host of host.h, at 48 kHz, with a transport that moves as a host's does.
#pragma once

#include <chrono>
#include <cmath>
#include <map>
#include <thread>
#include <utility>

#include "engine.h"
#include "host.h"

namespace continuo::vst3 {

constexpr double rate = 48000;

struct rig {
  explicit rig(host::module& m)
      : component(create(m)), processor(component.get(), v3_audio_processor_iid), controller(component.get(), v3_edit_controller_iid) {
    v3_cpp_obj_initialize(component.get(), nullptr);
    context.state = V3_PROCESS_CTX_PLAYING | V3_PROCESS_CTX_TEMPO_VALID | V3_PROCESS_CTX_TIME_SIG_VALID | V3_PROCESS_CTX_PROJECT_TIME_VALID;
    context.bpm = 120;
    context.time_sig_numerator = context.time_sig_denom = 4;
    for (auto& channel : samples) channel.resize(8192, 1.0f);
  }

  ~rig() {
    if (component) v3_cpp_obj_terminate(component.get());
  }

  void start(std::int32_t mode = V3_REALTIME) {
    processor->set_processing(processor.get(), 0);
    component->set_active(component.get(), 0);
    v3_process_setup setup{mode, V3_SAMPLE_32, 8192, rate};
    setup_result = processor->setup_processing(processor.get(), &setup);
    process_mode = mode;
    active_result = component->set_active(component.get(), 1);
    processor->set_processing(processor.get(), 1);
  }

  // One block; what came out is in out.list. The host moves on after it, through its loop, and `pace` slower than it can.
  void block(std::int32_t frames, std::chrono::microseconds pace = std::chrono::microseconds(1000)) {
    v3_audio_bus_buffers bus{};
    float* channels[2] = {samples[0].data(), samples[1].data()};
    bus.num_channels = 2;
    bus.channel_buffers_32 = channels;
    v3_process_data data{};
    data.process_mode = process_mode;
    data.nframes = frames;
    data.num_output_buses = 1;
    data.outputs = &bus;
    data.input_events = in.get();
    data.output_events = gives_list ? out.get() : nullptr;
    data.input_params = set.get();
    data.output_params = told.get();
    data.ctx = &context;
    out.list.clear();
    told.clear();
    process_result = processor->process(processor.get(), &data);
    silence = bus.channel_silence_bitset;
    began = context.project_time_quarters;
    follow();
    in.list.clear();
    set.clear();
    if ((context.state & V3_PROCESS_CTX_PLAYING) != 0) {
      context.project_time_in_samples += frames;
      context.project_time_quarters = folded(began + frames * context.bpm / 60 / rate);
    }
    if (pace.count() > 0) std::this_thread::sleep_for(pace);
  }

  // What hosts call when a parameter moves and no audio is wanted: no frames, buses or transport, and lists as they like.
  void flush(bool lists) {
    v3_process_data data{};
    data.process_mode = process_mode;
    data.input_params = set.get();
    if (lists) {
      data.input_events = in.get();
      data.output_events = out.get();
      data.output_params = told.get();
    }
    out.list.clear();
    process_result = processor->process(processor.get(), &data);
    follow();
    if (lists) in.list.clear();
    set.clear();
  }

  // The host's beat at a frame of the last block.
  double beat_at(std::int32_t frame) const { return folded(began + frame * context.bpm / 60 / rate); }

  double folded(double beat) const {
    const bool loops = (context.state & V3_PROCESS_CTX_CYCLE_ACTIVE) != 0 && began < context.cycle_end_quarters;
    return loops && beat >= context.cycle_end_quarters ? beat - (context.cycle_end_quarters - context.cycle_start_quarters) : beat;
  }

  void seek(double beat) {
    context.project_time_quarters = beat;
    context.project_time_in_samples = std::llround(beat * 60 / context.bpm * rate);
  }

  void loop(double from, double to) {
    context.state |= V3_PROCESS_CTX_CYCLE_ACTIVE | V3_PROCESS_CTX_CYCLE_VALID;
    context.cycle_start_quarters = from;
    context.cycle_end_quarters = to;
  }

  void play(bool on) {
    if (on) context.state |= V3_PROCESS_CTX_PLAYING;
    else context.state &= ~static_cast<std::uint32_t>(V3_PROCESS_CTX_PLAYING);
  }

  std::vector<std::uint8_t> state() {
    host::stream s;
    component->get_state(component.get(), s.get());
    return s.bytes;
  }
  bool state(std::vector<std::uint8_t> bytes, std::int32_t piece = 1 << 20) {
    host::stream s(std::move(bytes));
    s.piece = piece;
    return component->set_state(component.get(), s.get()) == V3_OK;
  }

  double get(v3_param_id id) { return controller->get_parameter_normalised(controller.get(), id); }

  // Until this is so, for ten seconds at most, in blocks of 10 ms.
  template <typename So>
  bool until(So so) {
    for (int i = 0; i < 10000 && !so(); i++) block(480);
    return so();
  }

  host::held<v3_component> component;
  host::held<v3_audio_processor> processor;
  host::held<v3_edit_controller> controller;
  v3_process_context context{};
  std::int32_t process_mode = V3_REALTIME;
  host::events in, out;
  bool gives_list = true;  // for what comes out
  host::changes set, told;
  std::vector<float> samples[2];
  std::uint64_t silence = 0;
  double began = 0;
  v3_result setup_result = -1, active_result = -1, process_result = -1;

  int ons = 0, off_grid = 0, doubled = 0;
  std::map<std::pair<int, int>, int> sounding;  // channel and pitch
  std::vector<std::pair<double, int>> heard;    // beat and pitch of the engine's notes

 private:
  static host::held<v3_component> create(host::module& m) {
    v3_class_info info{};
    v3_cpp_obj(m.factory)->get_class_info(m.factory, 0, &info);
    void* made = nullptr;
    if (v3_cpp_obj(m.factory)->create_instance(m.factory, info.class_id, v3_component_iid, &made) != V3_OK) throw std::runtime_error("no instance");
    return host::held<v3_component>(static_cast<v3_component**>(made));
  }

  // Holds what came out against what the engine plans.
  void follow() {
    for (const auto& e : out.list) {
      if (e.type == V3_EVENT_NOTE_ON) {
        ons++;
        doubled += sounding[{e.note_on.channel, e.note_on.pitch}]++ != 0;
        if (e.note_on.channel != engine::channel) continue;
        const double beat = beat_at(e.sample_offset), nearest = std::round(beat / engine::grid) * engine::grid;
        const double frames_off = std::fabs(beat - nearest) * 60 / context.bpm * rate;
        off_grid += frames_off > 0.51 || e.note_on.pitch != engine::pitch_at(folded(nearest));
        heard.emplace_back(folded(nearest), e.note_on.pitch);
      } else if (e.type == V3_EVENT_NOTE_OFF) {
        auto& n = sounding[{e.note_off.channel, e.note_off.pitch}];
        n = std::max(0, n - 1);
      }
    }
  }

 public:
  int hanging() const {
    int n = 0;
    for (const auto& [key, count] : sounding) n += count;
    return n;
  }
};

}  // namespace continuo::vst3
