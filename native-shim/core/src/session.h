// The session with the engine as the audio thread knows it, and all that the engine is told in it: nothing else writes into
// that ring. What cannot be told is counted; the transport and a panic are owed until they are. Audio thread only.
#pragma once

#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "exchange.h"
#include "timeline.h"

namespace continuo {

class session {
 public:
  // While the host plays the engine hears of the transport at least this often, in seconds of audio.
  static constexpr double transport_every = 0.020;

  session(exchange& shared, counters& counted) : shared_(shared), counted_(counted) {}

  bool is_open() const CONTINUO_NONBLOCKING { return number_ != 0; }
  bool is(std::uint32_t number) const CONTINUO_NONBLOCKING { return number_ == number; }

  // True if one began or ended since the last look. Until its mark is in the ring nothing is told, and the link throws away what
  // stands before it.
  bool follow() CONTINUO_NONBLOCKING {
    const std::uint32_t now = shared_.session.load(std::memory_order_acquire);
    const bool another = now != number_;
    if (another) {
      number_ = now;
      marked_ = false;
      owes_transport_ = true;
      owes_panic_ = false;
    }
    if (number_ != 0 && !marked_) {
      outgoing mark{};
      mark.what = outgoing::session;
      mark.number = static_cast<std::int32_t>(number_);
      marked_ = shared_.out.push(&mark, 1);
    }
    return another;
  }

  // The engine hears neither of the transport nor of the musician.
  void leave_alone(bool on) CONTINUO_NONBLOCKING { left_alone_ = on; }
  bool is_left_alone() const CONTINUO_NONBLOCKING { return left_alone_; }

  // The transport has to be told, whatever the time since it was.
  void owe_transport() CONTINUO_NONBLOCKING { owes_transport_ = true; }

  // The model is to rest. It is told after the break that goes with it, which alone would have the model begin anew.
  void owe_panic() CONTINUO_NONBLOCKING { owes_panic_ = true; }

  // A block begins: tells what is owed.
  void begin(const block& b, const timeline& time, double sample_rate) CONTINUO_NONBLOCKING {
    const bool due = owes_transport_ || (b.playing && frames_untold_ >= sample_rate * transport_every);
    if (due && !left_alone_) transport(b, time);
    if (!owes_panic_ || owes_transport_) return;
    outgoing o{};
    o.what = outgoing::panic;
    owes_panic_ = !tell(o);
  }

  // It ends.
  void end(std::uint32_t frames) CONTINUO_NONBLOCKING { frames_untold_ += frames; }

  // Where the host is; tried again in the next block if there is no room.
  void transport(const block& b, const timeline& time) CONTINUO_NONBLOCKING {
    outgoing o{};
    o.what = outgoing::transport;
    o.number = time.epoch();
    o.at = b.performance;
    o.host = time.host();
    if (!tell(o)) return;
    owes_transport_ = false;
    frames_untold_ = 0;
  }

  // A planned note began to sound, or will not.
  void sounded(std::int32_t note, double at) CONTINUO_NONBLOCKING {
    outgoing o{};
    o.what = outgoing::sounded;
    o.number = note;
    o.at = at;
    tell(o);
  }
  void missed(std::int32_t note) CONTINUO_NONBLOCKING {
    outgoing o{};
    o.what = outgoing::missed;
    o.number = note;
    tell(o);
  }

  // What the musician does: on, off or control, by the band's channel.
  void played(outgoing::kind what, double at, int channel, int data1, int data2) CONTINUO_NONBLOCKING {
    outgoing o{};
    o.what = what;
    o.channel = static_cast<std::uint8_t>(channel);
    o.data1 = static_cast<std::uint8_t>(data1);
    o.data2 = static_cast<std::uint8_t>(data2);
    o.at = at;
    tell(o);
  }

 private:
  bool tell(const outgoing& o) CONTINUO_NONBLOCKING {
    if (number_ == 0) return false;
    if (marked_ && shared_.out.push(&o, 1)) return true;
    counted_.ring_out_full.add();
    return false;
  }

  exchange& shared_;
  counters& counted_;
  std::uint32_t number_ = 0;     // as last looked at; 0: there is none
  bool marked_ = false;          // its mark is in the ring: what follows is for it
  bool left_alone_ = false;
  bool owes_transport_ = true;
  bool owes_panic_ = false;
  double frames_untold_ = 0;     // since the transport was told
};

}  // namespace continuo
