#include "parts.h"

#include <cstdlib>
#include <cstring>
#include <sstream>

#include "../core/src/environment.h"

namespace continuo::plugin {

namespace {

constexpr std::chrono::seconds ask_again_every{2};
constexpr int channels = 16, drum_channel = 9, drums = 10;

// Who plays what while each channel is a part: "channel=instrument:player,...", by $CONTINUO_PARTS.
constexpr char usual_parts[] = "0=piano:musician,1=bass:model,9=drums:model";

}  // namespace

parts::parts(continuo_shim* shim, const values& set) : shim_(shim), set_(set), parts_(by_channel()) {}

std::vector<parts::channel_part> parts::by_channel() {
  const std::string told = environment("CONTINUO_PARTS");
  std::istringstream list(told.empty() ? usual_parts : told);
  std::vector<channel_part> all;
  for (std::string one; std::getline(list, one, ',');) {
    const auto equals = one.find('='), colon = one.find(':');
    if (equals == std::string::npos || colon == std::string::npos || colon < equals) continue;
    const int channel = std::atoi(one.c_str());
    if (channel < 0 || channel >= channels) continue;
    all.push_back({channel, one.substr(equals + 1, colon - equals - 1), one.substr(colon + 1)});
  }
  return all;
}

void parts::ask() {
  tries_ = 0;
  lacks_ = lack_said_ = false;
  tell();
}

void parts::tell() {
  const std::uint32_t before = told_;
  told_ = 0;
  const auto say_part = [&](int channel, const char* instrument, const char* who) {
    // A take that is replayed is played by nobody that the engine knows; the part is the model's again when it is live.
    if (set_.whole(take_mode) != 0 && std::strcmp(who, "model") == 0) who = "held";
    if (continuo_shim_part(shim_, channel, instrument, who) != 0) told_ |= 1u << channel;
  };
  const int playing = set_.whole(part);
  if (playing == part_by_channel) {
    for (const auto& one : parts_) say_part(one.channel, one.instrument.c_str(), one.player.c_str());
  } else {
    // Drums have a channel of their own in General MIDI; whoever finds a channel taken moves on.
    if (tries_ == 0 && playing == drums) channel_ = drum_channel;
    if (tries_ == 0 && playing != drums && channel_ == drum_channel) channel_ = 0;
    static constexpr const char* who[] = {"model", "musician", "nobody"};
    say_part(channel_, instrument_names[playing - 1], who[set_.whole(player)]);
  }
  for (int channel = 0; channel < channels; channel++) {
    if ((before & ~told_ & 1u << channel) != 0) continuo_shim_leave_part(shim_, channel);
  }
}

// By channel the channels are given, so that there is none to move on to: who has them may leave.
void parts::look() {
  const auto now = std::chrono::steady_clock::now();
  if (!lacks_ || now - lacks_since_ < ask_again_every) return;
  lacks_ = false;  // unless it is refused again
  tell();
}

const char* parts::taken() {
  if (!is_single()) {
    const bool news = !lack_said_;
    lack_said_ = true;
    if (!lacks_) lacks_since_ = std::chrono::steady_clock::now();
    lacks_ = true;
    return news ? "another session plays some of the parts; they are asked for again until it leaves them" : "";
  }
  if (++tries_ < channels) {
    move_on();
    return "";
  }
  return tries_ == channels ? "no channel of the band is free for this part" : "";
}

void parts::move_on() {
  // Nobody, if it was another's: an answer to what was asked before leaves no part behind that sounds nowhere.
  continuo_shim_leave_part(shim_, channel_);
  told_ = 0;
  do {
    channel_ = (channel_ + 1) % channels;
  } while (channel_ == drum_channel && set_.whole(part) != drums);
  tell();
  tell_register();
  route();
}

void parts::tell_register() {
  const int low = set_.whole(register_low), high = set_.whole(register_high);
  const bool moved = low != parameter_at(register_low).usual || high != parameter_at(register_high).usual;
  if (!is_single()) {  // the channel may stay, its register was the single part's
    if (register_told_) continuo_shim_register(shim_, channel_, 0, 127);
    register_told_ = false;
    return;
  }
  if (!moved && !register_told_) return;
  register_told_ = continuo_shim_register(shim_, channel_, low, high) != 0;
}

void parts::route() {
  continuo_routing r{};
  const int playing = set_.whole(part), passing = set_.whole(thru);
  r.others = 1;
  if (playing != part_by_channel) {
    r.single = 1;
    r.part = static_cast<std::uint8_t>(channel_);
    r.out_channel = playing == drums ? drum_channel : 0;
    r.notes = passing == thru_own && set_.whole(player) == plays_musician ? 0xffff : 0;
  } else if (passing == thru_own) {
    r.notes = 0xffff;
    for (const auto& one : parts_) {
      if (one.player != "musician") r.notes = static_cast<std::uint16_t>(r.notes & ~(1u << one.channel));
    }
  }
  if (passing == thru_all) r.notes = 0xffff;
  continuo_shim_route(shim_, &r);
}

}  // namespace continuo::plugin
