// What a thread that was hurried starts: an engine, or a browser.
#include "priority.h"

#include <chrono>
#include <iostream>
#include <string>
#include <thread>

#include "../../hosts/support/surroundings.h"
#include "check.h"
#include "process.h"

#if defined(__linux__)
#include <signal.h>
#endif

using namespace continuo;

TEST("a process that a hurried thread starts is an ordinary one") {
#if defined(__linux__)
  const hosts::new_folder folder;
  std::string trouble;
  int granted = 0, at_work = -1, policy = -1;
  std::thread hurried([&] {
    granted = hurry_this_thread();
    if (granted == 0) return;
    at_work = ::sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    detached_process started;
    trouble = started.start("sleep", {"10"}, folder.file("log"));
    if (!started.is_started()) return;
    policy = ::sched_getscheduler(started.id());
    ::kill(started.id(), SIGKILL);
  });
  hurried.join();
  if (granted == 0) {
    std::cout << "  skipped: no real-time priority is to be had here (ulimit -r)" << std::endl;
    return;
  }
  EQUAL("", trouble);
  EQUAL(SCHED_RR, at_work);
  EQUAL(SCHED_OTHER, policy);
#else
  std::cout << "  skipped: for Linux, whose processes inherit a thread's priority" << std::endl;
#endif
}
