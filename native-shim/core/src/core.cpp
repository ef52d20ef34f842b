#include "core.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace continuo {

namespace {

// What is taken from the ring in one block at most: the rest waits, so that a flood cannot make a block late.
constexpr int most_records_a_block = 512;
// A loop that wraps more often in one block is replayed no further in it.
constexpr int most_wraps_a_block = 64;

// Frame of the block at which an event is due, by the host's own figures: negative if its time is past.
double frame_of(double at, const block& b) CONTINUO_NONBLOCKING {
  return std::round((at - b.performance) / b.quarters_a_frame);
}

// Controllers that let go of every key of their channel: all sound off, all notes off, and the four changes of mode that mean it too.
bool is_all_off(int controller) CONTINUO_NONBLOCKING { return controller == 120 || controller >= 123; }

bool is_past(double at, const block& b) CONTINUO_NONBLOCKING {
  return b.playing ? frame_of(at, b) < 0 : at < b.performance;
}

}  // namespace

void core::activate(double sample_rate) {
  sample_rate_ = sample_rate;
  timeline_.rate(sample_rate);
}

void core::deactivate() {
  timeline_.rate(sample_rate_);
  // The same look at the host, but standing: the block that comes after this breaks anyway.
  continuo_transport standing = timeline_.host();
  standing.flags = (standing.flags | CONTINUO_HAS_BEAT) & ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  const block b = timeline_.begin(standing, 0, counted_);
  timeline_.rate(sample_rate_);
  follow_session();
  silence();
  thru_.end_all();
  announce(b, standing.flags);
  publish(b.performance);
}

void core::process(const continuo_transport& said, const continuo_event* in, std::uint32_t n, std::uint32_t frames,
                   out_events& out) CONTINUO_NONBLOCKING {
  counted_.blocks.add();
  follow_session();
  follow_demands();
  const block b = timeline_.begin(said, frames, counted_);
  if (b.broke) silence();
  recorder_.begin(b, timeline_.host(), tape_ == nullptr, session_ != 0);
  if (tape_ == nullptr) {
    counted_.overlong.add(static_cast<std::uint64_t>(ledger_.end_begun_before(b.performance - longest_note)));
  }
  bool room = ledger_.flush(out) && thru_.flush(out);
  const bool due = announce_ || (b.playing && frames_untold_ >= sample_rate_ * transport_every);
  if (due && !offline_) announce(b, timeline_.host().flags);
  if (panic_untold_ && !announce_) tell_panic();
  drain(b);
  if (tape_ != nullptr) wind(b, frames);

  // The musician's events and the planned ones, in order of time.
  for (std::uint32_t i = 0; i < n; i++) {
    const std::uint32_t frame = std::min(in[i].frame, frames > 0 ? frames - 1 : 0);
    room = room && (frames == 0 || play_until(frame, b, out));
    if (in[i].status < 0x80 || in[i].status >= 0xf0 || in[i].data1 > 127 || in[i].data2 > 127) {
      counted_.bad_event.add();
      continue;
    }
    hear(in[i], b.performance + frame * b.quarters_a_frame);
    pass(in[i], frame, out);
  }
  room = room && (frames == 0 || play_until(frames - 1, b, out));
  if (!room) counted_.out_full.add();
  recorder_.end(frames);
  frames_untold_ += frames;
  publish(b.performance);
}

void core::release(out_events& out) CONTINUO_NONBLOCKING {
  silence();
  timeline_.interrupt();  // else the engine would go on behind a plan that is gone
  thru_.end_all();
  if (!ledger_.flush(out) || !thru_.flush(out)) counted_.out_full.add();
  publish(performance());
}

// What other threads asked for since the last block.
void core::follow_demands() CONTINUO_NONBLOCKING {
  const std::uint32_t panics = shared_.panics.load(std::memory_order_relaxed);
  if (panics != panics_) {
    panics_ = panics;
    counted_.panics.add();
    panic_untold_ = true;
    thru_.end_all();
    timeline_.interrupt();
  }
  const std::uint32_t lost = shared_.lost.load(std::memory_order_relaxed);
  if (lost != lost_) {
    lost_ = lost;
    timeline_.interrupt();  // nobody knows what was in them: the engine begins anew
  }
  const routing route = shared_.route.load();
  if (route.notes != route_.notes) thru_.end_all_but(route);
  if (!route.same_channels(route_)) timeline_.interrupt();
  route_ = route;

  bool offline = false;
  const tape* now = shared_.take.look(offline);
  if (now == tape_ && offline == offline_) return;
  tape_ = now;
  timeline_.interrupt();
  silence();
  if (offline && !offline_) {
    // The engine is told that the host stands: what it would plan for a time that runs ahead is of no use.
    continuo_transport standing = timeline_.host();
    standing.flags = (standing.flags | CONTINUO_HAS_BEAT) & ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
    announce(timeline_.begin(standing, 0, counted_), standing.flags);
    timeline_.interrupt();
  }
  offline_ = offline;
}

