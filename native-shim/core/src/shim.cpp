// The C interface: hands each call to the part it belongs to, and keeps exceptions inside.
#include "continuo/shim.h"

#include <atomic>
#include <memory>
#include <new>

#include "core.h"
#include "link.h"
#include "port.h"

struct continuo_shim {
  continuo::counters counted;
  continuo::exchange shared;
  continuo::core core{shared, counted};
  continuo::port port{shared, counted};
  std::string launcher;
  std::atomic<bool> active{false};
  std::unique_ptr<continuo::link> link;  // last: its thread ends before what it uses
};

namespace {

constexpr std::uint32_t counter_count = sizeof continuo::named_counters / sizeof continuo::named_counters[0];

using setting = continuo::port::setting;

int set(continuo_shim* shim, setting::kind what, int channel, const char* name, const char* value, double figure) noexcept {
  try {
    const bool once = what == setting::keep || what == setting::discard || what == setting::capture;
    return shim->port.set({what, channel, name, value, figure, false, once}) ? 1 : 0;
  } catch (...) {
    return 0;  // no memory
  }
}

}  // namespace

continuo_shim* continuo_shim_create(void) noexcept {
  try {
    return new continuo_shim();
  } catch (...) {
    return nullptr;
  }
}

void continuo_shim_destroy(continuo_shim* shim) noexcept { delete shim; }

int continuo_shim_activate(continuo_shim* shim, double sample_rate, uint32_t) noexcept {
  if (!(sample_rate >= 1000 && sample_rate <= 10e6)) return 0;
  shim->core.activate(sample_rate);
  shim->active = true;
  return 1;
}

void continuo_shim_deactivate(continuo_shim* shim) noexcept {
  shim->core.deactivate();
  shim->active = false;
}

uint32_t continuo_shim_process(continuo_shim* shim, const continuo_transport* transport, const continuo_event* in, uint32_t n,
                               uint32_t frames, continuo_event* out, uint32_t capacity) CONTINUO_NONBLOCKING {
  constexpr continuo_transport nothing{};
  continuo::out_events events{out, capacity, 0};
  shim->core.process(transport != nullptr ? *transport : nothing, in, n, frames, events);
  return events.count;
}

uint32_t continuo_shim_release(continuo_shim* shim, continuo_event* out, uint32_t capacity) CONTINUO_NONBLOCKING {
  continuo::out_events events{out, capacity, 0};
  shim->core.release(events);
  return events.count;
}

void continuo_shim_route(continuo_shim* shim, const continuo_routing* r) CONTINUO_NONBLOCKING {
  continuo::routing routing;
  routing.notes = r->notes;
  routing.others = r->others != 0;
  routing.part = r->single != 0 ? static_cast<std::int8_t>(r->part & 15) : std::int8_t{-1};
  routing.out = r->out_channel & 15;
  shim->shared.route.store(routing);
}

void continuo_shim_panic(continuo_shim* shim) CONTINUO_NONBLOCKING {
  shim->shared.panics.fetch_add(1, std::memory_order_relaxed);
}

int continuo_shim_performed(continuo_shim* shim, continuo_performed* what) noexcept {
  return shim->shared.performed.pop(*what) ? 1 : 0;
}

int continuo_shim_take(continuo_shim* shim, const continuo_take_note* notes, uint32_t count) noexcept {
  for (std::uint32_t i = 0; i < count; i++) {
    const continuo_take_note& n = notes[i];
    const bool sane = n.beat >= -1e9 && n.beat <= 1e9 && n.length > 0 && n.length <= 1e6 && n.channel < 16 && n.pitch < 128 &&
                      n.velocity > 0 && n.velocity < 128;
    if (!sane || (i > 0 && notes[i - 1].beat > n.beat)) return 0;
  }
  try {
    shim->shared.take.put(std::make_unique<continuo::tape>(notes, notes + count), [shim] { return shim->active.load(); });
    return 1;
  } catch (...) {
    return 0;  // no memory
  }
}

