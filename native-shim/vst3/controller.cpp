// The faces that a host's own knobs speak with: IEditController and IMidiMapping. There is no window; hosts draw their own.
#include <travesty/edit_controller.h>

#include <array>
#include <cmath>
#include <vector>

#include "component.h"
#include "stream.h"
#include "text.h"

namespace continuo::vst3::faces {
namespace {

controls& set_of(void* self) noexcept { return behind<vst3::component>(self).set; }

// All of these: [main].

// The component is this object: what it was given is known.
v3_result V3_API component_state(void*, v3_bstream** stream) noexcept { return stream != nullptr ? ok : invalid; }

// What the component's state, which all formats share, does not hold: a version, and the bypass.
constexpr std::uint8_t version = 1;

v3_result V3_API set_state(void* self, v3_bstream** stream) noexcept {
  if (stream == nullptr) return invalid;
  try {
    std::vector<std::uint8_t> bytes;
    if (!read_all(stream, 64, bytes) || bytes.size() != 2 || bytes[0] != version || bytes[1] > 1) return no;
    set_of(self).show(controls::bypass, bytes[1]);
    return ok;
  } catch (...) {
    return no_memory;
  }
}

v3_result V3_API get_state(void* self, v3_bstream** stream) noexcept {
  if (stream == nullptr) return invalid;
  const std::array<std::uint8_t, 2> bytes = {version, static_cast<std::uint8_t>(set_of(self).bypassed() ? 1 : 0)};
  return write_all(stream, bytes.data(), bytes.size()) ? ok : failed;
}

std::int32_t V3_API count(void*) noexcept { return controls::count; }

v3_result V3_API info(void*, std::int32_t index, v3_param_info* info) noexcept {
  return info != nullptr && controls::describe(index, *info) ? ok : invalid;
}

v3_result V3_API text_of(void*, v3_param_id id, double normal, v3_str_128 text) noexcept {
  if (text == nullptr || !controls::is_known(id)) return invalid;
  try {
    put_text(controls::to_text(id, normal), text);
    return ok;
  } catch (...) {
    return no_memory;
  }
}

v3_result V3_API value_of(void*, v3_param_id id, std::int16_t* text, double* normal) noexcept {
  if (text == nullptr || normal == nullptr || !controls::is_known(id)) return invalid;
  try {
    return controls::from_text(id, get_text(text), *normal) ? ok : no;
  } catch (...) {
    return no_memory;
  }
}

double V3_API to_plain(void*, v3_param_id id, double normal) noexcept { return controls::to_plain(id, normal); }
double V3_API to_normal(void*, v3_param_id id, double plain) noexcept { return controls::to_normal(id, plain); }
double V3_API get(void* self, v3_param_id id) noexcept { return set_of(self).get(id); }
v3_result V3_API set(void* self, v3_param_id id, double normal) noexcept { return set_of(self).show(id, normal) ? ok : invalid; }

v3_result V3_API handler(void* self, v3_component_handler** next) noexcept {
  behind<vst3::component>(self).handler(next);
  return ok;
}
v3_plugin_view** V3_API view(void*, const char*) noexcept { return nullptr; }

v3_result V3_API mapped(void*, std::int32_t bus, std::int16_t channel, std::int16_t controller, v3_param_id* id) noexcept {
  return bus == 0 && id != nullptr && controls::mapped(channel, controller, *id) ? ok : no;
}

constexpr v3_edit_controller_cpp controller_functions = {
    {query, ref, unref},
    {initialize, terminate},
    {component_state, set_state, get_state, count, info, text_of, value_of, to_plain, to_normal, get, set, handler, view}};
constexpr v3_midi_mapping_cpp mapping_functions = {{query, ref, unref}, {mapped}};

}  // namespace

const void* const controller = &controller_functions;
const void* const mapping = &mapping_functions;

}  // namespace continuo::vst3::faces
