// VST3's binary interface: a pointer to an object begins with a pointer to a table of functions, and the first argument of each
// is that pointer. One object of ours shows several such faces; each knows the object behind it.
#pragma once

#include <travesty/base.h>

namespace continuo::vst3 {

template <typename Owner>
struct face {
  const void* functions;  // a travesty table, which begins with that of v3_funknown
  Owner* owner;
};

// The object behind a face. [any]
template <typename Owner>
Owner& behind(void* self) noexcept {
  return *static_cast<face<Owner>*>(self)->owner;
}

// travesty writes the codes of Windows as numbers wider than the result that carries them.
constexpr v3_result ok = static_cast<v3_result>(V3_OK);
constexpr v3_result no = static_cast<v3_result>(V3_FALSE);
constexpr v3_result invalid = static_cast<v3_result>(V3_INVALID_ARG);
constexpr v3_result not_implemented = static_cast<v3_result>(V3_NOT_IMPLEMENTED);
constexpr v3_result not_initialized = static_cast<v3_result>(V3_NOT_INITIALIZED);
constexpr v3_result no_interface = static_cast<v3_result>(V3_NO_INTERFACE);
constexpr v3_result no_memory = static_cast<v3_result>(V3_NOMEM);
constexpr v3_result failed = static_cast<v3_result>(V3_INTERNAL_ERR);

}  // namespace continuo::vst3
