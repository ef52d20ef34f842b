// VST3's events as MIDI and back. Audio thread only.
#pragma once

#include <travesty/events.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "continuo/shim.h"

namespace continuo::vst3 {

// Controller numbers past those of MIDI, as VST3 counts them.
enum : std::uint8_t { after_touch = 128, pitch_bend = 129, program_change = 130, poly_pressure = 131 };

// 0..1 as 0..127; what is no figure counts as 0.
inline std::uint8_t to_midi(double value) CONTINUO_NONBLOCKING {
  return value > 0 ? static_cast<std::uint8_t>(std::lround(std::min(value, 1.0) * 127)) : std::uint8_t{0};
}

// 0..127 as 0..1, a little above the exact figure: hosts that cut off and hosts that round both get the same number back.
inline float from_midi(std::uint8_t value) CONTINUO_NONBLOCKING { return std::min(1.0f, (static_cast<float>(value) + 0.25f) / 127.0f); }

// False for what MIDI's channel messages cannot say, and for figures out of range.
inline bool to_midi(const v3_event& from, continuo_event& to) CONTINUO_NONBLOCKING {
  const auto put = [&](int status, int channel, int data1, int data2) CONTINUO_NONBLOCKING {
    if (channel < 0 || channel > 15 || data1 < 0 || data1 > 127 || data2 < 0 || data2 > 127) return false;
    to = {static_cast<std::uint32_t>(std::max(0, from.sample_offset)), static_cast<std::uint8_t>(status | channel),
          static_cast<std::uint8_t>(data1), static_cast<std::uint8_t>(data2), 0};
    return true;
  };
  switch (from.type) {
    case V3_EVENT_NOTE_ON:
      // In MIDI a note-on of velocity 0 is an end; here it is a very soft note.
      return put(0x90, from.note_on.channel, from.note_on.pitch, std::max<int>(1, to_midi(static_cast<double>(from.note_on.velocity))));
    case V3_EVENT_NOTE_OFF:
      return put(0x80, from.note_off.channel, from.note_off.pitch, to_midi(static_cast<double>(from.note_off.velocity)));
    case V3_EVENT_POLY_PRESSURE:
      return put(0xa0, from.poly_pressure.channel, from.poly_pressure.pitch, to_midi(static_cast<double>(from.poly_pressure.pressure)));
    case V3_EVENT_LEGACY_MIDI_CC_OUT: {
      const auto& cc = from.midi_cc_out;
      if (cc.cc_number < 128) return put(0xb0, cc.channel, cc.cc_number, cc.value);
      if (cc.cc_number == after_touch) return put(0xd0, cc.channel, cc.value, 0);
      if (cc.cc_number == pitch_bend) return put(0xe0, cc.channel, cc.value, cc.value2);
      if (cc.cc_number == program_change) return put(0xc0, cc.channel, cc.value, 0);
      if (cc.cc_number == poly_pressure) return put(0xa0, cc.channel, cc.value, cc.value2);
      return false;
    }
    default:
      return false;
  }
}

// `beat`: of the event, in quarter notes. False for what is no channel message.
inline bool from_midi(const continuo_event& from, double beat, v3_event& to) CONTINUO_NONBLOCKING {
  to = {};
  to.sample_offset = static_cast<std::int32_t>(from.frame);
  to.ppq_position = beat;
  const auto channel = static_cast<std::int16_t>(from.status & 0x0f);
  const auto control = [&](std::uint8_t number, std::uint8_t value, std::uint8_t value2) CONTINUO_NONBLOCKING {
    to.type = V3_EVENT_LEGACY_MIDI_CC_OUT;
    to.midi_cc_out = {number, static_cast<std::int8_t>(channel), static_cast<std::int8_t>(value), static_cast<std::int8_t>(value2)};
    return true;
  };
  switch (from.status & 0xf0) {
    case 0x90:
      if (from.data2 > 0) {
        to.type = V3_EVENT_NOTE_ON;
        to.note_on = {channel, from.data1, 0, from_midi(from.data2), 0, -1};
        return true;
      }
      [[fallthrough]];
    case 0x80:
      to.type = V3_EVENT_NOTE_OFF;
      to.note_off = {channel, from.data1, from_midi((from.status & 0xf0) == 0x80 ? from.data2 : std::uint8_t{64}), -1, 0};
      return true;
    case 0xa0:
      to.type = V3_EVENT_POLY_PRESSURE;
      to.poly_pressure = {channel, from.data1, from_midi(from.data2), -1};
      return true;
    case 0xb0:
      return control(from.data1, from.data2, 0);
    case 0xc0:
      return control(program_change, from.data1, 0);
    case 0xd0:
      return control(after_touch, from.data1, 0);
    case 0xe0:
      return control(pitch_bend, from.data1, from.data2);
    default:
      return false;
  }
}

}  // namespace continuo::vst3
