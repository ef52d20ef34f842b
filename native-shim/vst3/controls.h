// The parameters as VST3 counts and scales them: the shared table, the host's bypass, and for each channel the controllers that
// musicians move.
//
// VST3 has no controllers among its events: a host asks which parameter a controller moves (IMidiMapping). The engine hears
// the sustain pedal; all go on with the musician's notes that pass. Mapped are wheels, pedals, breath, volume, pan, expression and
// pressure, and no more, so that no host lists 2,080 parameters. They are hidden, cannot be automated and are in no state: a pedal
// is a gesture.
//
// A button springs back: it acts once when its value comes up in a block, and the host is told 0, so that none is pressed again
// by a session that was saved with it down.
#pragma once

#include <travesty/edit_controller.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <string>

#include "continuo/shim.h"
#include "instance.h"
#include "parameters.h"

namespace continuo::vst3 {

class controls {
 public:
  // As VST3 counts controllers: MIDI's, then channel pressure and pitch bend.
  struct controller {
    int number;
    const char* name;
    double rests;  // 0..1
  };
  // Their order is their parameters' numbers, 16 each: new ones come at the end.
  static constexpr std::array<controller, 11> controllers{{{64, "Sustain", 0},
                                                           {129, "Pitch bend", 0.5},
                                                           {1, "Modulation", 0},
                                                           {2, "Breath", 0},
                                                           {4, "Foot", 0},
                                                           {7, "Volume", 100 / 127.0},
                                                           {10, "Pan", 64 / 127.0},
                                                           {11, "Expression", 1},
                                                           {66, "Sostenuto", 0},
                                                           {67, "Soft pedal", 0},
                                                           {128, "Pressure", 0}}};
  static constexpr v3_param_id bypass = 0x10000, pedal = 0x20000, bend = pedal + 16;
  static constexpr v3_param_id gesture_count = 16 * static_cast<v3_param_id>(controllers.size());
  static constexpr std::int32_t count = static_cast<std::int32_t>(plugin::parameter_count + 1 + gesture_count);

  explicit controls(plugin::instance& plays) : plays_(plays) {
    for (v3_param_id i = 0; i < gesture_count; i++) gestures_[i].store(controllers[i / 16].rests, std::memory_order_relaxed);
  }

  // [any] The id at a place in the host's list, 0 to count - 1.
  static v3_param_id id_at(std::int32_t index) noexcept {
    const auto i = static_cast<v3_param_id>(index);
    if (i < plugin::parameter_count) return i;
    return i == plugin::parameter_count ? bypass : pedal + (i - plugin::parameter_count - 1);
  }
  static bool is_gesture(v3_param_id id) CONTINUO_NONBLOCKING { return id >= pedal && id < pedal + gesture_count; }
  static bool is_known(v3_param_id id) CONTINUO_NONBLOCKING {
    return id == bypass || is_gesture(id) || plugin::find_parameter(id) != nullptr;
  }

  // [audio] Whether it changes what sounds from its frame on. All others act through the link's thread, which takes them up
  // milliseconds later: for them the block needs no cut.
  static bool sounds(v3_param_id id) CONTINUO_NONBLOCKING { return id == bypass || id == plugin::panic; }
  // [audio] What a controller's parameter means in MIDI, at frame 0.
  static continuo_event gesture(v3_param_id id, double normal) CONTINUO_NONBLOCKING;

  // [main] The parameter that a MIDI controller of a channel moves; false if it moves none.
  static bool mapped(int channel, int controller, v3_param_id& id) noexcept;

  // [main] What a host shows of it; false for an unknown index.
  static bool describe(std::int32_t index, v3_param_info&) noexcept;

  // [any] 0..1 to the parameter's own range and back. Steps are as VST3 has them: n + 1 equal stretches of 0..1.
  static double to_plain(v3_param_id id, double normal) CONTINUO_NONBLOCKING;
  static double to_normal(v3_param_id id, double plain) CONTINUO_NONBLOCKING;

  // [main] May allocate. Without the unit, which hosts write behind it as `describe` tells it.
  static std::string to_text(v3_param_id id, double normal);
  static bool from_text(v3_param_id id, const std::string& text, double& normal);

  // [any] 0..1; 0 for an unknown id.
  double get(v3_param_id id) const CONTINUO_NONBLOCKING;

  // [main] As a host's own knob: no button acts by it. False for an unknown id or what is no figure.
  bool show(v3_param_id id, double normal) CONTINUO_NONBLOCKING;

  // [audio] As it comes with a block: buttons act. True if it was a button, which has sprung back.
  bool play(v3_param_id id, double normal) CONTINUO_NONBLOCKING;

  bool bypassed() const CONTINUO_NONBLOCKING { return bypass_.load(std::memory_order_relaxed) >= 0.5; }

 private:
  static const plugin::parameter* button(v3_param_id id) CONTINUO_NONBLOCKING {
    const auto* known = plugin::find_parameter(id);
    return known != nullptr && known->reach == plugin::parameter::button ? known : nullptr;
  }

  plugin::instance& plays_;
  std::atomic<double> bypass_{0};
  std::array<std::atomic<double>, plugin::parameter_count> shown_{};  // of buttons
  std::array<std::atomic<double>, gesture_count> gestures_{};
};

}  // namespace continuo::vst3
