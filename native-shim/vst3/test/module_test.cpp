// The module as a host sees it: loaded from its file, through nothing but VST3's interfaces, with an engine on a real socket.
#include <fstream>
#include <random>
#include <sstream>

#include "check.h"
#include "controls.h"
#include "rig.h"
#include "text.h"

using namespace continuo;
using namespace continuo::vst3;

namespace {

// One for all tests: a host loads a module once. The environment is read when a plugin is activated.
struct world {
  engine plays;
  host::module module{MODULE};
  world() {
    hosts::set_environment("CONTINUO_SOCKET", plays.path.c_str());
    hosts::set_environment("CONTINUO_ENGINE", "none");
  }
};

world& the_world() {
  static world w;
  return w;
}

// As a moduleinfo.json has it, on every system: Windows stores the first eight bytes as COM does.
std::string hex(const v3_tuid id) {
  static const char digits[] = "0123456789ABCDEF";
#if V3_COM_COMPAT
  static const int order[] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
#else
  static const int order[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#endif
  std::string text;
  for (const int i : order) text += {digits[id[i] >> 4], digits[id[i] & 15]};
  return text;
}

}  // namespace

TEST("the factory shows one class, the same in each of its three ages, and moduleinfo.json agrees") {
  auto** factory = the_world().module.factory;
  host::held<v3_plugin_factory_2> second(factory, v3_plugin_factory_2_iid);
  host::held<v3_plugin_factory_3> third(factory, v3_plugin_factory_3_iid);
  IS_TRUE(second && third);
  EQUAL(1, v3_cpp_obj(factory)->num_classes(factory));
  v3_class_info a{};
  v3_class_info_2 b{};
  v3_class_info_3 c{};
  EQUAL(int{V3_OK}, v3_cpp_obj(factory)->get_class_info(factory, 0, &a));
  EQUAL(int{V3_OK}, second->get_class_info_2(second.get(), 0, &b));
  EQUAL(int{V3_OK}, third->get_class_info_utf16(third.get(), 0, &c));
  IS_TRUE(v3_tuid_match(a.class_id, b.class_id) && v3_tuid_match(a.class_id, c.class_id));
  EQUAL(std::string("Continuo"), std::string(a.name));
  EQUAL(std::string(a.name), get_text(c.name));
  EQUAL(std::string("Audio Module Class"), std::string(b.category));
  EQUAL(std::string("Instrument"), std::string(b.sub_categories));
  IS_TRUE(v3_cpp_obj(factory)->get_class_info(factory, 1, &a) != V3_OK);
  std::ostringstream info;
  info << std::ifstream(MODULE_INFO).rdbuf();
  IS_TRUE(info.str().find("\"CID\": \"" + hex(a.class_id) + "\"") != std::string::npos);
  IS_TRUE(info.str().find(std::string("\"Version\": \"") + b.version + "\"") != std::string::npos);
}

TEST("an unknown class or interface is refused and leaves null behind") {
  auto** factory = the_world().module.factory;
  void* made = &made;
  IS_TRUE(v3_cpp_obj(factory)->create_instance(factory, v3_component_iid, v3_component_iid, &made) != V3_OK);
  EQUAL(static_cast<void*>(nullptr), made);
  v3_class_info info{};
  v3_cpp_obj(factory)->get_class_info(factory, 0, &info);
  made = &made;
  IS_TRUE(v3_cpp_obj(factory)->create_instance(factory, info.class_id, v3_bstream_iid, &made) != V3_OK);
  EQUAL(static_cast<void*>(nullptr), made);
}

TEST("one object has all its faces, and lives as long as the last of them is held") {
  v3_class_info info{};
  auto** factory = the_world().module.factory;
  v3_cpp_obj(factory)->get_class_info(factory, 0, &info);
  void* made = nullptr;
  v3_cpp_obj(factory)->create_instance(factory, info.class_id, v3_edit_controller_iid, &made);
  host::held<v3_edit_controller> controller(static_cast<v3_edit_controller**>(made));
  host::held<v3_component> component(controller.get(), v3_component_iid);
  host::held<v3_funknown> first(component.get(), v3_funknown_iid), second(controller.get(), v3_funknown_iid);
  IS_TRUE(first.get() == second.get());
  host::held<v3_midi_mapping> mapping(component.get(), v3_midi_mapping_iid);
  host::held<v3_process_context_requirements> needs(component.get(), v3_process_context_requirements_iid);
  IS_TRUE(mapping && needs);
  EQUAL(V3_PROCESS_CTX_NEED_CYCLE | V3_PROCESS_CTX_NEED_TEMPO | V3_PROCESS_CTX_NEED_PROJECT_TIME,
        int(needs->get_process_context_requirements(needs.get())) & (V3_PROCESS_CTX_NEED_CYCLE | V3_PROCESS_CTX_NEED_TEMPO | V3_PROCESS_CTX_NEED_PROJECT_TIME));
  component.reset();
  first.reset();
  second.reset();
  needs.reset();
  controller.reset();
  v3_param_id id = 0;
  EQUAL(int{V3_OK}, mapping->get_midi_controller_assignment(mapping.get(), 0, 5, 64, &id));
  EQUAL(controls::pedal + 5, id);
  IS_TRUE(mapping->get_midi_controller_assignment(mapping.get(), 0, 5, 32, &id) != V3_OK);
}

TEST("it has events each way and a stereo output of silence, no latency, and never falls asleep") {
  rig r(the_world().module);
  auto* c = r.component.operator->();
  void* self = r.component.get();
  EQUAL(1, c->get_bus_count(self, V3_EVENT, V3_INPUT));
  EQUAL(1, c->get_bus_count(self, V3_EVENT, V3_OUTPUT));
  EQUAL(0, c->get_bus_count(self, V3_AUDIO, V3_INPUT));
  EQUAL(1, c->get_bus_count(self, V3_AUDIO, V3_OUTPUT));
  v3_bus_info info{};
  EQUAL(int{V3_OK}, c->get_bus_info(self, V3_AUDIO, V3_OUTPUT, 0, &info));
  EQUAL(2, info.channel_count);
  IS_TRUE(c->get_bus_info(self, V3_AUDIO, V3_OUTPUT, 1, &info) != V3_OK);
  EQUAL(0u, r.processor->get_latency_samples(r.processor.get()));
  EQUAL(0xffffffffu, r.processor->get_tail_samples(r.processor.get()));
  v3_speaker_arrangement stereo = V3_SPEAKER_L | V3_SPEAKER_R, mono = V3_SPEAKER_M;
  EQUAL(int{V3_OK}, r.processor->set_bus_arrangements(r.processor.get(), nullptr, 0, &stereo, 1));
  IS_TRUE(r.processor->set_bus_arrangements(r.processor.get(), nullptr, 0, &mono, 1) != V3_OK);
  r.start();
  r.block(480);
  EQUAL(3u, r.silence);
  for (const auto& channel : r.samples) {
    EQUAL(0.0f, channel[0]);
    EQUAL(0.0f, channel[479]);
    EQUAL(1.0f, channel[480]);
  }
}

TEST("planned notes sound at their sample, through blocks of every size, a tempo change and loop wraps") {
  rig r(the_world().module);
  r.start();
  EQUAL(int{V3_OK}, r.active_result);
  const std::int32_t sizes[] = {176, 80, 256, 1, 64, 1024, 511};
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  for (int i = 0; r.ons < 20 && i < 5000; i++) r.block(sizes[i % 7]);
  r.context.bpm = 151.3;
  for (int i = 0; r.ons < 40 && i < 5000; i++) r.block(sizes[i % 7]);
  r.loop(std::floor(r.context.project_time_quarters), std::floor(r.context.project_time_quarters) + 3);
  for (int i = 0; r.ons < 80 && i < 10000; i++) r.block(sizes[i % 7]);
  IS_TRUE(r.ons >= 80);
  EQUAL(0, r.off_grid);
  EQUAL(0, r.doubled);
}

TEST("before bar one it plays at the beats that the host says, not at their mirror image") {
  rig r(the_world().module);
  r.start();
  r.seek(-12);
  IS_TRUE(r.until([&] { return r.context.project_time_quarters > 1; }));
  IS_TRUE(r.ons > 10);
  EQUAL(0, r.off_grid);
  IS_TRUE(r.heard.front().first < -1);
}

TEST("stop and seek end what sounds within their block") {
  rig r(the_world().module);
  r.start();
  for (int round = 0; round < 4; round++) {
    IS_TRUE(r.until([&] { return r.hanging() > 0; }));
    if (round % 2 == 0) r.play(false);
    else r.seek(100.25 * round);
    r.block(480);
    EQUAL(0, r.hanging());
    r.play(true);
  }
  EQUAL(0, r.off_grid);
}

TEST("the musician's notes and controllers reach the engine, and his part passes with its controllers") {
  auto& w = the_world();
  rig r(w.module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 0; }));
  const int notes = w.plays.heard("note/on"), controllers = w.plays.heard("control");
  r.in.note(true, 7, 0, 61).note(false, 300, 0, 61);
  v3_param_id wheel = 0, pressure = 0;
  IS_TRUE(controls::mapped(0, 1, wheel) && controls::mapped(0, 128, pressure));
  r.set.set(wheel, 50, 1).set(controls::pedal + 0, 100, 1).set(controls::bend + 0, 200, 1).set(pressure, 250, 1);
  r.block(480);
  std::string passed;
  for (const auto& e : r.out.list) {
    if (e.type == V3_EVENT_NOTE_ON && e.note_on.channel == 0) passed += "on " + std::to_string(e.sample_offset) + "; ";
    if (e.type == V3_EVENT_NOTE_OFF && e.note_off.channel == 0) passed += "off " + std::to_string(e.sample_offset) + "; ";
    if (e.type == V3_EVENT_LEGACY_MIDI_CC_OUT) passed += std::to_string(e.midi_cc_out.cc_number) + " " + std::to_string(e.sample_offset) + "; ";
  }
  EQUAL(std::string("on 7; 1 50; 64 100; 129 200; 128 250; off 300; "), passed);
  IS_TRUE(r.until([&] { return w.plays.heard("note/on") == notes + 1 && w.plays.heard("control") == controllers + 2; }));
  IS_TRUE(w.plays.last("control").find(" 64.000 127.000") != std::string::npos);
}

