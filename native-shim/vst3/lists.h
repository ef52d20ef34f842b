// The host's lists of events and parameter points, as the audio thread reads and writes them. They are calls into the host,
// which has to know itself what its real-time thread may do: here, and only here, the compiler does not ask.
#pragma once

#include <travesty/audio_processor.h>
#include <travesty/events.h>

#include <cstdint>

#include "continuo/shim.h"
#include "face.h"

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wfunction-effects"
#endif

namespace continuo::vst3::lists {

// [audio] All of them. A null list is empty and takes nothing.
inline std::uint32_t size(v3_event_list** list) CONTINUO_NONBLOCKING {
  return list != nullptr ? v3_cpp_obj(list)->get_event_count(list) : 0;
}

inline bool get(v3_event_list** list, std::uint32_t index, v3_event& event) CONTINUO_NONBLOCKING {
  return v3_cpp_obj(list)->get_event(list, static_cast<std::int32_t>(index), &event) == ok;
}

// False if the host takes no more in this block.
inline bool add(v3_event_list** list, v3_event& event) CONTINUO_NONBLOCKING {
  return v3_cpp_obj(list)->add_event(list, &event) == ok;
}

inline std::int32_t size(v3_param_changes** changes) CONTINUO_NONBLOCKING {
  return changes != nullptr ? v3_cpp_obj(changes)->get_param_count(changes) : 0;
}

// The points of one parameter; null if there is none.
inline v3_param_value_queue** get(v3_param_changes** changes, std::int32_t index) CONTINUO_NONBLOCKING {
  return v3_cpp_obj(changes)->get_param_data(changes, index);
}

inline v3_param_id id(v3_param_value_queue** points) CONTINUO_NONBLOCKING { return v3_cpp_obj(points)->get_param_id(points); }

inline std::int32_t size(v3_param_value_queue** points) CONTINUO_NONBLOCKING { return v3_cpp_obj(points)->get_point_count(points); }

inline bool get(v3_param_value_queue** points, std::int32_t index, std::int32_t& frame, double& value) CONTINUO_NONBLOCKING {
  return v3_cpp_obj(points)->get_point(points, index, &frame, &value) == ok;
}

// Tells the host that a parameter is at `value` from `frame` on.
inline void add(v3_param_changes** changes, v3_param_id parameter, std::int32_t frame, double value) CONTINUO_NONBLOCKING {
  if (changes == nullptr) return;
  std::int32_t index = 0;
  v3_param_value_queue** points = v3_cpp_obj(changes)->add_param_data(changes, &parameter, &index);
  if (points != nullptr) v3_cpp_obj(points)->add_point(points, frame, value, &index);
}

}  // namespace continuo::vst3::lists

#if defined(__clang__)
#pragma clang diagnostic pop
#endif
