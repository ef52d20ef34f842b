// A VST3 host of our own, over the same C headers: what the tests load the module with. Not a host to learn manners from: it
// calls what it is told to, in any order.
#pragma once

#include <travesty/audio_processor.h>
#include <travesty/component.h>
#include <travesty/edit_controller.h>
#include <travesty/factory.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../hosts/support/library.h"
#include "../face.h"

namespace host {

// Objects of the host live on the stack and are not counted.
template <typename Table>
struct object {
  const Table* table;
};

inline v3_result V3_API refuse(void*, const v3_tuid, void** to) {
  *to = nullptr;
  return continuo::vst3::no_interface;
}
inline std::uint32_t V3_API one(void*) { return 1; }

// A stream in memory that gives and takes at most `piece` bytes at a time.
class stream {
 public:
  std::vector<std::uint8_t> bytes;
  std::size_t at = 0;
  std::int32_t piece = 1 << 20;

  stream() = default;
  explicit stream(std::vector<std::uint8_t> content) : bytes(std::move(content)) {}
  v3_bstream** get() { return reinterpret_cast<v3_bstream**>(&object_); }

 private:
  struct table : v3_funknown {
    v3_bstream stream;
  };
  struct face : object<table> {
    class stream* self;
  };
  static class stream& of(void* self) { return *static_cast<face*>(self)->self; }
  static v3_result V3_API read(void* self, void* to, std::int32_t size, std::int32_t* got) {
    auto& s = of(self);
    const auto n = std::min<std::size_t>(s.bytes.size() - s.at, static_cast<std::size_t>(std::min(size, s.piece)));
    if (n > 0) std::memcpy(to, s.bytes.data() + s.at, n);
    s.at += n;
    if (got != nullptr) *got = static_cast<std::int32_t>(n);
    return V3_OK;
  }
  static v3_result V3_API write(void* self, void* from, std::int32_t size, std::int32_t* put) {
    auto& s = of(self);
    const auto n = static_cast<std::size_t>(std::min(size, s.piece));
    const auto* begin = static_cast<const std::uint8_t*>(from);
    s.bytes.insert(s.bytes.end(), begin, begin + n);
    s.at = s.bytes.size();
    if (put != nullptr) *put = static_cast<std::int32_t>(n);
    return V3_OK;
  }
  static v3_result V3_API seek(void* self, std::int64_t to, std::int32_t, std::int64_t* result) {
    of(self).at = std::min(static_cast<std::size_t>(to), of(self).bytes.size());
    if (result != nullptr) *result = to;
    return V3_OK;
  }
  static v3_result V3_API tell(void* self, std::int64_t* to) {
    *to = static_cast<std::int64_t>(of(self).at);
    return V3_OK;
  }
  static constexpr table functions{{refuse, one, one}, {read, write, seek, tell}};
  face object_{{&functions}, this};
};

// A list of events that takes at most `room` of them. Preallocated: process may be called from a real-time thread.
class events {
 public:
  std::vector<v3_event> list;
  std::size_t room = 4096;

  events() { list.reserve(4096); }
  v3_event_list** get() { return reinterpret_cast<v3_event_list**>(&object_); }

  events& note(bool on, std::int32_t frame, int channel, int pitch, float velocity = 0.75f) {
    v3_event e{};
    e.sample_offset = frame;
    e.type = on ? V3_EVENT_NOTE_ON : V3_EVENT_NOTE_OFF;
    if (on) e.note_on = {static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0, velocity, 0, -1};
    else e.note_off = {static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), velocity, -1, 0};
    list.push_back(e);
    return *this;
  }

 private:
  struct table : v3_funknown {
    v3_event_list list;
  };
  struct face : object<table> {
    events* self;
  };
  static events& of(void* self) { return *static_cast<face*>(self)->self; }
  static std::uint32_t V3_API count(void* self) { return static_cast<std::uint32_t>(of(self).list.size()); }
  static v3_result V3_API event(void* self, std::int32_t index, v3_event* to) {
    if (index < 0 || static_cast<std::size_t>(index) >= of(self).list.size()) return continuo::vst3::invalid;
    *to = of(self).list[static_cast<std::size_t>(index)];
    return V3_OK;
  }
  static v3_result V3_API add(void* self, v3_event* e) {
    if (of(self).list.size() >= of(self).room) return V3_FALSE;
    of(self).list.push_back(*e);
    return V3_OK;
  }
  static constexpr table functions{{refuse, one, one}, {count, event, add}};
  face object_{{&functions}, this};
};

