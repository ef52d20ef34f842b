#include "processor.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "events.h"
#include "lists.h"

namespace continuo::vst3 {

namespace {

// The plugin's bus of audio is there so that every host takes it for an instrument.
void be_silent(const v3_process_data& data) CONTINUO_NONBLOCKING {
  if (data.outputs == nullptr || data.nframes <= 0) return;
  const std::size_t size = data.symbolic_sample_size == V3_SAMPLE_64 ? sizeof(double) : sizeof(float);
  for (std::int32_t bus = 0; bus < data.num_output_buses; bus++) {
    v3_audio_bus_buffers& out = data.outputs[bus];
    for (std::int32_t channel = 0; channel < out.num_channels && out.channel_buffers_32 != nullptr; channel++) {
      void* samples = out.channel_buffers_32[channel];
      if (samples != nullptr) std::memset(samples, 0, static_cast<std::size_t>(data.nframes) * size);
    }
    out.channel_silence_bitset = out.num_channels >= 64 ? ~0ull : (1ull << std::max(0, out.num_channels)) - 1;
  }
}

}  // namespace

void processor::process(const v3_process_data& data, bool active) CONTINUO_NONBLOCKING {
  be_silent(data);
  const auto frames = static_cast<std::uint32_t>(std::max(0, data.nframes));
  read(data, frames);
  if (!active || frames == 0) {
    flush(data, active);
    return;
  }
  position_.say(data.ctx);
  said_ = data.ctx != nullptr;
  const continuo_transport first = position_.transport();
  stretches_.begin(frames, sample_rate_);
  stretches_.transport(plays_, 0, transport());
  std::uint32_t done = 0;
  for (std::uint32_t i = 0; i < changes_count_; i++) {
    const change& c = changes_[i];
    if (c.id == none) {
      stretches_.event(c.frame, c.event.status, c.event.data1, c.event.data2);
    } else if (!controls::sounds(c.id)) {
      apply(c, data);
    } else {
      // What is before the point is played as it was set before.
      stretches_.cut(plays_, c.frame);
      position_.advance(c.frame - done);
      done = c.frame;
      apply(c, data);
      stretches_.transport(plays_, c.frame, transport());
    }
  }
  changes_count_ = 0;
  stretches_.end(plays_);
  position_.advance(frames - done);
  write(data.output_events, first);
}

// No time passes: parameters move, and what the musician does waits for the next block if there is to be one. The transport is
// not looked at, since hosts say none here, or one that says nothing.
void processor::flush(const v3_process_data& data, bool active) CONTINUO_NONBLOCKING {
  std::uint32_t waiting = 0;
  for (std::uint32_t i = 0; i < changes_count_; i++) {
    const change c = changes_[i];
    if (c.id != none) {
      apply(c, data);
    } else if (active) {
      changes_[waiting] = c;
      changes_[waiting].order = waiting;
      waiting++;
    }
  }
  changes_count_ = waiting;
}

// The host's events and points of parameters, in order of frame; at one frame parameters go first. They follow those that waited.
void processor::read(const v3_process_data& data, std::uint32_t frames) CONTINUO_NONBLOCKING {
  for (std::int32_t i = 0, n = lists::size(data.input_params); i < n; i++) {
    v3_param_value_queue** points = lists::get(data.input_params, i);
    if (points == nullptr) continue;
    const v3_param_id id = lists::id(points);
    if (!controls::is_known(id)) continue;
    for (std::int32_t j = 0, m = lists::size(points); j < m; j++) {
      std::int32_t frame = 0;
      double value = 0;
      if (!lists::get(points, j, frame, value) || value != value) continue;
      change c{std::min(static_cast<std::uint32_t>(std::max(0, frame)), frames), 0, id, {}, value};
      if (controls::is_gesture(id)) {
        set_.show(id, value);
        c.event = controls::gesture(id, value);
        c.id = none;
      }
      note(c);
    }
  }
  for (std::uint32_t i = 0, n = lists::size(data.input_events); i < n; i++) {
    v3_event event{};
    change c{0, 0, none, {}, 0};
    if (!lists::get(data.input_events, i, event) || event.bus_index != 0 || !to_midi(event, c.event)) continue;
    c.frame = std::min(c.event.frame, frames);
    note(c);
  }
  std::sort(changes_.begin(), changes_.begin() + changes_count_, [](const change& a, const change& b) CONTINUO_NONBLOCKING {
    return a.frame != b.frame ? a.frame < b.frame : a.order < b.order;
  });
}

void processor::note(change c) CONTINUO_NONBLOCKING {
  if (changes_count_ == most_changes) {
    refused_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  c.order = changes_count_;
  changes_[changes_count_++] = c;
}

void processor::apply(const change& c, const v3_process_data& data) CONTINUO_NONBLOCKING {
  if (set_.play(c.id, c.value)) lists::add(data.output_params, c.id, static_cast<std::int32_t>(c.frame), 0);
}

// What the shim is told now: bypassed, the plugin takes it that the host stands where that began, and the musician's notes pass
// as ever. A place that moved while it stands would be a seek in every block.
const continuo_transport* processor::transport() CONTINUO_NONBLOCKING {
  const bool stood = stands_;
  stands_ = set_.bypassed();
  if (!stands_) return said_ ? &position_.transport() : nullptr;
  if (!stood) standing_ = position_.transport();
  standing_.flags = (standing_.flags | CONTINUO_HAS_BEAT) & ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  return &standing_;
}

// What a host has no room for waits for its next block. Where it gives no list at all, only the ends of what it was given do:
// they must not be lost, and notes that began meanwhile must not come late.
void processor::write(v3_event_list** list, const continuo_transport& first) CONTINUO_NONBLOCKING {
  const bool playing = (first.flags & CONTINUO_PLAYING) != 0;
  const double quarters_a_frame = playing ? first.tempo / 60 / sample_rate_ : 0;
  std::uint32_t left = 0;
  const auto send = [&](const continuo_event& e, bool waited) CONTINUO_NONBLOCKING {
    v3_event event;
    if (!from_midi(e, first.beat + e.frame * quarters_a_frame, event)) return;
    const bool begins = event.type == V3_EVENT_NOTE_ON, ends = event.type == V3_EVENT_NOTE_OFF;
    given& note = given_[e.status & 0x0f][e.data1 & 0x7f];
    if (list != nullptr && left == 0 && lists::add(list, event)) {
      if (begins || ends) note = begins ? given::on : given::nothing;
      return;
    }
    const bool owed = ends && (note == given::on || (note == given::end_waits && waited));
    if (left == unsent_.size() || (list == nullptr && !owed)) {
      refused_.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    if (list == nullptr) note = given::end_waits;
    unsent_[left] = e;
    unsent_[left++].frame = 0;
  };
  // Those that waited move down in place: `left` is never ahead of `i`.
  for (std::uint32_t i = 0, n = unsent_count_; i < n; i++) send(unsent_[i], true);
  for (std::uint32_t i = 0; i < stretches_.size(); i++) send(stretches_.events()[i], false);
  unsent_count_ = left;
}

}  // namespace continuo::vst3
