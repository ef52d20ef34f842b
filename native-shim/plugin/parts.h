// The parts that an instance has in the band: one on a channel of its own, or every part on the channel that $CONTINUO_PARTS gives
// it. They are asked of the engine; where another instance has the channel, the next one is tried, or the same again later.
// Not thread-safe; instance guards it. Never on the audio thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "continuo/shim.h"
#include "values.h"

namespace continuo::plugin {

class parts {
 public:
  // [main] Reads the environment. Both outlive it.
  parts(continuo_shim* shim, const values& set);

  // Who plays what was set anew: asks for the parts, from the first on.
  void ask();

  // Asks again for what another has, where it is time to.
  void look();

  // Another session has a part that was asked for last. What people have to hear of that, or "".
  const char* taken();

  // A single part has a register of its own, told once somebody moved it.
  void tell_register();

  // Which channels the shim lets pass, and plays on.
  void route();

  // The channel of the band, for a single part; a saved one is asked for next.
  int channel() const { return channel_; }
  void channel(int saved) { channel_ = saved; }

 private:
  struct channel_part {
    int channel;
    std::string instrument, player;
  };
  static std::vector<channel_part> by_channel();

  bool is_single() const { return set_.whole(part) != part_by_channel; }
  void tell();
  void move_on();

  continuo_shim* const shim_;
  const values& set_;
  const std::vector<channel_part> parts_;  // while each channel is a part
  std::uint32_t told_ = 0;      // a bit for each channel of the band
  bool register_told_ = false;
  int channel_ = 0;
  int tries_ = 0;               // channels that were taken, in a row
  bool lacks_ = false;          // by channel, and another session has some
  bool lack_said_ = false;      // people heard of it
  std::chrono::steady_clock::time_point lacks_since_{};  // the first refusal of what was asked last
};

}  // namespace continuo::plugin
