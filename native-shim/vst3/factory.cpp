// What a host finds in the module: the entry points of each system, and a factory with one class.
#include <travesty/audio_processor.h>
#include <travesty/component.h>
#include <travesty/factory.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "continuo/shim.h"
#include "face.h"
#include "identity.h"
#include "component.h"
#include "text.h"

namespace continuo::vst3 {
namespace {

void put(std::string_view from, char* to, std::size_t size) noexcept {
  const std::size_t n = std::min(from.size(), size - 1);
  std::memset(to, 0, size);
  std::memcpy(to, from.data(), n);
}

constexpr std::int32_t many_instances = 0x7fffffff;
constexpr std::int32_t unicode = 0x10;
constexpr std::string_view audio_module = "Audio Module Class";

// The factory is as old as the module and goes with it; its references are not counted.
v3_result V3_API query(void* self, const v3_tuid iid, void** object) noexcept {
  if (object == nullptr) return invalid;
  const bool ours = v3_tuid_match(iid, v3_funknown_iid) || v3_tuid_match(iid, v3_plugin_factory_iid) ||
                    v3_tuid_match(iid, v3_plugin_factory_2_iid) || v3_tuid_match(iid, v3_plugin_factory_3_iid);
  *object = ours ? self : nullptr;
  return ours ? ok : no_interface;
}

std::uint32_t V3_API one(void*) noexcept { return 1; }

v3_result V3_API factory_info(void*, v3_factory_info* info) noexcept {
  if (info == nullptr) return invalid;
  *info = {};
  put(identity::vendor, info->vendor, sizeof info->vendor);
  info->flags = unicode;
  return ok;
}

std::int32_t V3_API classes(void*) noexcept { return 1; }

v3_result V3_API class_info(void*, std::int32_t index, v3_class_info* info) noexcept {
  if (index != 0 || info == nullptr) return invalid;
  *info = {};
  std::memcpy(info->class_id, identity::class_id, sizeof info->class_id);
  info->cardinality = many_instances;
  put(audio_module, info->category, sizeof info->category);
  put(identity::name, info->name, sizeof info->name);
  return ok;
}

v3_result V3_API class_info_2(void*, std::int32_t index, v3_class_info_2* info) noexcept {
  if (index != 0 || info == nullptr) return invalid;
  *info = {};
  std::memcpy(info->class_id, identity::class_id, sizeof info->class_id);
  info->cardinality = many_instances;
  put(audio_module, info->category, sizeof info->category);
  put(identity::name, info->name, sizeof info->name);
  put(identity::categories, info->sub_categories, sizeof info->sub_categories);
  put(identity::vendor, info->vendor, sizeof info->vendor);
  put(identity::version, info->version, sizeof info->version);
  put(identity::interface_version, info->sdk_version, sizeof info->sdk_version);
  return ok;
}

v3_result V3_API class_info_3(void*, std::int32_t index, v3_class_info_3* info) noexcept {
  if (index != 0 || info == nullptr) return invalid;
  *info = {};
  std::memcpy(info->class_id, identity::class_id, sizeof info->class_id);
  info->cardinality = many_instances;
  put(audio_module, info->category, sizeof info->category);
  put_text(identity::name, info->name, 64);
  put(identity::categories, info->sub_categories, sizeof info->sub_categories);
  put_text(identity::vendor, info->vendor, 64);
  put_text(identity::version, info->version, 64);
  put_text(identity::interface_version, info->sdk_version, 64);
  return ok;
}

// [main]
v3_result V3_API create(void*, const v3_tuid class_id, const v3_tuid iid, void** object) noexcept {
  if (object == nullptr) return invalid;
  *object = nullptr;
  if (!v3_tuid_match(class_id, identity::class_id)) return no_interface;
  return component::create(iid, object);
}

v3_result V3_API set_host(void*, v3_funknown**) noexcept { return ok; }

constexpr v3_plugin_factory_cpp functions = {
    {query, one, one}, {factory_info, classes, class_info, create}, {class_info_2}, {class_info_3, set_host}};
struct {
  const void* table;
} factory = {&functions};

}  // namespace
}  // namespace continuo::vst3

extern "C" {

// [main] All of them.
CONTINUO_API v3_plugin_factory** GetPluginFactory() {
  return reinterpret_cast<v3_plugin_factory**>(&continuo::vst3::factory);
}

#if defined(_WIN32)
CONTINUO_API bool InitDll() { return true; }
CONTINUO_API bool ExitDll() { return true; }
#elif defined(__APPLE__)
CONTINUO_API bool bundleEntry(void*) { return true; }
CONTINUO_API bool bundleExit() { return true; }
#else
CONTINUO_API bool ModuleEntry(void*) { return true; }
CONTINUO_API bool ModuleExit() { return true; }
#endif
}
