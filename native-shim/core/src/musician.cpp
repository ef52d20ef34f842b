#include "musician.h"

namespace continuo {

namespace {

constexpr std::uint8_t sustain = 64, reset = 121;

// Controllers that let go of every key of their channel: all sound off, all notes off, and the four changes of mode that mean it too.
bool is_all_off(int controller) CONTINUO_NONBLOCKING { return controller == 120 || controller >= 123; }

}  // namespace

void musician::play(const continuo_event& e, std::uint32_t frame, double at, out_events& out) CONTINUO_NONBLOCKING {
  if (e.status < 0x80 || e.status >= 0xf0 || e.data1 > 127 || e.data2 > 127) {
    counted_.bad_event.add();
    return;
  }
  if (!session_.is_left_alone()) tell(e, at);
  pass(e, frame, out);
}

// The musician's notes and pedal; whatever else is not for the engine, which is told of controllers that let go of keys or the
// pedal as if each had been let go of.
void musician::tell(const continuo_event& e, double at) CONTINUO_NONBLOCKING {
  const int channel = e.status & 0x0f, kind = e.status & 0xf0, heard_as = route_.heard_as(channel);
  if (kind == 0x80 || kind == 0x90) {
    const bool on = kind == 0x90 && e.data2 > 0;
    told_.put(channel, e.data1, on);
    session_.played(on ? outgoing::on : outgoing::off, at, heard_as, e.data1, e.data2);
  } else if (kind == 0xb0 && is_all_off(e.data1)) {
    let_go(channel, at);
  } else if (kind == 0xb0 && (e.data1 == sustain || e.data1 == reset)) {
    press(channel, e.data1 == sustain ? e.data2 : 0, at);
  } else if (kind == 0xb0) {
    session_.played(outgoing::control, at, heard_as, e.data1, e.data2);
  }
}

void musician::press(int channel, int how_far, double at) CONTINUO_NONBLOCKING {
  const auto pedal = static_cast<std::uint16_t>(1u << channel);
  pressed_ = static_cast<std::uint16_t>(how_far > 0 ? pressed_ | pedal : pressed_ & ~pedal);
  session_.played(outgoing::control, at, route_.heard_as(channel), sustain, how_far);
}

void musician::let_go(int channel, double at) CONTINUO_NONBLOCKING {
  told_.each(channel, [&](int pitch) CONTINUO_NONBLOCKING {
    told_.put(channel, pitch, false);
    session_.played(outgoing::off, at, route_.heard_as(channel), pitch, 0);
  });
}

void musician::let_go(double at) CONTINUO_NONBLOCKING {
  for (int channel = 0; channel < 16; channel++) {
    let_go(channel, at);
    if ((pressed_ >> channel & 1) != 0) press(channel, 0, at);
  }
}

// Hands one event on to the output.
void musician::pass(const continuo_event& e, std::uint32_t frame, out_events& out) CONTINUO_NONBLOCKING {
  const int channel = e.status & 0x0f, kind = e.status & 0xf0;
  if (kind == 0x80 || (kind == 0x90 && e.data2 == 0)) {
    // Whatever the routing is by now: who began ends.
    if (!thru_.holds(channel, e.data1)) return;
    thru_.off(out, frame, channel, e.data1, kind == 0x80 ? e.data2 : 0);
  } else if (kind == 0x90) {
    if (!route_.passes_note(channel)) return;
    const bool sounds = ledger_.sounds(channel, e.data1);
    if (out.room() < (sounds ? 2u : 1u)) {
      counted_.pass_full.add();
      return;
    }
    if (sounds) ledger_.end(out, frame, channel, e.data1);
    thru_.on(out, frame, channel, e.data1, e.data2);
  } else {
    if (kind == 0xb0 && is_all_off(e.data1)) thru_.all_off(out, frame, channel);
    if (!route_.others) return;
    if (out.room() == 0) {
      counted_.pass_full.add();
      return;
    }
    out.events[out.count++] = {frame, e.status, e.data1, e.data2, 0};
  }
  counted_.passed.add();
}

}  // namespace continuo
