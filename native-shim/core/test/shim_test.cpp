// The C interface as a host and an engine see it. The large grids and random scripts are in Java; here is what a reader
// wants to see first, and what the sanitizers run.
#include "continuo/shim.h"

#include <atomic>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "check.h"
#include "osc.h"

using namespace continuo;

namespace {

constexpr std::uint32_t frames = 480;
constexpr double step = 0.02;  // quarters a block at 120 BPM and 48 kHz

struct bench {
  std::unique_ptr<continuo_shim, void (*)(continuo_shim*)> shim{continuo_shim_create(), continuo_shim_destroy};
  continuo_transport host{};
  std::vector<continuo_event> out;

  bench() {
    continuo_shim_activate(shim.get(), 48000, frames);
    continuo_shim_connected(shim.get());
    host.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO;
    host.tempo = 120;
  }

  // One block; the host moves on after it.
  void process(std::vector<continuo_event> in = {}, std::uint32_t capacity = 64) {
    out.resize(capacity);
    out.resize(continuo_shim_process(shim.get(), &host, in.data(), static_cast<std::uint32_t>(in.size()), frames, out.data(), capacity));
    if ((host.flags & CONTINUO_PLAYING) != 0) host.beat += step;
  }

  struct note {
    int number;
    double on, off;
    int pitch;
  };

  std::uint32_t plan(int revision, double from, const std::vector<note>& notes, int epoch = -1) {
    std::uint8_t packet[8192];
    osc::writer w(packet, sizeof packet);
    w.begin_bundle();
    w.begin("/continuo/plan", "iidd").i(epoch < 0 ? continuo_shim_epoch(shim.get()) : epoch).i(revision).d(from).d(1000);
    for (const auto& n : notes) {
      w.begin("/continuo/plan/on", "idiii").i(n.number).d(n.on).i(0).i(n.pitch).i(100);
      w.begin("/continuo/plan/off", "id").i(n.number).d(n.off);
    }
    w.end_bundle();
    return continuo_shim_give_packet(shim.get(), packet, static_cast<std::uint32_t>(w.size()));
  }

  // Addresses of everything said to the engine, with the first argument where that is an int.
  std::string told() {
    struct names : osc::sink {
      std::string all;
      void receive(const osc::message& m) noexcept override {
        all += std::string(m.address.substr(10));
        std::int32_t first = 0;
        if (m.address != "/continuo/transport" && m.count > 0 && m.arguments[0].type == 'i' && m.arguments[0].as_int(first)) all += " " + std::to_string(first);
        all += "; ";
      }
      void refuse(std::string_view, const char* reason) noexcept override { all += reason; }
    } names;
    std::uint8_t packet[1024];
    while (const std::uint32_t size = continuo_shim_take_packet(shim.get(), packet, sizeof packet)) osc::read(packet, size, names);
    return names.all;
  }

  std::uint64_t count(const char* name) const {
    for (std::uint32_t i = 0; continuo_shim_counter_name(i) != nullptr; i++) {
      if (std::strcmp(name, continuo_shim_counter_name(i)) == 0) return continuo_shim_counter(shim.get(), i);
    }
    return ~0ull;
  }
};

}  // namespace

TEST("a planned note sounds at its sample, ends at its sample, and is reported") {
  bench b;
  b.process();
  EQUAL("transport; ", b.told());
  b.plan(1, 0, {{1, 0.025, 0.05, 60}});
  b.process();
  EQUAL(1u, b.out.size());
  EQUAL(120u, b.out[0].frame);  // (0.025 - 0.02) quarters at 24000 frames a quarter
  EQUAL(0x90, b.out[0].status);
  EQUAL("sounded 1; ", b.told());
  b.process();
  EQUAL(1u, b.out.size());
  EQUAL(240u, b.out[0].frame);
  EQUAL(0x80, b.out[0].status);
  EQUAL(0u, continuo_shim_held(b.shim.get()));
}

TEST("the musician's notes and pedal reach the engine, other messages do not") {
  bench b;
  b.process();
  b.told();
  b.process({{0, 0x93, 60, 90, 0}, {10, 0xb3, 64, 127, 0}, {20, 0xe3, 0, 64, 0}, {30, 0x93, 60, 0, 0}, {40, 0x90, 200, 1, 0}});
  EQUAL("note/on; control; note/off; ", b.told());
}

