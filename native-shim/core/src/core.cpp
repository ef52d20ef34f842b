#include "core.h"

#include <algorithm>

namespace continuo {

namespace {

// What is taken from the ring in one block at most: the rest waits, so that a flood cannot make a block late.
constexpr int most_records_a_block = 512;

}  // namespace

void core::activate(double sample_rate) {
  sample_rate_ = sample_rate;
  timeline_.rate(sample_rate);
}

void core::deactivate() {
  timeline_.rate(sample_rate_);
  const block b = stand();  // the block that comes after this breaks anyway
  timeline_.rate(sample_rate_);
  follow_session();
  silence();
  musician_.end_all();
  musician_.let_go(b.performance);
  session_.transport(b, timeline_);
  publish(b.performance);
}

void core::process(const continuo_transport& said, const continuo_event* in, std::uint32_t n, std::uint32_t frames,
                   out_events& out) CONTINUO_NONBLOCKING {
  counted_.blocks.add();
  follow_session();
  follow_demands();
  const block b = timeline_.begin(said, frames, counted_);
  if (b.broke) silence();
  recorder_.begin(b, timeline_.host(), !replay_.runs(), session_.is_open());
  if (!replay_.runs()) {
    counted_.overlong.add(static_cast<std::uint64_t>(ledger_.end_begun_before(b.performance - longest_note)));
  }
  bool room = flush(out);
  session_.begin(b, timeline_, sample_rate_);
  drain(b);
  replay_.wind(b, timeline_.host(), frames);

  // The musician's events and the planned ones, in order of time.
  for (std::uint32_t i = 0; i < n; i++) {
    const std::uint32_t frame = std::min(in[i].frame, frames > 0 ? frames - 1 : 0);
    room = room && (frames == 0 || play_until(frame, b, out));
    musician_.play(in[i], frame, b.at(frame), out);
  }
  room = room && (frames == 0 || play_until(frames - 1, b, out));
  if (!room) counted_.out_full.add();
  recorder_.end(frames);
  session_.end(frames);
  publish(b.performance);
}

void core::release(out_events& out) CONTINUO_NONBLOCKING {
  silence();
  timeline_.interrupt();  // else the engine would go on behind a plan that is gone
  musician_.end_all();
  musician_.let_go(timeline_.reached());
  if (!flush(out)) counted_.out_full.add();
  publish(performance());
}

// A session that began or ended since the last look: what its predecessor planned is void, what it holds has to end.
void core::follow_session() CONTINUO_NONBLOCKING {
  if (!session_.follow()) return;
  plans_.forget();
  if (!replay_.runs()) silence();  // a take is no engine's
}

// What other threads asked for since the last block.
void core::follow_demands() CONTINUO_NONBLOCKING {
  const std::uint32_t panics = shared_.panics.load(std::memory_order_relaxed);
  if (panics != panics_) {
    panics_ = panics;
    counted_.panics.add();
    session_.owe_panic();
    musician_.end_all();
    timeline_.interrupt();
  }
  const std::uint32_t lost = shared_.lost.load(std::memory_order_relaxed);
  if (lost != lost_) {
    lost_ = lost;
    timeline_.interrupt();  // nobody knows what was in them: the engine begins anew
  }
  const routing route = shared_.route.load();
  if (!route.same_channels(musician_.route())) timeline_.interrupt();
  musician_.route(route, timeline_.reached());
  follow_take();
}

// Whether a take is played instead of a plan, and which.
void core::follow_take() CONTINUO_NONBLOCKING {
  bool offline = false;
  const tape* now = shared_.take.look(offline);
  if (now == replay_.take() && offline == session_.is_left_alone()) return;
  replay_.play(now);
  timeline_.interrupt();
  silence();
  if (offline && !session_.is_left_alone()) {
    // The engine is told that the host stands: what it would plan for a time that runs ahead is of no use.
    const block b = stand();
    musician_.let_go(b.performance);
    session_.transport(b, timeline_);
    timeline_.interrupt();
  }
  session_.leave_alone(offline);
}

// The same look at the host, but standing.
block core::stand() CONTINUO_NONBLOCKING {
  continuo_transport standing = timeline_.host();
  standing.flags = (standing.flags | CONTINUO_HAS_BEAT) & ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  return timeline_.begin(standing, 0, counted_);
}

// What is planned is void, and what is planned and sounds has to end.
void core::silence() CONTINUO_NONBLOCKING {
  counted_.voided.add(schedule_.clear());
  ledger_.end_all();
  plans_.drop();
  session_.owe_transport();
}

bool core::flush(out_events& out) CONTINUO_NONBLOCKING { return ledger_.flush(out) && musician_.flush(out); }

void core::drain(const block& b) CONTINUO_NONBLOCKING {
  incoming r;
  for (int i = 0; i < most_records_a_block && shared_.in.pop(r); i++) {
    // The link may have begun a session after this block looked.
    if (!session_.is(r.session)) follow_session();
    if (session_.is(r.session) && !replay_.runs()) plans_.take(r, b, timeline_.epoch());
  }
}

// Plays what is due up to `frame`, this one included. What waited too long for room goes first. False if room ran out.
bool core::play_until(std::uint32_t frame, const block& b, out_events& out) CONTINUO_NONBLOCKING {
  while (b.playing && !schedule_.empty()) {
    const planned& next = schedule_.front();
    const double due = std::max(0.0, b.frame_of(next.at));
    if (due > frame) return true;
    if (!play(next, static_cast<std::uint32_t>(due), b, out)) return false;
    schedule_.pop();
  }
  return true;
}

bool core::play(const planned& e, std::uint32_t frame, const block& b, out_events& out) CONTINUO_NONBLOCKING {
  if (e.velocity == 0) return ledger_.end_note(out, frame, e.note);
  // A take has the output's channels already.
  const int channel = replay_.runs() ? e.channel : musician_.route().played_as(e.channel);
  if (musician_.holds(channel, e.pitch)) {
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
  ledger_.begin(out, frame, e.note, channel, e.pitch, e.velocity, b.at(frame));
  if (replay_.runs()) counted_.replayed.add();
  else session_.sounded(e.note, b.at(frame));
  return true;
}

void core::miss(std::int32_t note) CONTINUO_NONBLOCKING {
  if (!replay_.runs()) session_.missed(note);  // of a take the engine does not know that number
}

void core::publish(double performance) CONTINUO_NONBLOCKING {
  performance_.store(performance, std::memory_order_relaxed);
  epoch_.store(timeline_.epoch(), std::memory_order_relaxed);
  plays_.store((timeline_.host().flags & CONTINUO_PLAYING) != 0, std::memory_order_relaxed);
  held_.store(static_cast<std::uint32_t>(ledger_.size()), std::memory_order_relaxed);
}

}  // namespace continuo
