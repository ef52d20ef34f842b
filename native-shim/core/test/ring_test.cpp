#include "ring.h"

#include <thread>

#include "check.h"

using continuo::ring;

TEST("a full ring refuses, and takes again once read from") {
  ring<int, 4> r;
  const int items[] = {1, 2, 3, 4, 5};
  IS_TRUE(r.push(items, 4));
  IS_TRUE(!r.push(items, 1));
  int item = 0;
  IS_TRUE(r.pop(item));
  EQUAL(1, item);
  IS_TRUE(r.push(items + 4, 1));
  for (const int expected : {2, 3, 4, 5}) {
    IS_TRUE(r.pop(item));
    EQUAL(expected, item);
  }
  IS_TRUE(!r.pop(item));
}

TEST("what does not fit as a whole is refused as a whole") {
  ring<int, 4> r;
  const int items[] = {1, 2, 3};
  IS_TRUE(r.push(items, 3));
  IS_TRUE(!r.push(items, 2));
  int item = 0, n = 0;
  while (r.pop(item)) n++;
  EQUAL(3, n);
}

TEST("a million items pass between two threads in order") {
  ring<int, 256> r;
  constexpr int count = 1000000;
  std::thread writer([&] {
    for (int i = 0; i < count;) {
      if (r.push(&i, 1)) i++;
      else std::this_thread::yield();
    }
  });
  bool in_order = true;
  for (int i = 0, item = 0; i < count;) {
    if (r.pop(item)) in_order = in_order && item == i++;
    else std::this_thread::yield();
  }
  writer.join();
  IS_TRUE(in_order);
}