// Puts the notes of the tape that begin in this block into the schedule, and their ends. Where the loop wraps, the frame nearest
// to its end is the first of the next pass, as it was when the take was written down.
void core::wind(const block& b, std::uint32_t frames) CONTINUO_NONBLOCKING {
  const continuo_transport& host = timeline_.host();
  if (!b.playing || (host.flags & CONTINUO_HAS_BEAT) == 0) return;
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

// The tape stands before its first note from `beat` on.
void core::find(double beat) CONTINUO_NONBLOCKING {
  const auto first = std::lower_bound(tape_->begin(), tape_->end(), beat,
                                      [](const continuo_take_note& note, double at) { return note.beat < at; });
  next_note_ = static_cast<std::size_t>(std::distance(tape_->begin(), first));
}

// Notes of the tape up to `beat`, each `ahead` later in performance time.
void core::schedule_until(double beat, double ahead) CONTINUO_NONBLOCKING {
  const tape& notes = *tape_;
  for (; next_note_ < notes.size() && notes[next_note_].beat < beat; next_note_++) {
    const continuo_take_note& note = notes[next_note_];
    const double at = note.beat + ahead;
    replayed_ = replayed_ < 0x7fffffff ? replayed_ + 1 : 1;
    if (schedule_.add({at, replayed_, note.velocity, note.channel, note.pitch})) {
      if (!schedule_.add({at + note.length, replayed_, 0, 0, 0})) counted_.schedule_full.add();
    } else {
      counted_.schedule_full.add();
    }
  }
}

// A session that began or ended since the last look: what its predecessor planned is void, what it holds has to end.
void core::follow_session() CONTINUO_NONBLOCKING {
  const std::uint32_t now = shared_.session.load(std::memory_order_acquire);
  if (now != session_) {
    session_ = now;
    marked_ = false;
    newest_ = -1;
    announce_ = dropping_ = true;
    panic_untold_ = false;
    if (tape_ == nullptr) silence();  // a take is no engine's
  }
  if (session_ == 0 || marked_) return;
  // Until the mark is in the ring nothing is told, and the link throws away what stands before it.
  outgoing mark{};
  mark.what = outgoing::session;
  mark.number = static_cast<std::int32_t>(session_);
  marked_ = shared_.out.push(&mark, 1);
}

void core::silence() CONTINUO_NONBLOCKING {
  counted_.voided.add(schedule_.clear());
  ledger_.end_all();
  dropping_ = true;
  announce_ = true;
}

void core::announce(const block& b, std::uint32_t flags) CONTINUO_NONBLOCKING {
  outgoing o{};
  o.what = outgoing::transport;
  o.number = timeline_.epoch();
  o.at = b.performance;
  o.host = timeline_.host();
  o.host.flags = flags;
  if (!tell(o)) return;  // tried again in the next block
  announce_ = false;
  frames_untold_ = 0;
}

void core::drain(const block& b) CONTINUO_NONBLOCKING {
  incoming r;
  for (int i = 0; i < most_records_a_block && shared_.in.pop(r); i++) {
    // The link may have begun a session after this block looked.
    if (r.session != session_) follow_session();
    if (r.session != session_ || tape_ != nullptr) continue;
    if (r.what == incoming::plan) {
      receive_plan(r);
    } else if (dropping_) {
      continue;
    } else if (r.what == incoming::on) {
      receive_on(r, b);
    } else if (!schedule_.add({r.at, r.number, 0, 0, 0})) {
      counted_.schedule_full.add();
    }
  }
}

void core::receive_plan(const incoming& r) CONTINUO_NONBLOCKING {
  const std::int32_t newest = newest_;
  newest_ = std::max(newest, r.revision);
  dropping_ = true;
  if (r.number != timeline_.epoch()) {
    counted_.plan_epoch.add();
  } else if (r.revision < newest) {
    counted_.plan_stale.add();
  } else {
    dropping_ = false;
    // All that waits is of older revisions, since a new one begins here.
    if (r.revision > newest) counted_.voided.add(schedule_.void_from(r.at));
  }
}

void core::receive_on(const incoming& r, const block& b) CONTINUO_NONBLOCKING {
  if (is_past(r.at, b)) {
    counted_.late.add();
    miss(r.number);
  } else if (!schedule_.add({r.at, r.number, r.velocity, r.channel, r.pitch})) {
    counted_.schedule_full.add();
    miss(r.number);
  }
}

// Plays what is due up to `frame`, this one included. What waited too long for room goes first. False if room ran out.
bool core::play_until(double frame, const block& b, out_events& out) CONTINUO_NONBLOCKING {
  while (b.playing && !schedule_.empty()) {
    const planned& next = schedule_.front();
    const double due = std::max(0.0, frame_of(next.at, b));
    if (due > frame) return true;
    if (!play(next, static_cast<std::uint32_t>(due), b, out)) return false;
    schedule_.pop();
  }
  return true;
}

bool core::play(const planned& e, std::uint32_t frame, const block& b, out_events& out) CONTINUO_NONBLOCKING {
  if (e.velocity == 0) return ledger_.end_note(out, frame, e.note);
  // A take has the output's channels already.
  const int channel = tape_ != nullptr ? e.channel : route_.played_as(e.channel);
  if (thru_.holds(channel, e.pitch)) {
    counted_.yielded.add();
    miss(e.note);
    return true;
  }
  const bool again = ledger_.sounds(channel, e.pitch);
  if (out.room() < (again ? 2u : 1u)) return false;
  if (again) {
    ledger_.end(out, frame, channel, e.pitch);
    counted_.retriggered.add();
  }
  if (ledger_.full()) {
    counted_.ledger_full.add();
    miss(e.note);
    return true;
  }
  const double at = b.performance + frame * b.quarters_a_frame;
  ledger_.begin(out, frame, e.note, channel, e.pitch, e.velocity, at);
  if (tape_ != nullptr) {
    counted_.replayed.add();
    return true;
  }
  outgoing o{};
  o.what = outgoing::sounded;
  o.number = e.note;
  o.at = at;
  tell(o);
  return true;
}

// The musician's notes and pedal; whatever else is not for the engine, which is told of controllers that let go of keys or the
// pedal as if each had been let go of.
void core::hear(const continuo_event& e, double at) CONTINUO_NONBLOCKING {
  if (offline_) return;
  constexpr std::uint8_t sustain = 64, reset = 121;
  const int channel = e.status & 0x0f;
  outgoing o{};
  o.channel = static_cast<std::uint8_t>(route_.heard_as(channel));
  o.data1 = e.data1;
  o.data2 = e.data2;
  o.at = at;
  switch (e.status & 0xf0) {
    case 0x90:
      o.what = e.data2 > 0 ? outgoing::on : outgoing::off;
      break;
    case 0x80:
      o.what = outgoing::off;
      break;
    case 0xb0:
      o.what = outgoing::control;
      if (e.data1 == reset) {
        o.data1 = sustain;
        o.data2 = 0;
      }
      break;
    default:
      return;
  }
  if (o.what != outgoing::control) {
    heard_.put(channel, e.data1, o.what == outgoing::on);
  } else if (is_all_off(e.data1)) {
    o.what = outgoing::off;
    o.data2 = 0;
    heard_.each(channel, [&](int pitch) CONTINUO_NONBLOCKING {
      heard_.put(channel, pitch, false);
      o.data1 = static_cast<std::uint8_t>(pitch);
      tell(o);
    });
    return;
  }
  tell(o);
}

// Hands one of the musician's events on to the output, where that is wished for.
void core::pass(const continuo_event& e, std::uint32_t frame, out_events& out) CONTINUO_NONBLOCKING {
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

// After the break that goes with it: the model rests, where a break alone would have it begin anew.
void core::tell_panic() CONTINUO_NONBLOCKING {
  outgoing o{};
  o.what = outgoing::panic;
  panic_untold_ = !tell(o);
}

void core::miss(std::int32_t note) CONTINUO_NONBLOCKING {
  if (tape_ != nullptr) return;  // the engine does not know that number
  outgoing o{};
  o.what = outgoing::missed;
  o.number = note;
  tell(o);
}

bool core::tell(const outgoing& o) CONTINUO_NONBLOCKING {
  if (session_ == 0) return false;
  if (marked_ && shared_.out.push(&o, 1)) return true;
  counted_.ring_out_full.add();
  return false;
}

void core::publish(double performance) CONTINUO_NONBLOCKING {
  performance_.store(performance, std::memory_order_relaxed);
  epoch_.store(timeline_.epoch(), std::memory_order_relaxed);
  plays_.store((timeline_.host().flags & CONTINUO_PLAYING) != 0, std::memory_order_relaxed);
  held_.store(static_cast<std::uint32_t>(ledger_.size()), std::memory_order_relaxed);
}

}  // namespace continuo
