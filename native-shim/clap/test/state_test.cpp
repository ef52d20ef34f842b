// What a project keeps of the plugin: its state, and the take that an offline render plays again.
#include <algorithm>
#include <tuple>

#include "../../plugin/parameters.h"
#include "pace.h"

using namespace continuo;
using namespace continuo::clap::test;
using continuo::clap::plugin_render;

namespace {

std::vector<heard> sorted(std::vector<heard> all) {
  std::sort(all.begin(), all.end(), [](const heard& a, const heard& b) {
    return std::tie(a.frame, a.status, a.data1) < std::tie(b.frame, b.status, b.data1);
  });
  return all;
}

}  // namespace

TEST("a project goes from host to host; a thousand damaged ones are refused and change nothing") {
  hosts::set_environment("CONTINUO_SOCKET", "/nonexistent/continuo");
  stage s(file());
  s.value(0, plugin::temperature, 1.5);
  s.value(0, plugin::part, 3);
  s.flush();
  const auto good = s.save(7);
  IS_TRUE(s.saved() && good.size() > 100);
  stage other(file());
  IS_TRUE(other.load(good, 3));
  EQUAL(1.5, other.value_of(plugin::temperature));
  EQUAL(1, other.rescans());
  const unsigned seed = 77;
  std::srand(seed);
  const auto before = other.save();
  int refused = 0;
  for (int i = 0; i < 1000; i++) {
    auto bad = good;
    bad[static_cast<std::size_t>(std::rand()) % bad.size()] ^= static_cast<std::uint8_t>(1 + std::rand() % 255);
    if (i % 3 == 0) bad.resize(static_cast<std::size_t>(std::rand()) % bad.size());
    refused += !other.load(bad);
  }
  EQUAL(1000, refused);
  IS_TRUE(before == other.save());
  if (checks::failures() != 0) std::cout << "  seed " << seed << "\n";
  EQUAL(std::string("everything stays as it is"), other.log().back().substr(other.log().back().size() - 25));
}

TEST("an offline render, as fast as it goes, replays the take exactly, and the engine hears nothing of it") {
  engine_at_its_place engine;
  stage s(file());
  start(s);
  s.now.beat = 0;
  play(s, 0.05);
  // A song of its own: tempo changes within blocks, a ramp, and a stop at the end.
  struct piece {
    std::uint32_t frames;
    double tempo;
  };
  std::vector<piece> tempos;
  const auto perform = [&](stage& on, std::uint32_t frames, bool live) {
    on.now.playing = false;
    on.block(480);
    on.now = song();
    on.now.playing = true;
    const std::size_t from = on.all().size();
    const std::uint64_t began = on.frames_done();
    const auto since = continuo::clap::test::clock::now();
    for (std::uint64_t done = 0; done < 48000 * 6;) {
      const auto n = static_cast<std::uint32_t>(std::min<std::uint64_t>(frames, 48000 * 6 - done));
      for (const std::uint64_t change : {50000u, 100123u, 170001u}) {
        if (change > done && change < done + n) on.change(static_cast<std::uint32_t>(change - done), [&](song& now) { now.tempo = change == 100123 ? 151.3 : 97; });
      }
      on.block(n);
      done += n;
      if (live) std::this_thread::sleep_until(since + std::chrono::microseconds(done * 2));
    }
    on.now.playing = false;
    on.block(480);
    std::vector<heard> all(on.all().begin() + static_cast<std::ptrdiff_t>(from), on.all().end());
    for (auto& h : all) h.frame -= began;
    return sorted(all);
  };
  const auto live = perform(s, 480, true);
  IS_TRUE(live.size() > 30);
  EQUAL(0, s.sounding());
  const auto saved = s.save();

  for (const std::uint32_t frames : {64u, 480u, 4096u}) {
    stage render(file());
    IS_TRUE(render.load(saved));
    render.activate(48000, 4096);
    IS_TRUE(render.get<plugin_render>(continuo::clap::render_extension)->set(render.plugin(), 1));
    const int heard_before = engine.heard("sounded");
    const auto rendered = perform(render, frames, false);
    EQUAL(live.size(), rendered.size());
    EQUAL(events(live), events(rendered));
    EQUAL(0, render.sounding() + render.doubled());
    EQUAL(heard_before, engine.heard("sounded"));
    // What was said before takes its time on the way.
    for (int i = 0; i < 100 && engine.host_plays(); i++) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    IS_TRUE(!engine.host_plays());
  }
}
