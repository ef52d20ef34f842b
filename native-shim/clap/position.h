// Where a CLAP host's song stands, to the frame where the host tells it in beats of whole ticks and in seconds. Audio thread only.
#pragma once

#include <cmath>
#include <cstdint>

#include "headers.h"

namespace continuo::clap {

inline double quarters(clap_beattime beats) CONTINUO_NONBLOCKING {
  return static_cast<double>(beats) / static_cast<double>(CLAP_BEATTIME_FACTOR);
}

class position {
 public:
  // Qtractor tells beats in steps of 1/7680, in floating point of 32 bits, and the step before or the step after: 3 samples at
  // 120 BPM and 48 kHz. Its seconds are those of the frame.
  static constexpr double ticks = 7680;

  void rate(double sample_rate) {
    rate_ = sample_rate;
    rounds_ = true;
    forget();
  }

  // What is known of the last block tells nothing of the next.
  void forget() CONTINUO_NONBLOCKING { known_ = false; }

  // The beat at the first of `frames` frames, of which the host says this.
  double beat(const clap_event_transport_t& said, std::uint32_t frames) CONTINUO_NONBLOCKING {
    const double beat = quarters(said.song_pos_beats), noise = std::fabs(beat) * 0x1p-23 + 1e-6;
    if (std::fabs(beat * ticks - std::round(beat * ticks)) > noise * ticks) rounds_ = false;
    constexpr std::uint32_t needed = CLAP_TRANSPORT_HAS_TEMPO | CLAP_TRANSPORT_HAS_SECONDS_TIMELINE | CLAP_TRANSPORT_IS_PLAYING;
    if (!rounds_ || (said.flags & needed) != needed || said.tempo_inc != 0) {
      forget();
      return beat;
    }
    const double seconds = static_cast<double>(said.song_pos_seconds) / static_cast<double>(CLAP_SECTIME_FACTOR);
    const double a_second = said.tempo / 60;
    const auto fits = [&](double exact) CONTINUO_NONBLOCKING { return std::fabs(exact - beat) <= 1 / ticks + noise; };
    double exact = seconds * a_second;  // with one tempo from the beginning on
    bool known = fits(exact);
    if (!known && known_ && std::fabs(seconds - ended_) * rate_ < 0.5) {
      const double ended = beat_ + (ended_ - began_) * a_second_;
      exact = ended;
      known = a_second == a_second_ && fits(exact);
      // Tempo changes stand on beats, mostly: on a quarter of one within the block that went by.
      for (double at = std::ceil((beat_ - 1e-6) * 4) / 4; !known && a_second != a_second_ && at <= ended + 1e-6 && at < beat_ + 64; at += 0.25) {
        exact = at + (ended - at) / a_second_ * a_second;
        known = fits(exact);
      }
    }
    known_ = known;
    beat_ = known ? exact : beat;
    a_second_ = a_second;
    began_ = seconds;
    ended_ = seconds + frames / rate_;
    return beat_;
  }

 private:
  double rate_ = 48000;
  bool rounds_ = true;  // the host never said a beat between two ticks
  bool known_ = false;  // of the last block that the host played: its beat, to the frame
  double beat_ = 0, a_second_ = 0, began_ = 0, ended_ = 0;
};

}  // namespace continuo::clap
