// What the plugin is called in VST3. The class id never changes: sessions are saved with it.
#pragma once

#include <travesty/base.h>

#include <string_view>

namespace continuo::vst3::identity {

constexpr v3_tuid class_id = V3_ID(0xfebcbf8f, 0xddc1512e, 0x82d70a28, 0x58bf98c3);
constexpr std::string_view name = "Continuo";
constexpr std::string_view vendor = "Continuo";
constexpr std::string_view version = CONTINUO_VERSION;
constexpr std::string_view categories = "Instrument";
constexpr std::string_view interface_version = "VST 3.7.4";  // the interfaces that travesty describes

}  // namespace continuo::vst3::identity
