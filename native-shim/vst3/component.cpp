#include "component.h"

#include <travesty/component.h>
#include <travesty/edit_controller.h>

#include <cmath>
#include <new>
#include <vector>

#include "state.h"
#include "stream.h"
#include "text.h"

namespace continuo::vst3 {

component::component()
    : component_{faces::component, this},
      processor_{faces::processor, this},
      requirements_{faces::requirements, this},
      prefetch_{faces::prefetch, this},
      controller_{faces::controller, this},
      mapping_{faces::mapping, this} {}

component::~component() {
  handler(nullptr);
  activate(false);
}

v3_result component::create(const v3_tuid iid, void** object) noexcept {
  try {
    component* made = new component();
    const v3_result result = made->query(iid, object);
    made->unref();
    return result;
  } catch (...) {
    return no_memory;
  }
}

v3_result component::query(const v3_tuid iid, void** object) noexcept {
  if (object == nullptr) return invalid;
  const auto is = [iid](const v3_tuid other) { return v3_tuid_match(iid, other); };
  if (is(v3_funknown_iid) || is(v3_plugin_base_iid) || is(v3_component_iid)) *object = &component_;
  else if (is(v3_audio_processor_iid)) *object = &processor_;
  else if (is(v3_process_context_requirements_iid)) *object = &requirements_;
  else if (is(faces::prefetch_iid)) *object = &prefetch_;
  else if (is(v3_edit_controller_iid)) *object = &controller_;
  else if (is(v3_midi_mapping_iid)) *object = &mapping_;
  else *object = nullptr;
  if (*object == nullptr) return no_interface;
  ref();
  return ok;
}

std::uint32_t component::unref() noexcept {
  const std::uint32_t left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
  if (left == 0) delete this;
  return left;
}

bool component::setup(double sample_rate, std::int32_t max_frames) noexcept {
  if (active() || !(sample_rate > 0) || !std::isfinite(sample_rate) || max_frames < 0) return false;
  sample_rate_ = sample_rate;
  max_frames_ = static_cast<std::uint32_t>(max_frames);
  return true;
}

bool component::activate(bool on) noexcept {
  if (on == active()) return true;
  if (on) {
    if (!plays.activate(sample_rate_, max_frames_)) return false;
    block.rate(sample_rate_);
  } else {
    plays.deactivate();
    tell_take_changed();
  }
  active_.store(on, std::memory_order_release);
  return true;
}

void component::offline(bool on) noexcept {
  if (on == offline_) return;
  offline_ = on;
  plays.offline(on);
}

void component::handler(v3_component_handler** next) noexcept {
  if (next == handler_) return;
  if (next != nullptr) v3_cpp_obj_ref(next);
  if (handler_ != nullptr) v3_cpp_obj_unref(handler_);
  handler_ = next;
}

void component::tell_values_changed() noexcept {
  if (handler_ != nullptr) v3_cpp_obj(handler_)->restart_component(handler_, V3_RESTART_PARAM_VALUES_CHANGED);
}

// Of all that the host may be told off the audio thread, only here it is known that this is main.
void component::tell_take_changed() noexcept {
  if (!plays.take_changed() || handler_ == nullptr) return;
  v3_component_handler2** second = nullptr;
  if (v3_cpp_obj_query_interface(handler_, v3_component_handler2_iid, &second) != V3_OK || second == nullptr) return;
  v3_cpp_obj(second)->set_dirty(second, 1);
  v3_cpp_obj_unref(second);
}

namespace faces {

v3_result V3_API query(void* self, const v3_tuid iid, void** object) noexcept { return behind<vst3::component>(self).query(iid, object); }
std::uint32_t V3_API ref(void* self) noexcept { return behind<vst3::component>(self).ref(); }
std::uint32_t V3_API unref(void* self) noexcept { return behind<vst3::component>(self).unref(); }

v3_result V3_API initialize(void*, v3_funknown**) noexcept { return ok; }
v3_result V3_API terminate(void* self) noexcept {
  behind<vst3::component>(self).handler(nullptr);
  behind<vst3::component>(self).activate(false);
  return ok;
}

namespace {

enum : std::int32_t { midi_channels = 16, stereo = 2 };

// One bus of events each way, and a silent stereo output.
bool has_bus(std::int32_t media, std::int32_t direction) noexcept {
  return (media == V3_EVENT && (direction == V3_INPUT || direction == V3_OUTPUT)) || (media == V3_AUDIO && direction == V3_OUTPUT);
}

// All of these: [main].
v3_result V3_API controller_class(void*, v3_tuid) noexcept { return not_implemented; }  // the object itself is it
v3_result V3_API io_mode(void*, std::int32_t) noexcept { return ok; }

std::int32_t V3_API bus_count(void*, std::int32_t media, std::int32_t direction) noexcept { return has_bus(media, direction) ? 1 : 0; }

v3_result V3_API bus_info(void*, std::int32_t media, std::int32_t direction, std::int32_t index, v3_bus_info* info) noexcept {
  if (info == nullptr || index != 0 || !has_bus(media, direction)) return invalid;
  *info = {};
  info->media_type = media;
  info->direction = direction;
  info->channel_count = media == V3_EVENT ? midi_channels : stereo;
  put_text(media == V3_AUDIO ? "Silence" : direction == V3_INPUT ? "What you play" : "What it plays", info->bus_name);
  info->bus_type = V3_MAIN;
  info->flags = V3_DEFAULT_ACTIVE;
  return ok;
}

v3_result V3_API routing(void*, v3_routing_info*, v3_routing_info*) noexcept { return not_implemented; }

// A bus that is switched off is as it was: nothing here costs anything.
v3_result V3_API activate_bus(void*, std::int32_t media, std::int32_t direction, std::int32_t index, v3_bool) noexcept {
  return index == 0 && has_bus(media, direction) ? ok : invalid;
}

v3_result V3_API set_active(void* self, v3_bool on) noexcept { return behind<vst3::component>(self).activate(on != 0) ? ok : failed; }

v3_result V3_API set_state(void* self, v3_bstream** stream) noexcept {
  if (stream == nullptr) return invalid;
  try {
    std::vector<std::uint8_t> bytes;
    // What is too large is not read to its end, and refused by its size.
    read_all(stream, plugin::state::largest, bytes);
    auto& whole = behind<vst3::component>(self);
    if (!whole.plays.load(bytes.data(), bytes.size())) return no;
    whole.tell_values_changed();
    return ok;
  } catch (...) {
    return no_memory;
  }
}

v3_result V3_API get_state(void* self, v3_bstream** stream) noexcept {
  if (stream == nullptr) return invalid;
  const std::vector<std::uint8_t> bytes = behind<vst3::component>(self).plays.save();
  return !bytes.empty() && write_all(stream, bytes.data(), bytes.size()) ? ok : failed;
}

constexpr v3_component_cpp component_functions = {
    {query, ref, unref},
    {initialize, terminate},
    {controller_class, io_mode, bus_count, bus_info, routing, activate_bus, set_active, set_state, get_state}};

}  // namespace

const void* const component = &component_functions;

}  // namespace faces
}  // namespace continuo::vst3
