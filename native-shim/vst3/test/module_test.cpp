// The module as a host sees it, through nothing but VST3's interfaces: what it is, and what it bears.
#include <fstream>
#include <sstream>

#include "check.h"
#include "controls.h"
#include "text.h"
#include "world.h"

using namespace continuo;
using namespace continuo::vst3;

namespace {

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