TEST("panic and bypass take effect at their frame, every other parameter holds from its block on") {
  rig r(the_world().module);
  r.start();
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.set.set(plugin::panic, 240, 1).set(plugin::style, 100, controls::to_normal(plugin::style, 9));
  r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(std::size_t{1}, r.out.list.size());
  EQUAL(240, r.out.list[0].sample_offset);
  EQUAL(controls::to_normal(plugin::style, 9), r.get(plugin::style));
  // The button has sprung back, and the host is told.
  EQUAL(0.0, r.get(plugin::panic));
  EQUAL(std::size_t{1}, r.told.size());
  EQUAL(unsigned{plugin::panic}, r.told[0].id);
  EQUAL(0.0, r.told[0].points[0].value);

  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  r.set.set(controls::bypass, 77, 1);
  r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(77, r.out.list.back().sample_offset);
  const int before = r.ons;
  r.in.note(true, 5, 0, 61);
  for (int i = 0; i < 200; i++) r.block(480);
  EQUAL(before + 1, r.ons);  // the musician's own, which passes
  r.set.set(controls::bypass, 0, 0);
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  EQUAL(0, r.off_grid);
}

TEST("a host that takes one event a block still gets every end") {
  rig r(the_world().module);
  r.start();
  r.out.room = 1;
  IS_TRUE(r.until([&] { return r.hanging() > 0; }));
  for (int pitch = 60; pitch < 72; pitch++) r.in.note(true, 0, 0, pitch).note(false, 1, 0, pitch);
  r.block(480);
  r.play(false);
  for (int i = 0; i < 40; i++) r.block(480);
  EQUAL(0, r.hanging());
  EQUAL(0, r.doubled);
}