// Points of parameters, a queue for each.
class changes {
 public:
  struct point {
    std::int32_t frame;
    double value;
  };
  class queue {
   public:
    v3_param_id id = 0;
    std::vector<point> points;
    v3_param_value_queue** get() {
      object_ = {{&functions}, this};  // its place is known only now
      return reinterpret_cast<v3_param_value_queue**>(&object_);
    }

   private:
    struct table : v3_funknown {
      v3_param_value_queue queue;
    };
    struct face : object<table> {
      class queue* self;
    };
    static class queue& of(void* self) { return *static_cast<face*>(self)->self; }
    static v3_param_id V3_API the_id(void* self) { return of(self).id; }
    static std::int32_t V3_API count(void* self) { return static_cast<std::int32_t>(of(self).points.size()); }
    static v3_result V3_API get_point(void* self, std::int32_t index, std::int32_t* frame, double* value) {
      if (index < 0 || index >= count(self)) return continuo::vst3::invalid;
      *frame = of(self).points[static_cast<std::size_t>(index)].frame;
      *value = of(self).points[static_cast<std::size_t>(index)].value;
      return V3_OK;
    }
    static v3_result V3_API add_point(void* self, std::int32_t frame, double value, std::int32_t* index) {
      of(self).points.push_back({frame, value});
      if (index != nullptr) *index = count(self) - 1;
      return V3_OK;
    }
    static constexpr table functions{{refuse, one, one}, {the_id, count, get_point, add_point}};
    face object_{};
  };

  // Preallocated, as a host's are: process adds to them.
  changes() : queues_(64) {
    for (auto& q : queues_) q.points.reserve(64);
  }
  v3_param_changes** get() { return reinterpret_cast<v3_param_changes**>(&object_); }

  void clear() {
    for (std::size_t i = 0; i < size_; i++) queues_[i].points.clear();
    size_ = 0;
  }
  std::size_t size() const { return size_; }
  queue& operator[](std::size_t index) { return queues_[index]; }

  changes& set(v3_param_id id, std::int32_t frame, double value) {
    std::size_t at = 0;
    while (at < size_ && queues_[at].id != id) at++;
    if (at == queues_.size()) return *this;
    if (at == size_) queues_[size_++].id = id;
    queues_[at].points.push_back({frame, value});
    return *this;
  }

 private:
  struct table : v3_funknown {
    v3_param_changes changes;
  };
  struct face : object<table> {
    class changes* self;
  };
  static class changes& of(void* self) { return *static_cast<face*>(self)->self; }
  static std::int32_t V3_API count(void* self) { return static_cast<std::int32_t>(of(self).size_); }
  static v3_param_value_queue** V3_API data(void* self, std::int32_t index) {
    return index < 0 || index >= count(self) ? nullptr : of(self).queues_[static_cast<std::size_t>(index)].get();
  }
  static v3_param_value_queue** V3_API add(void* self, v3_param_id* id, std::int32_t* index) {
    auto& all = of(self);
    if (all.size_ == all.queues_.size()) return nullptr;
    all.queues_[all.size_++].id = *id;
    if (index != nullptr) *index = count(self) - 1;
    return all.queues_[all.size_ - 1].get();
  }
  static constexpr table functions{{refuse, one, one}, {count, data, add}};
  face object_{{&functions}, this};
  std::vector<queue> queues_;
  std::size_t size_ = 0;
};

// Counts what a plugin says of itself, and the references that it holds.
class handler {
 public:
  int restarts = 0, references = 0, dirty = 0;
  std::int32_t flags = 0;
  v3_component_handler** get() { return reinterpret_cast<v3_component_handler**>(&object_); }

