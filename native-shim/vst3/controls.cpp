#include "controls.h"

#include <algorithm>
#include <cstdio>

#include "events.h"
#include "text.h"

namespace continuo::vst3 {

namespace {

std::int32_t steps(const plugin::parameter& p) CONTINUO_NONBLOCKING {
  return p.stepped ? static_cast<std::int32_t>(p.most - p.least) : 0;
}

// A figure for anything that a host may send.
double held(double normal) CONTINUO_NONBLOCKING { return normal > 0 ? std::min(normal, 1.0) : 0; }

// Of a gesture's parameter.
const controls::controller& moved_by(v3_param_id id) CONTINUO_NONBLOCKING { return controls::controllers[(id - controls::pedal) / 16]; }
int channel_of(v3_param_id id) CONTINUO_NONBLOCKING { return static_cast<int>((id - controls::pedal) % 16); }

}  // namespace

bool controls::mapped(int channel, int controller, v3_param_id& id) noexcept {
  if (channel < 0 || channel > 15) return false;
  for (std::size_t i = 0; i < controllers.size(); i++) {
    if (controllers[i].number != controller) continue;
    id = pedal + static_cast<v3_param_id>(16 * i) + static_cast<v3_param_id>(channel);
    return true;
  }
  return false;
}

continuo_event controls::gesture(v3_param_id id, double normal) CONTINUO_NONBLOCKING {
  const int number = moved_by(id).number;
  const auto status = [&](int kind) CONTINUO_NONBLOCKING { return static_cast<std::uint8_t>(kind | channel_of(id)); };
  const auto value = static_cast<std::uint8_t>(std::lround(held(normal) * 127));
  if (number == after_touch) return {0, status(0xd0), value, 0, 0};
  if (number != pitch_bend) return {0, status(0xb0), static_cast<std::uint8_t>(number), value, 0};
  const auto bent = static_cast<std::uint32_t>(std::lround(held(normal) * 16383));
  return {0, status(0xe0), static_cast<std::uint8_t>(bent & 0x7f), static_cast<std::uint8_t>(bent >> 7), 0};
}

bool controls::describe(std::int32_t index, v3_param_info& info) noexcept {
  if (index < 0 || index >= count) return false;
  info = {};
  info.param_id = id_at(index);
  if (const auto* p = plugin::find_parameter(info.param_id)) {
    put_text(p->name, info.title);
    put_text(p->name, info.short_title);
    put_text(p->unit, info.units);
    info.step_count = steps(*p);
    info.default_normalised_value = to_normal(p->id, p->usual);
    info.flags = V3_PARAM_CAN_AUTOMATE | (p->labels != nullptr ? V3_PARAM_IS_LIST : 0);
  } else if (info.param_id == bypass) {
    put_text("Bypass", info.title);
    put_text("Bypass", info.short_title);
    info.step_count = 1;
    info.flags = V3_PARAM_CAN_AUTOMATE | V3_PARAM_IS_BYPASS;
  } else {
    const controller& moves = moved_by(info.param_id);
    char text[32];
    std::snprintf(text, sizeof text, "%s %02d", moves.name, channel_of(info.param_id) + 1);
    put_text(text, info.title);
    put_text(text, info.short_title);
    info.default_normalised_value = moves.rests;
    info.flags = V3_PARAM_IS_HIDDEN;
  }
  return true;
}

double controls::to_plain(v3_param_id id, double normal) CONTINUO_NONBLOCKING {
  const auto* p = plugin::find_parameter(id);
  if (p == nullptr) return held(normal);
  const std::int32_t n = steps(*p);
  if (n > 0) return p->least + std::min<double>(n, std::floor(held(normal) * (n + 1)));
  return p->least + held(normal) * (p->most - p->least);
}

double controls::to_normal(v3_param_id id, double plain) CONTINUO_NONBLOCKING {
  const auto* p = plugin::find_parameter(id);
  if (p == nullptr) return held(plain);
  return held((plugin::nearest_value(*p, plain) - p->least) / (p->most - p->least));
}

std::string controls::to_text(v3_param_id id, double normal) {
  if (const auto* p = plugin::find_parameter(id)) return plugin::value_to_text(*p, to_plain(id, normal), false);
  if (id == bypass) return held(normal) >= 0.5 ? "on" : "off";
  if (is_gesture(id) && moved_by(id).number == pitch_bend) return std::to_string(std::lround(held(normal) * 16383) - 8192);
  return std::to_string(std::lround(held(normal) * 127));
}

bool controls::from_text(v3_param_id id, const std::string& text, double& normal) {
  if (const auto* p = plugin::find_parameter(id)) {
    double plain = 0;
    if (!plugin::text_to_value(*p, text, plain)) return false;
    normal = to_normal(id, plain);
    return true;
  }
  if (id != bypass || (text != "on" && text != "off")) return false;
  normal = text == "on" ? 1 : 0;
  return true;
}

double controls::get(v3_param_id id) const CONTINUO_NONBLOCKING {
  if (id == bypass) return bypass_.load(std::memory_order_relaxed);
  if (is_gesture(id)) return gestures_[id - pedal].load(std::memory_order_relaxed);
  if (button(id) != nullptr) return shown_[id].load(std::memory_order_relaxed);
  return plugin::find_parameter(id) != nullptr ? to_normal(id, plays_.get(id)) : 0;
}

bool controls::show(v3_param_id id, double normal) CONTINUO_NONBLOCKING {
  if (!is_known(id) || normal != normal) return false;
  if (id == bypass) bypass_.store(held(normal), std::memory_order_relaxed);
  else if (is_gesture(id)) gestures_[id - pedal].store(held(normal), std::memory_order_relaxed);
  else if (button(id) != nullptr) shown_[id].store(to_normal(id, to_plain(id, normal)), std::memory_order_relaxed);
  else plays_.set(id, to_plain(id, normal));
  return true;
}

bool controls::play(v3_param_id id, double normal) CONTINUO_NONBLOCKING {
  const auto* pressed = button(id);
  if (pressed == nullptr) {
    show(id, normal);
    return false;
  }
  shown_[id].store(0, std::memory_order_relaxed);
  if (normal != normal || to_plain(id, normal) < pressed->most) return false;
  plays_.set(id, pressed->most);
  plays_.set(id, pressed->least);
  return true;
}

}  // namespace continuo::vst3
