// The transport of a CLAP host's song, and how it goes on from block to block.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "../headers.h"

namespace continuo::clap::test {

// Where the host's song stands at a frame, and how it goes on.
struct song {
  bool playing = true, recording = false, has_beats = true, has_tempo = true, has_meter = true, looping = false, silent = false;
  double beat = 0, tempo = 120, tempo_inc = 0;
  double loop_start = 0, loop_end = 0;
  double ticks = 0;     // beats are told in steps of 1/ticks, with the precision of a float; 0: as they are
  double seconds = -1;  // on the host's timeline; negative: not told
  int numerator = 4, denominator = 4;

  double a_frame(double rate) const { return tempo / 60 / rate; }

  // The beat `frames` later, the loop left aside.
  double later(double frames, double rate) const {
    return playing ? beat + (tempo * frames + tempo_inc * frames * frames / 2) / 60 / rate : beat;
  }

  void go(std::uint32_t frames, double rate) {
    const double before = beat;
    beat = later(frames, rate);
    if (seconds >= 0 && playing) seconds += frames / rate;
    tempo += playing ? tempo_inc * frames : 0;
    if (looping && playing && before < loop_end && beat >= loop_end) beat = loop_start + std::fmod(beat - loop_start, loop_end - loop_start);
  }

  clap_event_transport_t event(std::uint32_t time) const {
    const auto fixed = [](double beats) {
      return std::fabs(beats) < 1e9 ? static_cast<clap_beattime>(std::llround(beats * CLAP_BEATTIME_FACTOR)) : INT64_MIN;
    };
    clap_event_transport_t t;
    std::memset(&t, 0x7f, sizeof t);  // what no flag vouches for is poison
    t.header = {sizeof t, time, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_TRANSPORT, 0};
    const auto flag = [](bool so, std::uint32_t bit) { return so ? bit : 0u; };
    t.flags = flag(playing, CLAP_TRANSPORT_IS_PLAYING) | flag(recording, CLAP_TRANSPORT_IS_RECORDING) |
              flag(looping, CLAP_TRANSPORT_IS_LOOP_ACTIVE) | flag(has_beats, CLAP_TRANSPORT_HAS_BEATS_TIMELINE) |
              flag(has_tempo, CLAP_TRANSPORT_HAS_TEMPO) | flag(has_meter, CLAP_TRANSPORT_HAS_TIME_SIGNATURE);
    if (seconds >= 0) {
      t.flags |= CLAP_TRANSPORT_HAS_SECONDS_TIMELINE;
      t.song_pos_seconds = static_cast<clap_sectime>(seconds * static_cast<double>(CLAP_SECTIME_FACTOR));
    }
    if (has_tempo) {
      t.tempo = tempo;
      t.tempo_inc = tempo_inc;
    }
    if (has_meter) {
      t.tsig_num = static_cast<std::uint16_t>(numerator);
      t.tsig_denom = static_cast<std::uint16_t>(denominator);
    }
    if (has_beats) {
      const double bar = numerator * 4.0 / denominator;
      t.song_pos_beats = fixed(ticks > 0 ? static_cast<double>(static_cast<float>(std::floor(beat * ticks) / ticks)) : beat);
      t.bar_start = fixed(std::floor(beat / bar) * bar);
      t.bar_number = std::fabs(beat) < 1e9 ? static_cast<std::int32_t>(std::floor(beat / bar)) : INT32_MIN;
      t.loop_start_beats = fixed(loop_start);
      t.loop_end_beats = fixed(loop_end);
    }
    return t;
  }
};

}  // namespace continuo::clap::test
