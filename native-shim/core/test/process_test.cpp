// The lock of whoever starts an engine, between two that want to, and beside the engine's own.
#include "process.h"

#if !defined(_WIN32)
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

#include <string>

#include "../../hosts/support/surroundings.h"
#include "check.h"

using namespace continuo;

TEST("one at a time may start an engine; where that is settled, the next may") {
  hosts::new_folder folder;
  const std::string path = folder.file("run/engine.sock");
  std::string trouble;
  start_lock first, second;
  IS_TRUE(first.take(path, trouble));
  IS_TRUE(first.take(path, trouble));
  IS_TRUE(!second.take(path, trouble));
  EQUAL("", trouble);
  first.release();
  IS_TRUE(second.take(path, trouble));
}

TEST("a folder that cannot be made is told as the trouble") {
  hosts::new_folder folder;
  std::string trouble;
  start_lock lock;
  IS_TRUE(lock.take(folder.file("a"), trouble));  // its file is no folder
  start_lock below;
  IS_TRUE(!below.take(folder.file("a.start/engine.sock"), trouble));
  IS_TRUE(trouble.find("a.start/engine.sock") != std::string::npos);
}

#if !defined(_WIN32)
// As LocalEndpoint of the bridge locks it, by the lock that everywhere keeps out whoever has the file: there are systems on which
// that of Java is the same.
TEST("whoever starts an engine leaves it the file that it locks itself") {
  hosts::new_folder folder;
  const std::string path = folder.file("engine.sock");
  std::string trouble;
  start_lock lock;
  IS_TRUE(lock.take(path, trouble));
  const int file = ::open((path + ".lock").c_str(), O_WRONLY | O_CREAT, 0600);
  IS_TRUE(file >= 0);
  IS_TRUE(::flock(file, LOCK_EX | LOCK_NB) == 0);
  ::close(file);
}
#endif
