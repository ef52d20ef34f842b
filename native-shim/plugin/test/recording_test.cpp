// What an instance keeps of what it played, and replays.
#include <cmath>
#include <random>

#include "../../core/test/check.h"
#include "bench.h"
#include "instance.h"
#include "state.h"

using namespace continuo;
using namespace continuo::plugin;

TEST("a render replays the take to the sample, at any block size and from anywhere, and the engine hears nothing") {
  bench b;
  b.told();
  std::mt19937 random(11);
  std::vector<std::pair<std::uint64_t, std::string>> performed;
  std::uint64_t at = 0;
  int number = 0;
  for (int i = 0; i < 400; i++) {
    b.host.tempo = i < 200 ? 120 : 133.7;
    if (i % 20 == 1) {
      std::vector<bench::note> notes;
      const double now = continuo_shim_performance(b.plugin.shim());
      for (int k = 0; k < 12; k++) {
        const double on = now + 0.03 + static_cast<double>(random() % 1000) / 1000 * 0.4;
        notes.push_back({++number, on, on + 0.02 + static_cast<double>(random() % 100) / 200, 40 + static_cast<int>(random() % 40)});
      }
      b.plan(now + 0.02, notes);
    }
    for (const auto& e : b.block()) performed.emplace_back(at + e.frame, std::to_string(e.status) + "." + std::to_string(e.data1) + "." + std::to_string(e.data2));
    at += bench::frames;
    b.told();
  }
  IS_TRUE(performed.size() > 300);
  EQUAL(0u, b.count("take_lost"));
  const auto saved = b.plugin.save();

  for (const std::uint32_t size : {480u, 64u, 1u + 240u, 4096u}) {
    bench render;
    IS_TRUE(render.plugin.load(saved.data(), saved.size()));
    render.told();
    render.block();
    render.told();
    render.plugin.offline(true);
    std::vector<std::pair<std::uint64_t, std::string>> replayed;
    const std::uint64_t change = 200 * bench::frames, end = 400 * bench::frames;
    render.host.beat = 0;
    for (std::uint64_t done = 0; done < end;) {
      render.host.tempo = done < change ? 120 : 133.7;
      const auto frames = static_cast<std::uint32_t>(std::min<std::uint64_t>(size, (done < change ? change : end) - done));
      // Engines come and go; the take is none of theirs.
      if (random() % 50 == 0) {
        continuo_shim_disconnected(render.plugin.shim());
        continuo_shim_connected(render.plugin.shim());
      }
      continuo_event out[512];
      const std::uint32_t n = render.plugin.process(&render.host, nullptr, 0, frames, out, 512);
      for (std::uint32_t i = 0; i < n; i++) replayed.emplace_back(done + out[i].frame, std::to_string(out[i].status) + "." + std::to_string(out[i].data1) + "." + std::to_string(out[i].data2));
      render.host.beat += frames * render.host.tempo / 60 / 48000;
      done += frames;
    }
    // At one frame the ends of several notes may stand in another order.
    std::sort(performed.begin(), performed.end());
    std::sort(replayed.begin(), replayed.end());
    EQUAL(performed.size(), replayed.size());
    IS_TRUE(performed == replayed);
    const std::string told = render.told();
    IS_TRUE(told.find("note") == std::string::npos && told.find("sounded") == std::string::npos);
  }
}

TEST("passes of a loop replace each other to its very end, and to what was played before a stop: no note is there twice") {
  // Ends on a frame, between two, at a block's edge and a hair to either side of one.
  for (const double length : {1.0, 1.003, 1.00001, 0.99999, 1.0 + 1.0 / 24000, 1.0 + 0.5 / 24000}) {
    bench b;
    b.host.flags |= CONTINUO_LOOPING;
    b.host.loop_start = 4;
    b.host.loop_end = 4 + length;
    b.host.beat = 4;
    b.block();
    b.told();
    std::vector<bench::note> notes;
    int number = 0;
    for (int pass = 0; pass < 5; pass++) {
      int pitch = 60;
      for (const double beat : {0.0, 0.4, length - 0.02, length - 0.0001}) {
        const double on = pass * length + beat;
        if (on > 0.01) notes.push_back({++number, on, on + 0.01, pitch});
        pitch++;
      }
    }
    b.plan(0.01, notes);
    for (int i = 0; i < 230; i++) {
      b.block();
      if (b.host.beat >= b.host.loop_end) b.host.beat -= length;
      b.told();
    }
    EQUAL(0u, b.count("voided"));
    EQUAL(4u, b.plugin.take_size());
  }
}

