// Plays a take instead of what an engine plans: puts the notes that begin in a block into the schedule, and their ends, through
// the host's loops too. Audio thread only.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "continuo/shim.h"
#include "counters.h"
#include "schedule.h"
#include "tape.h"
#include "timeline.h"

namespace continuo {

class replay {
 public:
  replay(schedule& planned, counters& counted) : schedule_(planned), counted_(counted) {}

  // The take that is played from now on; null: none. The timeline has to break there.
  void play(const tape* take) CONTINUO_NONBLOCKING { tape_ = take; }
  const tape* take() const CONTINUO_NONBLOCKING { return tape_; }
  bool runs() const CONTINUO_NONBLOCKING { return tape_ != nullptr; }

  // The notes of a block, where a take runs. Where the loop wraps, the frame nearest to its end is the first of the next pass, as
  // it was when the take was written down.
  void wind(const block& b, const continuo_transport& host, std::uint32_t frames) CONTINUO_NONBLOCKING {
    if (tape_ == nullptr || !b.playing || (host.flags & CONTINUO_HAS_BEAT) == 0) return;
    const double half = b.quarters_a_frame / 2, length = host.loop_end - host.loop_start;
    const bool loops = (host.flags & CONTINUO_LOOPING) != 0 && host.beat < host.loop_end;
    const double beat = loops && host.beat >= host.loop_end - half ? host.beat - length : host.beat;
    if (b.broke || !(std::fabs(beat - wound_to_) < timeline::slack)) find(beat - half);
    double until = beat + frames * b.quarters_a_frame;
    double ahead = b.performance - beat;  // of a beat of the tape
    if (loops) {
      for (int wraps = 0; until >= host.loop_end - half && wraps < most_wraps_a_block; wraps++) {
        schedule_until(host.loop_end - half, ahead);
        find(host.loop_start - half);
        until -= length;
        ahead += length;
      }
      until = std::min(until, host.loop_end);
    }
    schedule_until(until - half, ahead);
    wound_to_ = until;
  }

 private:
  // A loop that wraps more often in one block is replayed no further in it.
  static constexpr int most_wraps_a_block = 64;

  // The tape stands before its first note from `beat` on.
  void find(double beat) CONTINUO_NONBLOCKING {
    const auto first = std::lower_bound(tape_->begin(), tape_->end(), beat,
                                        [](const continuo_take_note& note, double at) { return note.beat < at; });
    next_note_ = static_cast<std::size_t>(std::distance(tape_->begin(), first));
  }

  // Notes of the tape up to `beat`, each `ahead` later in performance time.
  void schedule_until(double beat, double ahead) CONTINUO_NONBLOCKING {
    const tape& notes = *tape_;
    for (; next_note_ < notes.size() && notes[next_note_].beat < beat; next_note_++) {
      const continuo_take_note& note = notes[next_note_];
      const double at = note.beat + ahead;
      number_ = number_ < 0x7fffffff ? number_ + 1 : 1;
      if (schedule_.add({at, number_, note.velocity, note.channel, note.pitch})) {
        if (!schedule_.add({at + note.length, number_, 0, 0, 0})) counted_.schedule_full.add();
      } else {
        counted_.schedule_full.add();
      }
    }
  }

  schedule& schedule_;
  counters& counted_;
  const tape* tape_ = nullptr;
  std::size_t next_note_ = 0;  // of the tape
  double wound_to_ = 0;        // the host's beat up to which the tape has been read
  std::int32_t number_ = 0;    // of the note before
};

}  // namespace continuo