TEST("what was set and what was performed comes back from the state, in a new instance and in pieces of any size") {
  rig r(the_world().module);
  r.start();
  r.context.project_time_quarters = 64;
  r.set.set(plugin::temperature, 0, 0.25).set(plugin::style, 0, controls::to_normal(plugin::style, 9)).set(plugin::seed, 0, controls::to_normal(plugin::seed, 4711));
  IS_TRUE(r.until([&] { return r.ons > 10; }));
  r.play(false);
  r.block(480);
  const auto saved = r.state();
  IS_TRUE(saved.size() > 10 * 19);
  for (const std::int32_t piece : {1 << 20, 100, 7}) {
    rig other(the_world().module);
    IS_TRUE(other.state(saved, piece));
    EQUAL(0.25, other.get(plugin::temperature));
    EQUAL(controls::to_normal(plugin::style, 9), other.get(plugin::style));
    EQUAL(controls::to_normal(plugin::seed, 4711), other.get(plugin::seed));
    IS_TRUE(saved == other.state());
  }
  host::stream s;
  r.set.set(controls::bypass, 0, 1);
  r.block(0);
  EQUAL(int{V3_OK}, r.controller->get_state(r.controller.get(), s.get()));
  rig other(the_world().module);
  s.at = 0;
  EQUAL(int{V3_OK}, other.controller->set_state(other.controller.get(), s.get()));
  EQUAL(1.0, other.get(controls::bypass));
}

