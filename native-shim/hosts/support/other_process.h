// Another process, by its number: whether it lives, and its sudden death.
#pragma once

#if defined(_WIN32)
#include <windows.h>
#else
#include <signal.h>
#endif

namespace continuo::hosts {

#if defined(_WIN32)

inline bool lives(int process) {
  const HANDLE handle = process > 0 ? ::OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(process)) : nullptr;
  const bool runs = handle != nullptr && ::WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
  if (handle != nullptr) ::CloseHandle(handle);
  return runs;
}

inline void kill(int process) {
  const HANDLE handle = ::OpenProcess(PROCESS_TERMINATE, FALSE, static_cast<DWORD>(process));
  if (handle == nullptr) return;
  ::TerminateProcess(handle, 9);
  ::CloseHandle(handle);
}

#else

inline bool lives(int process) { return process > 0 && ::kill(process, 0) == 0; }

inline void kill(int process) { ::kill(process, SIGKILL); }

#endif

}  // namespace continuo::hosts