TEST("what a pass plays over right behind the loop's wrap is replaced, also where the host stops with the next block") {
  bench b;
  b.host.flags |= CONTINUO_LOOPING;
  b.host.loop_start = 4;
  b.host.loop_end = 4.985;  // the second wrap is in the midst of a block, and comes to 4.01 in it
  b.host.beat = 4;
  b.block();
  b.told();
  b.plan(0.01, {{1, 0.985 + 0.003, 0.985 + 0.2, 60}, {2, 0.985 + 0.03, 0.985 + 0.2, 61}});
  while (continuo_shim_performance(b.plugin.shim()) < 1.96 - 1e-9) {
    if (b.host.beat >= b.host.loop_end) b.host.beat -= 0.985;
    b.block();
    b.told();
  }
  EQUAL(2u, b.plugin.take_size());
  if (b.host.beat >= b.host.loop_end) b.host.beat -= 0.985;
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  EQUAL(1u, b.plugin.take_size());  // that at beat 4.03 was not come to again
}

TEST("the host is told that there is something to save: when it stops, once a second while it plays, and not what it saved") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 0.05, 60}, {2, 0.05, 0.07, 61}, {3, 0.09, 0.1, 62}});
  for (int i = 0; i < 2; i++) b.block();
  b.told();
  EQUAL(1, b.heard.changes);
  for (int i = 0; i < 2; i++) b.block();
  b.told();
  EQUAL(1, b.heard.changes);  // not so soon
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  b.told();
  EQUAL(2, b.heard.changes);
  b.told();
  EQUAL(2, b.heard.changes);
  IS_TRUE(!b.plugin.take_changed());
  b.host.flags |= CONTINUO_PLAYING;
  b.host.beat = 1;
  b.block();
  b.told();
  b.plan(continuo_shim_performance(b.plugin.shim()), {{4, continuo_shim_performance(b.plugin.shim()) + 0.03, 1, 70}});
  for (int i = 0; i < 3; i++) b.block();
  b.plugin.save();
  IS_TRUE(!b.plugin.take_changed());
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  b.told();
  EQUAL(2, b.heard.changes);
}

TEST("the host is told that there is something to save where a pass in silence took notes away, too") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 0.05, 60}});
  for (int i = 0; i < 8; i++) b.block();
  IS_TRUE(!b.plugin.save().empty());
  b.host.beat = 0;
  for (int i = 0; i < 8; i++) b.block();
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  b.told();
  EQUAL(0u, b.plugin.take_size());
  EQUAL(1, b.heard.changes);
  // Where there is nothing to take away, silence is no news.
  b.host.flags |= CONTINUO_PLAYING;
  for (int i = 0; i < 8; i++) b.block();
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  b.told();
  EQUAL(1, b.heard.changes);
}

TEST("the host is told that there is something to save where a note that sounded when it saved goes on") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 9, 60}});
  for (int i = 0; i < 8; i++) b.block();
  IS_TRUE(!b.plugin.save().empty());
  b.told();
  EQUAL(0, b.heard.changes);
  for (int i = 0; i < 8; i++) b.block();
  b.host.flags &= ~static_cast<std::uint32_t>(CONTINUO_PLAYING);
  b.block();
  b.told();
  EQUAL(1, b.heard.changes);
}

