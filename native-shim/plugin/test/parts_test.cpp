// Which channels of the band an instance asks for, and what it does where another has them.
#include "parts.h"

#include <chrono>
#include <string>
#include <thread>

#include "../../core/test/check.h"
#include "bench.h"

using namespace continuo;
using namespace continuo::plugin;

TEST("one part: all that comes in is the band's channel of it, and what goes out is channel 1") {
  bench b;
  b.plugin.set(part, 4);  // bass
  b.told();
  b.block();
  b.plan(0, {{1, 0.03, 0.05, 40, 0}});
  b.block({{0, 0x95, 60, 90, 0}});
  EQUAL("note/on 0 60 90; sounded 1; ", b.told());
  EQUAL(1u, b.out.size());
  EQUAL(0x90, b.out[0].status);
}

TEST("a part that another instance has moves on to the next channel, and past the drums' one") {
  bench b;
  b.plugin.set(part, 4);
  EQUAL("part 0 bass model; ", b.told());
  for (int before = 0, channel = 1; channel < 12; before = channel++) {
    b.refuse("/continuo/part");
    if (channel == 9) channel++;
    EQUAL("part " + std::to_string(before) + " bass nobody; part " + std::to_string(channel) + " bass model; ", b.told());
  }
}

TEST("parts by channel that another session has are asked for again until they are there, and people hear of it once") {
  bench b;
  const std::string asked = "part 0 piano musician; part 1 bass model; part 9 drums model; ";
  EQUAL(asked, b.told());
  for (int times = 0; times < 2; times++) {
    for (int i = 0; i < 3; i++) b.refuse("/continuo/part");
    EQUAL("", b.told());
    const auto began = std::chrono::steady_clock::now();
    std::string told;
    while (told.empty() && std::chrono::steady_clock::now() - began < std::chrono::seconds(20)) told = b.told();
    EQUAL(asked, told);
  }
  EQUAL("another session plays some of the parts; they are asked for again until it leaves them", b.heard.last);
  EQUAL(1, b.heard.troubles);
  // Nothing was refused the last time: they are there.
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  EQUAL("", b.told());
}

TEST("a refusal that comes after the part was set and before it is told speaks of what was asked before") {
  bench b;
  b.told();
  b.plugin.set(part, 4);  // bass
  b.refuse("/continuo/part");
  EQUAL("part 0 bass model; part 1 bass nobody; part 9 drums nobody; ", b.told());
  EQUAL(0, b.heard.troubles);
}

TEST("leaving a part tells once that nobody plays it") {
  bench b;
  b.told();
  b.plugin.set(part, 10);  // drums
  EQUAL("part 0 piano nobody; part 1 bass nobody; part 9 drums model; ", b.told());
  continuo_shim_disconnected(b.plugin.shim());
  continuo_shim_connected(b.plugin.shim());
  EQUAL("part 9 drums model; ", b.told());
}

TEST("a single part has a register of its own, the band one for all") {
  bench b;
  b.told();
  b.plugin.set(register_low, 30);
  EQUAL("set register-low 30.00; ", b.told());
  b.plugin.set(part, 4);
  IS_TRUE(b.told().find("register 0 30 127; ") != std::string::npos);
  b.plugin.set(register_high, 60);
  EQUAL("register 0 30 60; ", b.told());
}

TEST("the register goes with the part: a channel that was given up or refused is told none any more") {
  bench b;
  b.plugin.set(part, 4);  // bass
  b.plugin.set(register_low, 28);
  b.plugin.set(register_high, 48);
  EQUAL("part 0 bass model; register 0 28 48; ", b.told());
  b.refuse("/continuo/part");
  EQUAL("part 0 bass nobody; register 0 0 127; part 1 bass model; register 1 28 48; ", b.told());
  continuo_shim_disconnected(b.plugin.shim());
  continuo_shim_connected(b.plugin.shim());
  EQUAL("part 1 bass model; register 1 28 48; ", b.told());
  b.plugin.set(part, 10);  // drums, on their own channel
  EQUAL("part 1 bass nobody; register 1 0 127; part 9 drums model; register 9 28 48; ", b.told());
  continuo_shim_disconnected(b.plugin.shim());
  continuo_shim_connected(b.plugin.shim());
  EQUAL("part 9 drums model; register 9 28 48; ", b.told());
}

TEST("where a part is refused because another has it, people hear nothing of its register, which is refused beside it") {
  bench b;
  b.plugin.set(part, 4);  // bass
  b.plugin.set(register_low, 28);
  EQUAL("part 0 bass model; register 0 28 127; ", b.told());
  for (const char* address : {"/continuo/part", "/continuo/register"}) b.refuse(address);
  EQUAL("part 0 bass nobody; register 0 0 127; part 1 bass model; register 1 28 127; ", b.told());
  EQUAL("", b.heard.last);
}

TEST("the register is the band's or the one part's, as shown: from by channel to one part and back the other's is lifted") {
  bench b;
  const auto says = [](const std::string& told, const char* words) { return told.find(words) != std::string::npos; };
  b.told();
  b.plugin.set(register_low, 40);
  EQUAL("set register-low 40.00; ", b.told());
  b.plugin.set(part, 4);  // bass
  std::string told = b.told();
  IS_TRUE(says(told, "register 0 40 127; ") && says(told, "set register-low 0.000; "));
  b.plugin.set(register_low, 28);
  EQUAL("register 0 28 127; ", b.told());
  b.plugin.set(part, part_by_channel);
  told = b.told();
  IS_TRUE(says(told, "register 0 0 127; ") && says(told, "set register-low 28.00; "));
  IS_TRUE(!says(told, "register-high"));
  continuo_shim_disconnected(b.plugin.shim());
  continuo_shim_connected(b.plugin.shim());
  IS_TRUE(says(b.told(), "set register-low 28.00; "));
}