TEST("a host is told when a state moved the parameters, and is let go in the end") {
  host::handler handler;
  {
    rig r(the_world().module), other(the_world().module);
    r.controller->set_component_handler(r.controller.get(), handler.get());
    EQUAL(1, handler.references);
    IS_TRUE(r.state(other.state()));
    EQUAL(1, handler.restarts);
    EQUAL(int{V3_RESTART_PARAM_VALUES_CHANGED}, handler.flags);
    IS_TRUE(!r.state({1, 2, 3}));
    EQUAL(1, handler.restarts);
  }
  EQUAL(0, handler.references);
}

TEST("a host is told that there is something to save when it deactivates the plugin, unless it has saved it") {
  host::handler handler;
  rig r(the_world().module);
  r.controller->set_component_handler(r.controller.get(), handler.get());
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  r.component->set_active(r.component.get(), 0);
  EQUAL(1, handler.dirty);
  r.start();
  EQUAL(1, handler.dirty);
  const int before = r.ons;
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  r.play(false);
  for (int i = 0; i < 20; i++) r.block(480);
  r.state();
  r.component->set_active(r.component.get(), 0);
  EQUAL(1, handler.dirty);
  EQUAL(1, handler.references);
  r.controller->set_component_handler(r.controller.get(), nullptr);
}

TEST("1,000 damaged states are refused or mean something, and the plugin plays on") {
  rig r(the_world().module);
  r.start();
  IS_TRUE(r.until([&] { return r.ons > 3; }));
  const auto good = r.state();
  std::mt19937 random(20261124);
  int refused = 0;
  for (int i = 0; i < 1000; i++) {
    auto bad = good;
    const auto at = random() % bad.size();
    switch (random() % 4) {
      case 0: bad[at] ^= static_cast<std::uint8_t>(1 + random() % 255); break;
      case 1: bad.resize(at); break;
      case 2: bad.insert(bad.end(), 1 + random() % 1000, static_cast<std::uint8_t>(random())); break;
      default:
        for (auto& byte : bad) byte = static_cast<std::uint8_t>(random());
    }
    const auto before = r.state();
    if (r.state(bad)) continue;
    refused++;
    if (before != r.state()) std::cout << "  state " << i << " was refused and changed something\n";
    IS_TRUE(before == r.state());
    host::stream s(std::move(bad));
    r.controller->set_state(r.controller.get(), s.get());
  }
  EQUAL(1000, refused);  // each has a checksum that does not fit
  IS_TRUE(!r.state(std::vector<std::uint8_t>(3 * 1024 * 1024)));
  const int before = r.ons;
  IS_TRUE(r.until([&] { return r.ons > before + 3; }));
  EQUAL(0, r.off_grid);
}

TEST("two instances have a session each, and play each at its own sample") {
  auto& w = the_world();
  const int before = w.plays.sessions();
  rig a(w.module), b(w.module);
  a.start();
  b.start();
  b.context.bpm = 97;
  for (int i = 0; i < 10000 && (a.ons < 10 || b.ons < 10); i++) {
    a.block(256, std::chrono::microseconds(0));
    b.block(300);
  }
  IS_TRUE(a.ons >= 10 && b.ons >= 10);
  EQUAL(before + 2, w.plays.sessions());
  EQUAL(0, a.off_grid + b.off_grid);
}

