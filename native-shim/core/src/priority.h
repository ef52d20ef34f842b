// A thread that carries notes must not wait behind ordinary ones: where the engine's own real-time thread fills a core, what
// stands in the queue of that core waits for tens of milliseconds.
#pragma once

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#elif defined(__APPLE__)
#include <pthread/qos.h>
#elif defined(_WIN32)
#include <windows.h>
#include <timeapi.h>
#endif

namespace continuo {

// Asks that the calling thread run before ordinary ones, below the host's audio thread. Whether it was granted; where it
// is not, it runs as any other. What it starts is ordinary again: an engine whose threads all had this would come before its
// own band, and perhaps before the host.
inline bool hurry_this_thread() noexcept {
#if defined(__linux__)
  constexpr int above_the_engine = 6;  // whose band threads ask for 5
  sched_param wish{};
  wish.sched_priority = above_the_engine;
  return pthread_setschedparam(pthread_self(), SCHED_RR | SCHED_RESET_ON_FORK, &wish) == 0;
#elif defined(__APPLE__)
  return pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0) == 0;
#elif defined(_WIN32)
  return ::SetThreadPriority(::GetCurrentThread(), THREAD_PRIORITY_HIGHEST) != 0;
#else
  return false;
#endif
}

// While one lives, to wait for a millisecond takes about one: Windows counts in sixteens unless it is asked.
class fine_waits {
 public:
#if defined(_WIN32)
  fine_waits() noexcept { ::timeBeginPeriod(1); }
  ~fine_waits() { ::timeEndPeriod(1); }
#else
  fine_waits() noexcept {}
  ~fine_waits() {}
#endif
  fine_waits(const fine_waits&) = delete;
  fine_waits& operator=(const fine_waits&) = delete;
};

}  // namespace continuo