TEST("the transport is told fifty times a second while the host plays, and once when it stops") {
  bench b;
  b.process();
  b.told();
  for (int i = 0; i < 100; i++) b.process();
  const std::string one = "transport; ";
  EQUAL(50u, b.told().size() / one.size());  // 100 blocks of 10 ms
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.process();
  EQUAL("transport; ", b.told());
  for (int i = 0; i < 100; i++) b.process();
  EQUAL("", b.told());
}

TEST("a newer revision takes back what it speaks of; an older one and another epoch are dropped") {
  bench b;
  b.process();
  b.plan(2, 0, {{1, 0.03, 0.5, 60}, {2, 0.05, 0.5, 61}});
  b.process();
  b.plan(3, 0.045, {{3, 0.05, 0.5, 62}});
  b.plan(2, 0, {{4, 0.05, 0.5, 63}});
  b.plan(4, 0, {{5, 0.05, 0.5, 64}}, 99);
  b.process();
  EQUAL(1u, b.out.size());
  EQUAL(62, b.out[0].data1);
  EQUAL(1u, b.count("plan_stale"));
  EQUAL(1u, b.count("plan_epoch"));
}

TEST("a note whose time is past is not played but reported; an end whose time is past is played at once") {
  bench b;
  b.process();
  b.plan(1, 0, {{1, 0.021, 5, 60}});
  b.process();
  EQUAL(1u, b.out.size());
  b.told();
  b.process();
  b.process();
  b.plan(2, 0.03, {{2, 0.03, 0.04, 61}});
  b.process();
  EQUAL(0u, b.out.size());
  EQUAL(1u, b.count("late"));
  IS_TRUE(b.told().find("missed 2; ") != std::string::npos);
}

TEST("stop, seek and a lost engine end every note in one block") {
  for (int how = 0; how < 4; how++) {
    bench b;
    b.process();
    b.plan(1, 0, {{1, 0.021, 5, 60}, {2, 0.022, 5, 61}, {3, 0.2, 5, 62}});
    b.process();
    EQUAL(2u, continuo_shim_held(b.shim.get()));
    if (how == 0) b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
    if (how == 1) b.host.beat = 64;
    if (how == 2) continuo_shim_disconnected(b.shim.get());
    if (how == 3) continuo_shim_deactivate(b.shim.get());
    b.process();
    EQUAL(2u, b.out.size());
    EQUAL(0u, b.out.back().frame);
    for (int i = 0; i < 20; i++) {
      b.process();
      EQUAL(0u, b.out.size());
    }
    EQUAL(b.count("note_on"), b.count("note_off"));
  }
}

TEST("a release drops the plan, and the engine is told in the next block to begin anew") {
  bench b;
  b.process();
  b.plan(1, 0, {{1, 0.021, 5, 60}, {2, 0.05, 5, 61}});
  b.process();
  b.told();
  const int epoch = continuo_shim_epoch(b.shim.get());
  continuo_event ended[8];
  EQUAL(1u, continuo_shim_release(b.shim.get(), ended, 8));
  EQUAL(0u, continuo_shim_release(b.shim.get(), ended, 8));
  b.process();
  EQUAL(epoch + 1, continuo_shim_epoch(b.shim.get()));
  EQUAL("transport; ", b.told());
  b.plan(2, 0, {{3, 0.07, 5, 62}});
  b.process();
  EQUAL(1u, b.out.size());
  EQUAL(62, b.out[0].data1);
  EQUAL(epoch + 1, continuo_shim_epoch(b.shim.get()));
}

TEST("a pitch that sounds is ended before it begins again") {
  bench b;
  b.process();
  b.plan(1, 0, {{1, 0.021, 1, 60}, {2, 0.03, 2, 60}});
  b.process();
  EQUAL(3u, b.out.size());
  EQUAL(0x80, b.out[1].status);
  EQUAL(b.out[1].frame, b.out[2].frame);
  EQUAL(1u, b.count("retriggered"));
}

TEST("a note whose end is never told ends after 32 quarters") {
  bench b;
  b.process();
  b.plan(1, 0, {{1, 0.03, 900, 60}});
  int blocks = 0;
  do b.process();
  while (++blocks < 3000 && (b.out.empty() || b.out[0].status != 0x80));
  EQUAL(1u, b.count("overlong"));
  IS_TRUE(std::fabs(blocks * step - 32) < 0.1);
}