TEST("a take is replayed in real time, by nobody that the engine knows, and its parts are held until it is live again") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 0.05, 60}});
  for (int i = 0; i < 8; i++) b.block();
  EQUAL(1u, b.plugin.take_size());
  EQUAL("sounded 1; ", b.told());
  b.plugin.set(take_mode, 1);
  EQUAL("part 0 piano musician; part 1 bass held; part 9 drums held; ", b.told());
  b.host.beat = 0;
  std::string heard;
  for (int i = 0; i < 8; i++) {
    b.plan(continuo_shim_performance(b.plugin.shim()), {{100 + i, continuo_shim_performance(b.plugin.shim()) + 0.03, 5, 90}});
    heard += text(b.block());
  }
  EQUAL("240:145.60.100 240:129.60.0 ", heard);
  EQUAL(1u, b.plugin.take_size());
  b.plugin.set(take_mode, 0);
  EQUAL("part 0 piano musician; part 1 bass model; part 9 drums model; ", b.told());
  b.host.beat = 0;
  for (int i = 0; i < 8; i++) EQUAL(0u, b.block().size());
  EQUAL(0u, b.plugin.take_size());  // a new pass over it, in silence
}

TEST("a note that sounds where the take begins to be replayed is as long as it sounded, whatever is played later and elsewhere") {
  for (const bool render : {false, true}) {
    bench b;
    b.told();
    b.block();
    b.plan(0, {{1, 0.03, 900, 60}});
    for (int i = 0; i < 7; i++) b.block();
    b.told();
    const auto replays = [&](bool on) {
      if (render) b.plugin.offline(on);
      else b.plugin.set(take_mode, on);
      b.told();
      b.block();
      b.told();
    };
    replays(true);
    EQUAL("0:129.60.0 ", text(b.out));
    replays(false);
    b.host.beat = 100;
    for (int i = 0; i < 500; i++) {
      b.block();
      b.told();
    }
    const auto saved = b.plugin.save();
    state s;
    EQUAL("", state::read(saved.data(), saved.size(), s));
    EQUAL(1u, s.notes.size());
    IS_TRUE(std::fabs(s.notes[0].length - 0.13) < 1e-9);  // to the block at beat 0.16
  }
}

TEST("a note that is ended between two blocks, as where the host resets the plugin, is as long as it sounded") {
  bench b;
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 9, 60}, {2, 0.055, 9, 61}});
  b.block();
  b.block();  // to beat 0.06
  continuo_event ended[8];
  EQUAL(2u, b.plugin.release(ended, 8));
  const auto saved = b.plugin.save();
  state s;
  EQUAL("", state::read(saved.data(), saved.size(), s));
  EQUAL(2u, s.notes.size());
  IS_TRUE(std::fabs(s.notes[0].length - 0.03) < 1e-9);
  IS_TRUE(std::fabs(s.notes[1].length - 0.005) < 1e-9);
}

TEST("while no engine is there the take stays as it was saved; the next engine's pass replaces what it plays over, from where it came") {
  bench first;
  first.told();
  first.block();
  first.plan(0, {{1, 0.03, 0.05, 60}, {2, 0.15, 0.17, 61}, {3, 0.5, 9, 62}});
  for (int i = 0; i < 30; i++) first.block();
  first.told();
  // An engine that dies ends its notes where they were, and what comes after is none of its pass.
  continuo_shim_disconnected(first.plugin.shim());
  for (int i = 0; i < 30; i++) first.block();
  const auto saved = first.plugin.save();
  state s;
  EQUAL("", state::read(saved.data(), saved.size(), s));
  EQUAL(3u, s.notes.size());
  IS_TRUE(std::fabs(s.notes[2].length - 0.12) < 1e-9);  // to the block at beat 0.62

  bench b;
  continuo_shim_disconnected(b.plugin.shim());
  IS_TRUE(b.plugin.load(saved.data(), saved.size()));
  for (int i = 0; i < 40; i++) b.block();
  EQUAL(3u, b.plugin.take_size());
  b.host.beat = 0;
  for (int i = 0; i < 5; i++) b.block();
  continuo_shim_connected(b.plugin.shim());
  for (int i = 0; i < 10; i++) b.block();
  EQUAL(2u, b.plugin.take_size());  // that at beat 0.15 alone is gone, in silence
  EQUAL(0u, b.count("take_lost"));
}
