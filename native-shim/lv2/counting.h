// How a host counts in meters whose beat is no quarter note. By LV2 tempo and place are in beats of the meter. There are hosts that
// tell quarter notes a minute, whatever the meter; Ardour counts within a beat in quarter notes besides: in 6/8 its beats go from 0
// to 0.5, from 1 to 1.5, in 2/2 from 0 to 2, from 1 to 3. What a host means shows as it plays on. Audio thread only.
#pragma once

#include <cmath>
#include <initializer_list>
#include <limits>

#include "continuo/shim.h"

namespace continuo::lv2 {

// What a host says of one moment, in its own words.
struct moment {
  double frame;  // on the host's timeline
  double bar, bar_beat, beats_per_bar, beat_unit, beats_per_minute;

  double beat() const CONTINUO_NONBLOCKING { return 4 / beat_unit; }  // quarter notes in a beat of the meter
};

class counting {
 public:
  // Quarter notes a minute.
  double tempo(const moment& said) const CONTINUO_NONBLOCKING { return tempo(said, way_); }

  // Quarter notes from the bar's start on; of several places that may be meant the one nearest to `expected`, or the first where
  // that is NaN.
  double into_bar(const moment& said, double expected) const CONTINUO_NONBLOCKING {
    double nearest = std::nan("");
    each_place(said, way_, [&](double place) CONTINUO_NONBLOCKING {
      if (std::isnan(nearest) || std::fabs(place - expected) < std::fabs(nearest - expected)) nearest = place;
    });
    return std::isnan(nearest) ? said.bar_beat * said.beat() : nearest;
  }

  // The host plays, and says this `passed` frames after it spoke last. True if it played on from there, at one tempo.
  bool hear(const moment& said, double passed, double sample_rate) CONTINUO_NONBLOCKING {
    const bool went_on = follows_ && said.frame == last_.frame + passed && said.beats_per_minute == last_.beats_per_minute &&
                         said.beats_per_bar == last_.beats_per_bar && said.beat_unit == last_.beat_unit;
    last_ = said;
    follows_ = true;
    frames_ += passed;
    if (!went_on) begin(said);
    else if (off(said, way_, sample_rate) > rounding) look_for_another_way(said, sample_rate);
    return went_on;
  }

  // It stands, jumps, or tells no place: what it said tells nothing of what comes.
  void forget() CONTINUO_NONBLOCKING { follows_ = false; }

 private:
  // Whether tempo, and place within a beat, are in quarter notes.
  struct way {
    bool tempo, place;
  };

  // What a host rounds away, in quarter notes, and what is as good as nothing.
  static constexpr double rounding = 1.0 / 64, tick = 1.0 / 480;
  static constexpr int longest = 4;  // quarter notes in the longest beat

  static double tempo(const moment& said, way as) CONTINUO_NONBLOCKING { return said.beats_per_minute * (as.tempo ? 1 : said.beat()); }

  // Calls `found` for each place in the bar that may be meant, in quarter notes; where beats are longer than those there are several.
  template <typename Found>
  static void each_place(const moment& said, way as, Found found) CONTINUO_NONBLOCKING {
    if (!as.place) return found(said.bar_beat * said.beat());
    const double last = std::fmin(std::floor(said.bar_beat), std::ceil(said.beats_per_bar) - 1);
    for (int before = 0; before < longest; before++) {
      const double whole = last - before;
      if (whole >= 0 && said.bar_beat - whole < said.beat()) found(whole * said.beat() + said.bar_beat - whole);
    }
  }

  // The host goes on from here.
  void begin(const moment& said) CONTINUO_NONBLOCKING {
    from_ = said;
    frames_ = 0;
  }

  void look_for_another_way(const moment& said, double sample_rate) CONTINUO_NONBLOCKING {
    for (const way other : {way{false, false}, way{true, true}, way{true, false}, way{false, true}}) {
      if (off(said, other, sample_rate) > tick) continue;
      way_ = other;
      return;
    }
    begin(said);  // it jumped
  }

  // How far the host is, counted so, from where it has to be since it goes on, in quarter notes.
  double off(const moment& said, way as, double sample_rate) const CONTINUO_NONBLOCKING {
    const double bars = (said.bar - from_.bar) * said.beats_per_bar * said.beat();
    const double since = frames_ * tempo(said, as) / 60 / sample_rate;
    double least = std::numeric_limits<double>::infinity();
    each_place(from_, as, [&](double before) CONTINUO_NONBLOCKING {
      each_place(said, as, [&](double now) CONTINUO_NONBLOCKING { least = std::fmin(least, std::fabs(bars + now - before - since)); });
    });
    return least;
  }

  way way_{false, false};
  bool follows_ = false;
  moment last_{};     // what was said last
  moment from_{};     // what was said where it began to go on
  double frames_ = 0;  // since then
};

}  // namespace continuo::lv2
