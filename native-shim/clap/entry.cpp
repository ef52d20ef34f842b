// What a CLAP host finds in the file: one plugin.
#include <cstring>

#include "player.h"

namespace continuo::clap {

namespace {

const char* features[] = {CLAP_PLUGIN_FEATURE_INSTRUMENT, CLAP_PLUGIN_FEATURE_NOTE_EFFECT, nullptr};

const clap_plugin_factory_t factory = {
    [](const clap_plugin_factory_t*) { return 1u; },
    [](const clap_plugin_factory_t*, std::uint32_t index) { return index == 0 ? &descriptor : nullptr; },
    [](const clap_plugin_factory_t*, const clap_host_t* host, const char* id) -> const clap_plugin_t* {
      if (host == nullptr || id == nullptr || std::strcmp(id, descriptor.id) != 0 || !clap_version_is_compatible(host->clap_version)) return nullptr;
      return player::make(host);
    },
};

}  // namespace

const clap_plugin_descriptor_t descriptor = {
    CLAP_VERSION_INIT, "continuo.player", "Continuo", "Continuo", "", "", "", CONTINUO_VERSION,
    "Plays along: continues what you play, or accompanies it, in time with the host", features};

}  // namespace continuo::clap

// [any] Nothing is done at load: hosts look at plugins that they do not use.
extern "C" CLAP_EXPORT const clap_plugin_entry_t clap_entry = {
    CLAP_VERSION_INIT,
    [](const char*) { return true; },
    [] {},
    [](const char* id) -> const void* { return std::strcmp(id, CLAP_PLUGIN_FACTORY_ID) == 0 ? &continuo::clap::factory : nullptr; },
};
