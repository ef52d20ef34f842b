#include "events.h"

#include "check.h"

using namespace continuo::vst3;

TEST("every channel message but system's goes out and comes back the same") {
  for (int status = 0x80; status < 0xf0; status++) {
    for (int value = 0; value < 128; value++) {
      const bool one_byte = (status & 0xf0) == 0xc0 || (status & 0xf0) == 0xd0;
      const continuo_event sent{7, static_cast<std::uint8_t>(status), static_cast<std::uint8_t>((value * 5) & 127),
                                static_cast<std::uint8_t>(one_byte ? 0 : value), 0};
      v3_event event;
      continuo_event back{};
      IS_TRUE(from_midi(sent, 2.5, event));
      EQUAL(7, event.sample_offset);
      EQUAL(2.5, event.ppq_position);
      IS_TRUE(to_midi(event, back));
      // A note-on without velocity is a note-off, and VST3 says it so.
      const bool is_off = (status & 0xf0) == 0x90 && value == 0;
      EQUAL(is_off ? status - 16 : status, int{back.status});
      EQUAL(int{sent.data1}, int{back.data1});
      EQUAL(is_off ? 64 : int{sent.data2}, int{back.data2});
    }
  }
}

TEST("a host that cuts off and one that rounds get the velocity that was meant") {
  for (int value = 1; value < 128; value++) {
    const float said = from_midi(static_cast<std::uint8_t>(value));
    EQUAL(value, static_cast<int>(said * 127.0f));
    EQUAL(value, static_cast<int>(std::lround(said * 127.0f)));
    IS_TRUE(said <= 1.0f);
  }
}

TEST("a note of no velocity is a very soft one, and figures that make none are 0") {
  v3_event event{};
  event.type = V3_EVENT_NOTE_ON;
  event.note_on.pitch = 60;
  continuo_event midi{};
  IS_TRUE(to_midi(event, midi));
  EQUAL(0x90, int{midi.status});
  EQUAL(1, int{midi.data2});
  EQUAL(0, int{to_midi(std::nan(""))});
  EQUAL(0, int{to_midi(-3.0)});
  EQUAL(127, int{to_midi(1e300)});
}

TEST("channels, pitches and numbers out of range are refused, and so is what MIDI has no word for") {
  continuo_event midi{};
  v3_event event{};
  event.type = V3_EVENT_NOTE_ON;
  event.note_on.channel = 16;
  IS_TRUE(!to_midi(event, midi));
  event.note_on.channel = -1;
  IS_TRUE(!to_midi(event, midi));
  event.note_on = {0, 128, 0, 1, 0, -1};
  IS_TRUE(!to_midi(event, midi));
  event.type = V3_EVENT_LEGACY_MIDI_CC_OUT;
  event.midi_cc_out = {200, 0, 1, 1};
  IS_TRUE(!to_midi(event, midi));
  event.midi_cc_out = {64, 0, -1, 0};
  IS_TRUE(!to_midi(event, midi));
  for (const int type : {int{V3_EVENT_DATA}, int{V3_EVENT_NOTE_EXP_VALUE}, int{V3_EVENT_CHORD}, 4711}) {
    event.type = static_cast<std::uint16_t>(type);
    IS_TRUE(!to_midi(event, midi));
  }
}

TEST("an event before the block counts as its first frame") {
  v3_event event{};
  event.type = V3_EVENT_NOTE_OFF;
  event.sample_offset = -5;
  continuo_event midi{};
  IS_TRUE(to_midi(event, midi));
  EQUAL(0u, midi.frame);
}