TEST("an offline render plays the take again, note for note, as fast as it can") {
  rig r(the_world().module);
  r.start();
  r.seek(256);
  IS_TRUE(r.until([&] { return r.ons > 20; }));
  r.play(false);
  r.block(480);
  auto live = r.heard;
  live.erase(std::remove_if(live.begin(), live.end(), [](const auto& n) { return n.first < 256; }), live.end());
  r.heard.clear();
  r.start(V3_OFFLINE);
  r.play(true);
  r.seek(256);
  while (r.context.project_time_quarters < live.back().first + 1) r.block(512, std::chrono::microseconds(0));
  IS_TRUE(live == r.heard);
  EQUAL(live.size(), r.heard.size());
  EQUAL(0, r.off_grid);
  EQUAL(0, r.hanging());
}

TEST("calls in an order that no host should use do no harm") {
  auto& w = the_world();
  for (unsigned seed = 1; seed <= 300; seed++) {
    std::mt19937 twister(seed);
    const auto random = [&twister] { return static_cast<std::uint32_t>(twister()); };
    rig r(w.module);
    auto* c = r.component.operator->();
    auto* p = r.processor.operator->();
    auto* e = r.controller.operator->();
    void *cs = r.component.get(), *ps = r.processor.get(), *es = r.controller.get();
    for (int i = 0; i < 60; i++) {
      const auto x = static_cast<std::int32_t>(random() % 9) - 2;
      const double poison[] = {0, 0.5, 1, -1, 2, std::nan(""), 1e300, -1e300};
      const double value = poison[random() % 8];
      v3_process_setup setup{x, x, x * 100, value * 48000};
      v3_bus_info bus{};
      v3_param_info info{};
      v3_str_128 text{};
      v3_speaker_arrangement arrangement = random();
      host::stream s(std::vector<std::uint8_t>(random() % 100, 7));
      v3_process_data data{};
      switch (random() % 24) {
        case 0: c->set_active(cs, random() % 2); break;
        case 1: p->set_processing(ps, random() % 2); break;
        case 2: p->setup_processing(ps, &setup); break;
        case 3: p->setup_processing(ps, nullptr); break;
        case 4: p->process(ps, nullptr); break;
        case 5: data.nframes = x; p->process(ps, &data); break;
        case 6: v3_cpp_obj_initialize(r.component.get(), nullptr); break;
        case 7: v3_cpp_obj_terminate(r.component.get()); break;
        case 8: c->set_state(cs, s.get()); break;
        case 9: c->set_state(cs, nullptr); c->get_state(cs, nullptr); break;
        case 10: e->set_component_state(es, s.get()); e->set_component_state(es, nullptr); break;
        case 11: e->set_state(es, s.get()); e->get_state(es, s.get()); break;
        case 12: e->set_parameter_normalised(es, random() % 30, value); break;
        case 13: e->set_parameter_normalised(es, random(), value); break;
        case 14: e->get_parameter_info(es, x, &info); e->get_parameter_info(es, x, nullptr); break;
        case 15: e->get_parameter_string_for_value(es, random() % 30, value, text); break;
        case 16: e->get_parameter_value_for_string(es, random() % 30, text, nullptr); break;
        case 17: e->plain_parameter_to_normalised(es, random() % 30, value); e->normalised_parameter_to_plain(es, random() % 30, value); break;
        case 18: c->get_bus_info(cs, x, x, x, &bus); c->activate_bus(cs, x, x, x, 1); c->get_bus_count(cs, x, x); break;
        case 19: p->set_bus_arrangements(ps, nullptr, x, &arrangement, x); p->get_bus_arrangement(ps, x, x, &arrangement); break;
        case 20: e->create_view(es, "editor"); e->set_component_handler(es, nullptr); break;
        case 21: r.context.bpm = value; r.context.project_time_quarters = value; r.context.time_sig_denom = x; r.block(64, std::chrono::microseconds(0)); break;
        case 22: r.process_mode = x; r.block(64, std::chrono::microseconds(0)); break;
        default: r.set.set(random() % 60, x * 50, value); r.in.note(x > 0, x * 1000, x, 60 + x); r.block(random() % 512, std::chrono::microseconds(0));
      }
    }
    // And then as it should be.
    r.process_mode = V3_REALTIME;
    r.start();
    if (r.active_result != V3_OK) std::cout << "  seed " << seed << "\n";
    EQUAL(int{V3_OK}, r.active_result);
    r.block(480);
    EQUAL(int{V3_OK}, r.process_result);
  }
}
