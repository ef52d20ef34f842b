// The faces that process: IAudioProcessor, what it wants to know of the transport, and that it must not run ahead of time.
#include <travesty/audio_processor.h>
#include <travesty/component.h>

#include "component.h"

namespace continuo::vst3::faces {
namespace {

constexpr v3_speaker_arrangement stereo = V3_SPEAKER_L | V3_SPEAKER_R;

// [main]
v3_result V3_API set_buses(void*, v3_speaker_arrangement*, std::int32_t inputs, v3_speaker_arrangement* out, std::int32_t outputs) noexcept {
  return inputs == 0 && outputs == 1 && out != nullptr && out[0] == stereo ? ok : no;
}

// [main]
v3_result V3_API get_bus(void*, std::int32_t direction, std::int32_t index, v3_speaker_arrangement* arrangement) noexcept {
  if (direction != V3_OUTPUT || index != 0 || arrangement == nullptr) return invalid;
  *arrangement = stereo;
  return ok;
}

// [main] Silence is as long in either.
v3_result V3_API can_process(void*, std::int32_t size) noexcept { return size == V3_SAMPLE_32 || size == V3_SAMPLE_64 ? ok : no; }

// [any]
std::uint32_t V3_API latency(void*) noexcept { return 0; }

// [any] Without end: a host that lets sleep what is silent must not let this sleep.
std::uint32_t V3_API tail(void*) noexcept { return 0xffffffff; }

// [main]
v3_result V3_API setup(void* self, v3_process_setup* setup) noexcept {
  if (setup == nullptr) return invalid;
  vst3::component& c = behind<vst3::component>(self);
  if (!c.setup(setup->sample_rate, setup->max_block_size)) return no;
  c.offline(setup->process_mode == V3_OFFLINE);
  return ok;
}

// [main] or [audio]
v3_result V3_API set_processing(void*, v3_bool) noexcept { return ok; }

// [audio]
v3_result V3_API process(void* self, v3_process_data* data) noexcept {
  if (data == nullptr) return invalid;
  vst3::component& c = behind<vst3::component>(self);
  c.freewheel(data->process_mode == V3_OFFLINE);
  c.block.process(*data, c.active());
  return ok;
}

// [any]
std::uint32_t V3_API needs(void*) noexcept {
  return V3_PROCESS_CTX_NEED_PROJECT_TIME | V3_PROCESS_CTX_NEED_BAR_POSITION | V3_PROCESS_CTX_NEED_CYCLE | V3_PROCESS_CTX_NEED_TEMPO |
         V3_PROCESS_CTX_NEED_TIME_SIG | V3_PROCESS_CTX_NEED_TRANSPORT_STATE;
}

// [main] Never: what is played live cannot be computed before it is played.
v3_result V3_API prefetchable(void*, std::uint32_t* support) noexcept {
  if (support == nullptr) return invalid;
  *support = 0;
  return ok;
}

struct prefetch_table : v3_funknown {
  v3_result(V3_API* get)(void* self, std::uint32_t* support);
};

constexpr v3_audio_processor_cpp processor_functions = {
    {query, ref, unref}, {set_buses, get_bus, can_process, latency, setup, set_processing, process, tail}};
constexpr v3_process_context_requirements_cpp requirements_functions = {{query, ref, unref}, {needs}};
constexpr prefetch_table prefetch_functions = {{query, ref, unref}, prefetchable};

}  // namespace

const void* const processor = &processor_functions;
const void* const requirements = &requirements_functions;
const void* const prefetch = &prefetch_functions;
const v3_tuid prefetch_iid = V3_ID(0x8ae54fda, 0xe93046b9, 0xa28555bc, 0xdc98e21e);

}  // namespace continuo::vst3::faces