void continuo_shim_replay(continuo_shim* shim, uint32_t reason, int on) CONTINUO_NONBLOCKING {
  shim->shared.take.wish(reason & (CONTINUO_REPLAY | CONTINUO_OFFLINE | CONTINUO_FREEWHEEL), on != 0);
}

int continuo_shim_plays(const continuo_shim* shim) noexcept { return shim->core.plays() ? 1 : 0; }

void continuo_shim_connected(continuo_shim* shim) noexcept { shim->port.connected(); }

void continuo_shim_disconnected(continuo_shim* shim) noexcept { shim->port.disconnected(); }

uint32_t continuo_shim_take_packet(continuo_shim* shim, void* packet, uint32_t size) noexcept {
  const continuo_listener& listener = shim->port.listener();
  if (listener.turn != nullptr) listener.turn(listener.context);
  return shim->port.take(packet, size);
}

uint32_t continuo_shim_give_packet(continuo_shim* shim, const void* packet, uint32_t size) noexcept {
  return shim->port.give(packet, size);
}

int continuo_shim_part(continuo_shim* shim, int channel, const char* instrument, const char* player) noexcept {
  return channel >= 0 && channel <= 15 ? set(shim, setting::part, channel, instrument, player, 0) : 0;
}

int continuo_shim_register(continuo_shim* shim, int channel, int low, int high) noexcept {
  if (channel < 0 || channel > 15 || low < 0 || low > 127 || high < 0 || high > 127) return 0;
  return set(shim, setting::range, channel, "", "", low * 128 + high);
}

void continuo_shim_keep(continuo_shim* shim) noexcept { set(shim, setting::keep, 0, "", "", 0); }

void continuo_shim_discard(continuo_shim* shim) noexcept { set(shim, setting::discard, 0, "", "", 0); }

void continuo_shim_capture(continuo_shim* shim) noexcept { set(shim, setting::capture, 0, "", "", 0); }

void continuo_shim_open_panel(continuo_shim* shim) noexcept { shim->port.wish_for_panel(); }

void continuo_shim_leave_part(continuo_shim* shim, int channel) noexcept { shim->port.leave(channel); }

int continuo_shim_set_text(continuo_shim* shim, const char* name, const char* value) noexcept {
  return set(shim, setting::text, 0, name, value, 0);
}

int continuo_shim_set_number(continuo_shim* shim, const char* name, double value) noexcept {
  return value - value == 0 ? set(shim, setting::number, 0, name, "", value) : 0;
}

void continuo_shim_listen(continuo_shim* shim, const continuo_listener* listener) noexcept {
  shim->port.listen(listener != nullptr ? *listener : continuo_listener{});
}

void continuo_shim_launcher(continuo_shim* shim, const char* launcher) noexcept {
  try {
    shim->launcher = launcher != nullptr ? launcher : "";
  } catch (...) {
    shim->launcher.clear();  // no memory for it
  }
}

int continuo_shim_link_start(continuo_shim* shim, const char* socket, const char* band) noexcept {
  try {
    shim->link.reset();
    shim->link = std::make_unique<continuo::link>(shim->port, socket != nullptr ? socket : "",
                                                  band != nullptr ? band : "", shim->launcher);
    return 1;
  } catch (...) {
    return 0;  // no thread to be had
  }
}

void continuo_shim_link_stop(continuo_shim* shim) noexcept { shim->link.reset(); }

int continuo_shim_is_connected(const continuo_shim* shim) noexcept {
  return shim->shared.session.load(std::memory_order_relaxed) != 0;
}

double continuo_shim_performance(const continuo_shim* shim) noexcept { return shim->core.performance(); }

int32_t continuo_shim_epoch(const continuo_shim* shim) noexcept { return shim->core.epoch(); }

uint32_t continuo_shim_held(const continuo_shim* shim) noexcept { return shim->core.held(); }

const char* continuo_shim_counter_name(uint32_t index) noexcept {
  return index < counter_count ? continuo::named_counters[index].name : nullptr;
}

uint64_t continuo_shim_counter(const continuo_shim* shim, uint32_t index) CONTINUO_NONBLOCKING {
  return index < counter_count ? (shim->counted.*continuo::named_counters[index].member).value() : 0;
}
