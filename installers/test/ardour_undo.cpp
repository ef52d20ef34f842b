// Ardour's Lua shell has no word for undo. Loaded before Ardour's library (LD_PRELOAD), this gives it one: a command that begins by
// the name "undo once" is none, but does what the editor's Undo does. Of Ardour 7. Built by ardour-clip.
#include <dlfcn.h>

#include <string>

#define BEGIN "_ZN6ARDOUR7Session24begin_reversible_commandERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
#define UNDO "_ZN6ARDOUR7Session4undoEj"

// Aligned: an odd address in a pointer to a member means a virtual function.
__attribute__((aligned(16))) void begin_reversible_command(void* session, const std::string& name) asm(BEGIN);

void begin_reversible_command(void* session, const std::string& name) {
  if (name == "undo once") {
    reinterpret_cast<void (*)(void*, unsigned)>(dlsym(RTLD_NEXT, UNDO))(session, 1);
  } else {
    reinterpret_cast<void (*)(void*, const std::string&)>(dlsym(RTLD_NEXT, BEGIN))(session, name);
  }
}
