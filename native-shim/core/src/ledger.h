// The planned notes that sound. It alone sends note-offs, so that none can be forgotten or sent twice: stop, seek, a lost
// engine and a retrigger all pass through here. Audio thread only.
#pragma once

#include <array>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "out_events.h"
#include "recorder.h"

namespace continuo {

class ledger {
 public:
  static constexpr int capacity = 256;

  ledger(counters& counted, recorder& recorded) : counted_(counted), recorded_(recorded) {}

  int size() const CONTINUO_NONBLOCKING { return size_; }
  bool full() const CONTINUO_NONBLOCKING { return size_ == capacity; }
  bool sounds(int channel, int pitch) const CONTINUO_NONBLOCKING { return cell_[channel][pitch] != none; }

  // The note begins at `frame`. Needs a free place, a silent pitch and room for one event.
  void begin(out_events& out, std::uint32_t frame, std::int32_t note, int channel, int pitch, int velocity,
             double performance) CONTINUO_NONBLOCKING {
    const bool recorded = recorded_.on(note, frame, channel, pitch, velocity);
    held_[size_] = {note, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch), recorded, false, performance};
    cell_[channel][pitch] = static_cast<std::int16_t>(size_++);
    out.note(true, frame, channel, pitch, velocity);
    counted_.note_on.add();
  }

  // Ends what sounds at this pitch. Needs room for one event.
  void end(out_events& out, std::uint32_t frame, int channel, int pitch) CONTINUO_NONBLOCKING {
    remove(out, frame, cell_[channel][pitch]);
  }

  // Ends a note by its number. False if there is no room; a number that does not sound is fine.
  bool end_note(out_events& out, std::uint32_t frame, std::int32_t note) CONTINUO_NONBLOCKING {
    for (int i = 0; i < size_; i++) {
      if (held_[i].note != note) continue;
      if (out.room() == 0) return false;
      remove(out, frame, i);
      return true;
    }
    return true;
  }

  // Every note has to end: as soon as flush finds room.
  void end_all() CONTINUO_NONBLOCKING {
    for (int i = 0; i < size_; i++) held_[i].ending = true;
  }

  // Notes that began before `performance` have to end; how many those are.
  int end_begun_before(double performance) CONTINUO_NONBLOCKING {
    int n = 0;
    for (int i = 0; i < size_; i++) {
      if (held_[i].ending || held_[i].began >= performance) continue;
      held_[i].ending = true;
      n++;
    }
    return n;
  }

  // Sends the ends that are owed, at frame 0, as far as there is room. True if none is left.
  bool flush(out_events& out) CONTINUO_NONBLOCKING {
    for (int i = size_ - 1; i >= 0; i--) {
      if (!held_[i].ending) continue;
      if (out.room() == 0) return false;
      remove(out, 0, i);
    }
    return true;
  }

 private:
  static constexpr std::int16_t none = -1;

  struct held_note {
    std::int32_t note;
    std::uint8_t channel;
    std::uint8_t pitch;
    bool recorded;
    bool ending;
    double began;
  };

  struct cells : std::array<std::array<std::int16_t, 128>, 16> {
    cells() {
      for (auto& channel : *this) channel.fill(none);
    }
  };

  void remove(out_events& out, std::uint32_t frame, int i) CONTINUO_NONBLOCKING {
    const held_note gone = held_[i];
    out.note(false, frame, gone.channel, gone.pitch, 0);
    if (gone.recorded) recorded_.off(gone.note, frame);
    counted_.note_off.add();
    cell_[gone.channel][gone.pitch] = none;
    held_[i] = held_[--size_];
    if (i < size_) cell_[held_[i].channel][held_[i].pitch] = static_cast<std::int16_t>(i);
  }

  counters& counted_;
  recorder& recorded_;
  std::array<held_note, capacity> held_{};
  cells cell_;
  int size_ = 0;
};

}  // namespace continuo
