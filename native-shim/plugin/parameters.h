// What a musician can set, the same in every plugin format. Ids and the order of labels never change their meaning: hosts
// save them in projects and automation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "continuo/shim.h"

namespace continuo::plugin {

enum parameter_id : std::uint32_t {
  mode = 0,
  style = 1,
  part = 2,
  player = 3,
  temperature = 4,
  density = 5,
  register_low = 6,
  register_high = 7,
  lookahead = 8,
  scale_lock = 9,
  seed = 10,
  end_in = 11,
  thru = 12,
  panic = 13,
  keep = 14,
  discard = 15,
  capture = 16,
  open_panel = 17,
  take_mode = 18,
  trade_bars = 19,
  follow = 20,
  fade = 21,
};

inline constexpr std::uint32_t parameter_count = 22;

struct parameter {
  // Whom it concerns: `band` goes to all who play together, where the last word counts; `own` to this instance; `button` does
  // something when its value rises to 1, and is not saved.
  enum scope { band, own, button };

  parameter_id id;     // also its place in the table
  const char* symbol;  // for formats that want a word: LV2's symbol, [a-z_]
  const char* name;    // for people
  const char* wire;    // its name in /continuo/set; null: not told that way
  double least, most, usual;
  bool stepped;  // whole values only
  scope reach;
  const char* const* labels;  // names of the values from `least` on; null: plain numbers
  const char* first;          // the name of `least` alone, such as "open"; null: none
  const char* unit;           // after a number, or ""
  const char* help;           // one sentence
};

// The table; `index` below parameter_count.
const parameter& parameter_at(std::uint32_t index) CONTINUO_NONBLOCKING;

// The parameter of an id, or null.
const parameter* find_parameter(std::uint32_t id) CONTINUO_NONBLOCKING;

// The nearest value that the parameter takes. NaN gives `usual`.
double nearest_value(const parameter&, double value) CONTINUO_NONBLOCKING;

// [any, not audio] As people read it: "jazz", "0.90", "4 bars"; "4" where its reader writes the unit itself.
std::string value_to_text(const parameter&, double value, bool with_unit = true);

// [any, not audio] The value that a text means: a label in any case, or a number within the range. False if it is neither.
bool text_to_value(const parameter&, const std::string& text, double& value);

// The values of `part` above 0, in order: what the protocol calls them.
inline constexpr std::size_t instrument_count = 10;
extern const char* const instrument_names[instrument_count];

// Values of `mode`, `part`, `player` and `thru` that the code speaks of.
inline constexpr int part_by_channel = 0;
enum player_value { plays_model = 0, plays_musician = 1, plays_nobody = 2 };
enum thru_value { thru_off = 0, thru_own = 1, thru_all = 2 };

}  // namespace continuo::plugin
