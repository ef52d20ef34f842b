#include "controls.h"

#include <set>

#include "check.h"
#include "text.h"

using namespace continuo;
using namespace continuo::vst3;

namespace {

struct fixture {
  plugin::instance plays;
  controls set{plays};
};

std::string title(std::int32_t index) {
  v3_param_info info{};
  IS_TRUE(controls::describe(index, info));
  return get_text(info.title);
}

}  // namespace

TEST("every parameter of the table is there under its own number, then the bypass and the hidden controllers") {
  std::set<v3_param_id> ids;
  for (std::int32_t i = 0; i < controls::count; i++) {
    v3_param_info info{};
    IS_TRUE(controls::describe(i, info));
    IS_TRUE(ids.insert(info.param_id).second);
    IS_TRUE(!get_text(info.title).empty());
    const auto n = static_cast<std::uint32_t>(i);
    if (n < plugin::parameter_count) EQUAL(n, info.param_id);
    const bool hidden = n > plugin::parameter_count;
    EQUAL(hidden ? int{V3_PARAM_IS_HIDDEN} : int{V3_PARAM_CAN_AUTOMATE}, info.flags & (V3_PARAM_IS_HIDDEN | V3_PARAM_CAN_AUTOMATE));
    EQUAL(n == plugin::parameter_count, (info.flags & V3_PARAM_IS_BYPASS) != 0);
  }
  EQUAL("Sustain 01", title(plugin::parameter_count + 1));
  EQUAL("Pitch bend 16", title(plugin::parameter_count + 32));
  EQUAL("Pressure 16", title(controls::count - 1));
  v3_param_info info{};
  IS_TRUE(!controls::describe(-1, info));
  IS_TRUE(!controls::describe(controls::count, info));
}

TEST("every value of every parameter survives the way to 0..1 and back, and as text") {
  for (std::uint32_t id = 0; id < plugin::parameter_count; id++) {
    const auto& p = plugin::parameter_at(id);
    const double step = p.stepped ? 1 : (p.most - p.least) / 64;
    for (double plain = p.least; plain <= p.most; plain += step) {
      const double normal = controls::to_normal(id, plain);
      IS_TRUE(normal >= 0 && normal <= 1);
      IS_TRUE(std::fabs(plain - controls::to_plain(id, normal)) < 1e-9);
      double back = -1;
      IS_TRUE(controls::from_text(id, controls::to_text(id, normal), back));
      IS_TRUE(std::fabs(controls::to_plain(id, back) - plain) < 0.006);
    }
  }
}

TEST("a host that writes the unit behind the text, as they do, shows what other formats show, and the unit once") {
  for (std::uint32_t id = 0; id < plugin::parameter_count; id++) {
    const auto& p = plugin::parameter_at(id);
    v3_param_info info{};
    controls::describe(static_cast<std::int32_t>(id), info);
    const std::string unit = get_text(info.units);
    EQUAL(p.unit, unit);
    for (const double plain : {p.least, p.usual, p.most}) {
      const std::string shown = controls::to_text(id, controls::to_normal(id, plain)), elsewhere = plugin::value_to_text(p, plain);
      if (p.first != nullptr && plain == p.least) EQUAL(p.first, shown);
      else EQUAL(elsewhere, unit.empty() ? shown : shown + " " + unit);
    }
  }
}

TEST("a host's defaults are what a new instance has") {
  fixture f;
  for (std::int32_t i = 0; i < controls::count; i++) {
    v3_param_info info{};
    controls::describe(i, info);
    EQUAL(info.default_normalised_value, f.set.get(info.param_id));
  }
}

TEST("wheels, pedals, breath, volume, pan, expression and pressure are mapped, channel by channel, and nothing else") {
  v3_param_id id = 0;
  int mapped = 0;
  for (int channel = -1; channel <= 16; channel++) {
    for (int controller = -1; controller < 140; controller++) mapped += controls::mapped(channel, controller, id);
  }
  EQUAL(16 * 11, mapped);
  IS_TRUE(!controls::mapped(0, 32, id));
  IS_TRUE(controls::mapped(2, 1, id));
  EQUAL(0xb2, int{controls::gesture(id, 1).status});
  EQUAL(1, int{controls::gesture(id, 0.5).data1});
  EQUAL(64, int{controls::gesture(id, 0.5).data2});
  IS_TRUE(controls::mapped(4, 128, id));
  EQUAL(0xd4, int{controls::gesture(id, 1).status});
  EQUAL(127, int{controls::gesture(id, 1).data1});
  IS_TRUE(controls::mapped(3, 64, id));
  EQUAL(controls::pedal + 3, id);
  EQUAL(0xb3, int{controls::gesture(id, 1).status});
  EQUAL(64, int{controls::gesture(id, 1).data1});
  EQUAL(127, int{controls::gesture(id, 1).data2});
  IS_TRUE(controls::mapped(15, 129, id));
  const auto middle = controls::gesture(id, 8192.0 / 16383);
  EQUAL(0xef, int{middle.status});
  EQUAL(0, int{middle.data1});
  EQUAL(64, int{middle.data2});
}

TEST("a button acts once in a block and springs back; a knob that shows it does not act") {
  fixture f;
  IS_TRUE(f.set.show(plugin::panic, 1));
  EQUAL(1.0, f.set.get(plugin::panic));
  EQUAL(0u, f.plays.pressed(plugin::panic));
  IS_TRUE(f.set.play(plugin::panic, 1));
  EQUAL(0.0, f.set.get(plugin::panic));
  EQUAL(1u, f.plays.pressed(plugin::panic));
  IS_TRUE(!f.set.play(plugin::panic, 0));
  IS_TRUE(f.set.play(plugin::panic, 1));
  EQUAL(2u, f.plays.pressed(plugin::panic));
  IS_TRUE(!f.set.play(plugin::temperature, 1));
}

TEST("what is no figure and what is no parameter change nothing") {
  fixture f;
  const double before = f.set.get(plugin::temperature);
  IS_TRUE(!f.set.show(plugin::temperature, std::nan("")));
  IS_TRUE(!f.set.show(0xdeadbeef, 1));
  IS_TRUE(!f.set.show(plugin::parameter_count, 1));
  EQUAL(before, f.set.get(plugin::temperature));
  EQUAL(0.0, f.set.get(0xdeadbeef));
  f.set.show(plugin::temperature, 1e300);
  EQUAL(1.0, f.set.get(plugin::temperature));
}

TEST("a text is UTF-16 and back, cut to fit") {
  v3_str_128 text;
  put_text("na\xc3\xafve \xe2\x99\xad \xff", text);
  EQUAL("na\xc3\xafve \xe2\x99\xad ?", get_text(text));
  put_text(std::string(500, 'x'), text);
  EQUAL(std::size_t{127}, get_text(text).size());
}