 private:
  struct table : v3_funknown {
    v3_component_handler handler;
  };
  struct face : object<table> {
    handler* self;
  };
  static handler& of(void* self) { return *static_cast<face*>(self)->self; }
  static std::uint32_t V3_API ref(void* self) { return static_cast<std::uint32_t>(++of(self).references); }
  static std::uint32_t V3_API unref(void* self) { return static_cast<std::uint32_t>(--of(self).references); }
  static v3_result V3_API edit(void*, v3_param_id) { return V3_OK; }
  static v3_result V3_API perform(void*, v3_param_id, double) { return V3_OK; }
  static v3_result V3_API restart(void* self, std::int32_t flags) {
    of(self).restarts++;
    of(self).flags = flags;
    return V3_OK;
  }
  static v3_result V3_API query(void* self, const v3_tuid iid, void** found) {
    const bool is = v3_tuid_match(iid, v3_component_handler2_iid);
    *found = is ? static_cast<void*>(&of(self).second_) : nullptr;
    of(self).references += is;
    return is ? continuo::vst3::ok : continuo::vst3::no_interface;
  }
  static constexpr table functions{{query, ref, unref}, {edit, perform, edit, restart}};
  face object_{{&functions}, this};

  // The second age of the interface, as a face of its own.
  struct second_table : v3_funknown {
    v3_component_handler2 handler;
  };
  struct second_face : object<second_table> {
    handler* self;
  };
  static handler& second_of(void* self) { return *static_cast<second_face*>(self)->self; }
  static std::uint32_t V3_API second_ref(void* self) { return static_cast<std::uint32_t>(++second_of(self).references); }
  static std::uint32_t V3_API second_unref(void* self) { return static_cast<std::uint32_t>(--second_of(self).references); }
  static v3_result V3_API set_dirty(void* self, v3_bool) {
    second_of(self).dirty++;
    return V3_OK;
  }
  static v3_result V3_API open_editor(void*, const char*) { return V3_OK; }
  static v3_result V3_API group(void*) { return V3_OK; }
  static constexpr second_table second_functions{{refuse, second_ref, second_unref}, {set_dirty, open_editor, group, group}};
  second_face second_{{&second_functions}, this};
};

// A loaded module. Throws if the file is none.
class module {
 public:
  explicit module(const std::string& path) : library_(path) {
#if defined(_WIN32)
    const bool begun = library_.symbol<bool (*)()>("InitDll")();
#elif defined(__APPLE__)
    const bool begun = library_.symbol<bool (*)(void*)>("bundleEntry")(this);
#else
    const bool begun = library_.symbol<bool (*)(void*)>("ModuleEntry")(this);
#endif
    if (!begun) throw std::runtime_error("the module says no");
    factory = library_.symbol<v3_plugin_factory** (*)()>("GetPluginFactory")();
  }
  ~module() {
#if defined(_WIN32)
    library_.symbol<bool (*)()>("ExitDll")();
#elif defined(__APPLE__)
    library_.symbol<bool (*)()>("bundleExit")();
#else
    library_.symbol<bool (*)()>("ModuleExit")();
#endif
  }
  module(const module&) = delete;
  module& operator=(const module&) = delete;

  v3_plugin_factory** factory = nullptr;

 private:
  continuo::hosts::library library_;
};

// One of an object's interfaces, held and let go; null if it has no such.
template <typename T>
class held {
 public:
  template <typename U>
  held(U** from, const v3_tuid iid) {
    if (from != nullptr && v3_cpp_obj_query_interface(from, iid, &face_) != V3_OK) face_ = nullptr;
  }
  explicit held(T** taken) : face_(taken) {}
  ~held() { reset(); }
  held(const held&) = delete;
  held& operator=(const held&) = delete;

  void reset() {
    if (face_ != nullptr) v3_cpp_obj_unref(face_);
    face_ = nullptr;
  }
  T** get() const { return face_; }
  T* operator->() const { return v3_cpp_obj(face_); }
  explicit operator bool() const { return face_ != nullptr; }

 private:
  T** face_ = nullptr;
};

}  // namespace host
