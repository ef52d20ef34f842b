// A host and an engine around an instance, on one thread: no socket, no waiting.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "../../core/src/osc.h"
#include "instance.h"

namespace continuo::plugin {

struct ear : listener {
  std::string last;
  int troubles = 0;
  void say(bool trouble, const char* line) noexcept override {
    last = line;
    troubles += trouble;
  }
  int changes = 0;
  void state_changed() noexcept override { changes++; }
};

// What came out, an event a word: frame, status, data.
inline std::string text(const std::vector<continuo_event>& events) {
  std::string all;
  for (const auto& e : events) {
    all += std::to_string(e.frame) + ":" + std::to_string(e.status) + "." + std::to_string(e.data1) + "." + std::to_string(e.data2) + " ";
  }
  return all;
}

struct bench {
  static constexpr std::uint32_t frames = 480;

  ear heard;
  instance plugin{&heard};
  continuo_transport host{};
  std::vector<continuo_event> out;
  int revision = 0;

  bench() {
    continuo_shim_activate(plugin.shim(), 48000, frames);
    continuo_shim_connected(plugin.shim());
    host.flags = CONTINUO_PLAYING | CONTINUO_HAS_BEAT | CONTINUO_HAS_TEMPO;
    host.tempo = 120;
  }

  // One block, of 0.02 quarters at 120 BPM; the host moves on after it.
  const std::vector<continuo_event>& block(const std::vector<continuo_event>& in = {}) {
    out.resize(1024);
    out.resize(plugin.process(&host, in.data(), static_cast<std::uint32_t>(in.size()), frames, out.data(), 1024));
    if ((host.flags & CONTINUO_PLAYING) != 0) host.beat += frames * host.tempo / 60 / 48000;
    return out;
  }

  struct note {
    int number;
    double on, off;
    int pitch;
    int channel = 1;
  };

  void plan(double from, const std::vector<note>& notes) {
    std::uint8_t packet[8192];
    osc::writer w(packet, sizeof packet);
    w.begin_bundle();
    w.begin("/continuo/plan", "iidd").i(continuo_shim_epoch(plugin.shim())).i(++revision).d(from).d(1000);
    for (const auto& n : notes) {
      w.begin("/continuo/plan/on", "idiii").i(n.number).d(n.on).i(n.channel).i(n.pitch).i(100);
      w.begin("/continuo/plan/off", "id").i(n.number).d(n.off);
    }
    w.end_bundle();
    continuo_shim_give_packet(plugin.shim(), packet, static_cast<std::uint32_t>(w.size()));
  }

  // The engine says that another session has the part.
  void refuse(const char* address) {
    std::uint8_t packet[256];
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/refused", "ss").s(address).s("another session plays this part");
    continuo_shim_give_packet(plugin.shim(), packet, static_cast<std::uint32_t>(w.size()));
  }

  // Everything said to the engine but the transport: "part 1 bass model; set temperature 0.5; note/on ..".
  std::string told() {
    struct words : osc::sink {
      std::string all;
      void receive(const osc::message& m) noexcept override {
        if (m.address == "/continuo/transport") return;
        all += std::string(m.address.substr(10));
        for (int i = 0; i < m.count; i++) {
          const auto& a = m.arguments[i];
          std::int32_t number = 0;
          double figure = 0;
          if (a.type == 's') all += " " + std::string(a.text);
          else if (a.type == 'i' && a.as_int(number)) all += " " + std::to_string(number);
          else if (m.address == "/continuo/set" && a.as_double(figure)) all += " " + std::to_string(figure).substr(0, 5);
        }
        all += "; ";
      }
      void refuse(std::string_view, const char* reason) noexcept override { all += reason; }
    } said;
    std::uint8_t packet[1024];
    while (const std::uint32_t size = continuo_shim_take_packet(plugin.shim(), packet, sizeof packet)) osc::read(packet, size, said);
    return said.all;
  }

  std::uint64_t count(const char* name) const {
    for (std::uint32_t i = 0; continuo_shim_counter_name(i) != nullptr; i++) {
      if (std::strcmp(name, continuo_shim_counter_name(i)) == 0) return continuo_shim_counter(plugin.shim(), i);
    }
    return ~0ull;
  }
};

}  // namespace continuo::plugin
