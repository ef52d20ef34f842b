// The host's event lists. Audio thread, and main while the plugin is not active (flush).
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>

#include "continuo/shim.h"
#include "headers.h"
#include "keys.h"

namespace continuo::clap {

// The host's functions keep CLAP's promise for the audio thread; the compiler cannot know.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wfunction-effects"
#endif

inline std::uint32_t size_of(const clap_input_events_t* list) CONTINUO_NONBLOCKING { return list == nullptr ? 0 : list->size(list); }
inline const clap_event_header_t* event_of(const clap_input_events_t* list, std::uint32_t i) CONTINUO_NONBLOCKING {
  return list->get(list, i);
}
inline bool push_event(const clap_output_events_t* list, const clap_event_header_t* event) CONTINUO_NONBLOCKING {
  return list != nullptr && list->try_push(list, event);
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// The event as type T if it is of the core space, of that type and long enough; else null.
template <typename T>
const T* as(const clap_event_header_t* header, std::uint16_t type) CONTINUO_NONBLOCKING {
  if (header->space_id != CLAP_CORE_EVENT_SPACE_ID || header->type != type || header->size < sizeof(T)) return nullptr;
  return reinterpret_cast<const T*>(header);
}

// What goes out to the host, which may not take it. A note's end that it does not take is owed, and comes first in the next
// block; a note that it does not take has no end.
class output {
 public:
  // `as_notes`: the host takes CLAP's notes, else MIDI.
  void speak(bool as_notes) { as_notes_ = as_notes; }

  // Pays what is owed, at frame 0.
  void begin(const clap_output_events_t* list) CONTINUO_NONBLOCKING {
    list_ = list;
    if (!owes_) return;
    owes_ = false;
    owed_.matching(-1, -1, -1, [&](int channel, int pitch) CONTINUO_NONBLOCKING {
      owed_.release(channel, pitch);
      write({0, static_cast<std::uint8_t>(0x80 | channel), static_cast<std::uint8_t>(pitch), 0, 0});
    });
  }

  void write(const continuo_event& e) CONTINUO_NONBLOCKING {
    const int kind = e.status & 0xf0, channel = e.status & 0x0f;
    const bool on = kind == 0x90 && e.data2 > 0, off = kind == 0x80 || (kind == 0x90 && e.data2 == 0);
    if (off && untaken_.is_down(channel, e.data1)) {
      untaken_.release(channel, e.data1);
      return;
    }
    // The key sounds on from before, since its end is owed.
    if (on && owed_.is_down(channel, e.data1)) {
      if (!push({e.frame, static_cast<std::uint8_t>(0x80 | channel), e.data1, 0, 0}, true)) {
        untaken_.down(channel, e.data1, -1);
        return;
      }
      owed_.release(channel, e.data1);
    }
    if (push(e, on || off)) return;
    if (off) owe(channel, e.data1);
    if (on) untaken_.down(channel, e.data1, -1);
  }

  // The host cannot be told now.
  void owe(int channel, int pitch) CONTINUO_NONBLOCKING {
    owed_.down(channel, pitch, -1);
    owes_ = true;
  }

  // [any] Events that the host did not take.
  std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

 private:
  bool push(const continuo_event& e, bool note) CONTINUO_NONBLOCKING {
    const bool taken = as_notes_ && note ? push_note(e, (e.status & 0xf0) == 0x90 && e.data2 > 0) : push_midi(e);
    if (!taken) lost_.fetch_add(1, std::memory_order_relaxed);
    return taken;
  }

  bool push_note(const continuo_event& e, bool on) CONTINUO_NONBLOCKING {
    clap_event_note_t n{};
    n.header = {sizeof n, e.frame, CLAP_CORE_EVENT_SPACE_ID, static_cast<std::uint16_t>(on ? CLAP_EVENT_NOTE_ON : CLAP_EVENT_NOTE_OFF), 0};
    n.note_id = -1;
    n.channel = static_cast<std::int16_t>(e.status & 0x0f);
    n.key = e.data1;
    n.velocity = e.data2 / 127.0;
    return push_event(list_, &n.header);
  }

  bool push_midi(const continuo_event& e) CONTINUO_NONBLOCKING {
    clap_event_midi_t m{};
    m.header = {sizeof m, e.frame, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_MIDI, 0};
    m.data[0] = e.status;
    m.data[1] = e.data1;
    m.data[2] = e.data2;
    return push_event(list_, &m.header);
  }

  const clap_output_events_t* list_ = nullptr;
  bool as_notes_ = true;
  bool owes_ = false;
  keys owed_;
  keys untaken_;  // keys whose beginning the host did not take
  std::atomic<std::uint64_t> lost_{0};
};

// CLAP has velocities from 0 to 1, and a note struck at 0 is struck.
inline std::uint8_t velocity_of(double velocity, int least) CONTINUO_NONBLOCKING {
  const double v = velocity - velocity == 0 ? std::clamp(velocity, 0.0, 1.0) * 127 : 64;
  return static_cast<std::uint8_t>(std::clamp(static_cast<int>(std::floor(v + 0.5)), least, 127));
}

}  // namespace continuo::clap
