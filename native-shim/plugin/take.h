// What an instance performed, on the host's timeline, like a tape: a new pass over a stretch replaces what was there.
// Not thread-safe; instance guards it. Never on the audio thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "continuo/shim.h"

namespace continuo::plugin {

class take {
 public:
  // More notes are refused: half an hour of four busy parts, and a state of 1.2 MB.
  static constexpr std::size_t most_notes = 65536;
  // Quarter notes that a note may last at most.
  static constexpr double longest_note = 4096;

  // Takes in what the audio thread saw. False if the take is full and a note was left out.
  bool add(const continuo_performed&);

  // Replaces everything. Notes are in order, and within the limits of `sane`.
  void set(const std::vector<continuo_take_note>& notes);
  void clear();

  std::size_t size() const { return notes_.size(); }
  // Of them, those that sound still.
  std::size_t sounding() const { return open_.size(); }
  // Performance time up to which it was told.
  double now() const { return now_; }

  // In order of beat. Notes that still sound last until now.
  std::vector<continuo_take_note> notes() const;

  static bool sane(const continuo_take_note&);

 private:
  struct note {
    continuo_take_note what;  // length 0: it sounds still
    std::uint64_t pass;
    std::int32_t number;
    double began;  // performance time
  };
  using timeline = std::multimap<double, note>;

  // Quarter notes: some frames, and far less than lies between two notes of one pitch.
  static constexpr double same_place = 1.0 / 960;

  timeline::iterator remove(timeline::iterator);
  void erase(double from, double until);
  void erase_same(const continuo_performed&);

  timeline notes_;
  std::unordered_map<std::int32_t, timeline::iterator> open_;  // notes that sound, by number
  std::uint64_t pass_ = 0;
  double reached_ = 0;  // the host's beat to which the pass has come
  double now_ = 0;      // performance time
};

}  // namespace continuo::plugin