TEST("what finds no room in the host's array waits, and ends are never lost") {
  bench b;
  b.process();
  b.plan(1, 0, {{1, 0.021, 0.03, 60}, {2, 0.021, 0.03, 61}, {3, 0.021, 0.03, 62}});
  std::size_t events = 0;
  for (int i = 0; i < 10; i++) {
    b.process({}, 1);
    events += b.out.size();
  }
  EQUAL(6u, events);
  EQUAL(0u, continuo_shim_held(b.shim.get()));
  IS_TRUE(b.count("out_full") > 0);
}

TEST("a plan beyond the ring is refused as a whole: what sounds ends, and the engine is told to begin anew") {
  bench b;
  b.process();
  b.plan(1, 0, {{1000, 0.03, 900, 61}});
  b.process();
  EQUAL(1u, b.count("note_on"));
  const int epoch = continuo_shim_epoch(b.shim.get());
  std::vector<bench::note> notes;
  for (int i = 0; i < 60; i++) notes.push_back({i + 1, 1.0 + i, 1.5 + i, 60});
  int given = 0;
  while (b.count("ring_in_full") == 0 && given < 1000) {
    b.plan(++given, 0, notes);
  }
  b.process();
  EQUAL(1u, b.count("ring_in_full"));
  EQUAL(1u, b.count("note_off"));
  EQUAL(epoch + 1, continuo_shim_epoch(b.shim.get()));
  IS_TRUE(b.told().find("transport") != std::string::npos);
}

TEST("an engine that stopped reading costs messages, which are counted, and nothing else") {
  bench b;
  for (int i = 0; i < 20000; i++) b.process({{0, 0x90, 60, 1, 0}});
  IS_TRUE(b.count("ring_out_full") > 0);
  IS_TRUE(b.told().find("note/on") != std::string::npos);
  b.process();
  IS_TRUE(b.told().find("transport") != std::string::npos);
}

TEST("a new session hears nothing of the old one, and its settings again") {
  bench b;
  continuo_shim_part(b.shim.get(), 1, "bass", "model");
  continuo_shim_part(b.shim.get(), 1, "guitar", "model");
  continuo_shim_set_number(b.shim.get(), "temperature", 0.9);
  b.process({{0, 0x90, 60, 1, 0}});
  continuo_shim_disconnected(b.shim.get());
  continuo_shim_connected(b.shim.get());
  EQUAL("part 1; set; ", b.told());
  b.process({{0, 0x90, 61, 1, 0}});
  EQUAL("transport; note/on; ", b.told());
}

TEST("host, engine and another thread's questions do not get into each other's way") {
  bench b;
  std::atomic<bool> done{false};
  std::thread engine([&] {
    std::uint8_t packet[1024];
    int number = 0, revision = 0;
    while (!done.load()) {
      while (continuo_shim_take_packet(b.shim.get(), packet, sizeof packet) > 0) {
      }
      const double now = continuo_shim_performance(b.shim.get());
      std::vector<bench::note> notes;
      for (int i = 0; i < 8; i++) notes.push_back({++number, now + 0.5 + i * 0.1, now + 0.6 + i * 0.1, 40 + i});
      b.plan(++revision, now + 0.4, notes);
      if (revision % 500 == 0) {
        continuo_shim_disconnected(b.shim.get());
        continuo_shim_connected(b.shim.get());
        revision = 0;
      }
      std::this_thread::yield();
    }
  });
  std::uint64_t asked = 0;
  for (int i = 0; i < 20000; i++) {
    if (i % 1000 == 0) b.host.beat = i;
    b.process({{1, 0x90, 60, 1, 0}, {2, 0x80, 60, 0, 0}});
    asked += continuo_shim_counter(b.shim.get(), 0) + continuo_shim_held(b.shim.get());
    if (i % 16 == 0) std::this_thread::yield();
  }
  done.store(true);
  engine.join();
  continuo_shim_disconnected(b.shim.get());
  b.process({}, 1024);
  IS_TRUE(asked > 0);
  EQUAL(b.count("note_on"), b.count("note_off"));
  EQUAL(0u, continuo_shim_held(b.shim.get()));
}
