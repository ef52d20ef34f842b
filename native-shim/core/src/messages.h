// The words of the wire, as SPEC.md in protocol lists them: what is written for the engine, what is read from it.
#pragma once

#include <cstdint>
#include <string_view>

#include "osc.h"
#include "record.h"

namespace continuo {

inline constexpr std::int32_t wire_version = 1;

// Each writes one message.
void write_hello(osc::writer&, std::string_view kind, std::string_view band, std::string_view token) noexcept;
void write_goodbye(osc::writer&) noexcept;
void write_ping(osc::writer&, std::int32_t number) noexcept;
void write_query(osc::writer&) noexcept;
void write_counters(osc::writer&) noexcept;
void write_part(osc::writer&, std::int32_t channel, std::string_view instrument, std::string_view player) noexcept;
void write_set(osc::writer&, std::string_view name, double value) noexcept;
void write_set(osc::writer&, std::string_view name, std::string_view value) noexcept;
void write_register(osc::writer&, std::int32_t channel, std::int32_t low, std::int32_t high) noexcept;
void write_panic(osc::writer&) noexcept;
void write_keep(osc::writer&) noexcept;
void write_discard(osc::writer&) noexcept;
void write_capture(osc::writer&) noexcept;
void write_missed(osc::writer&, std::int32_t note) noexcept;
// Any record but `session`.
void write(osc::writer&, const outgoing&) noexcept;

// What the engine may say. Arguments are within the limits of SPEC.md.
class from_engine {
 public:
  virtual ~from_engine() = default;
  virtual void welcome(std::int32_t version, std::int32_t session, std::string_view engine) noexcept = 0;
  virtual void refused(std::string_view address, std::string_view reason) noexcept = 0;
  virtual void pong(std::int32_t number) noexcept = 0;
  virtual void capability(std::string_view name, std::string_view value) noexcept = 0;
  virtual void counter(std::string_view name, std::int64_t value) noexcept = 0;
  virtual void captured(std::string_view file) noexcept = 0;
  virtual void plan(std::int32_t epoch, std::int32_t revision, double from, double to) noexcept = 0;
  virtual void plan_on(std::int32_t note, double at, int channel, int pitch, int velocity) noexcept = 0;
  virtual void plan_off(std::int32_t note, double at) noexcept = 0;
  // The packet is read. Events of a plan come after their plan in the same packet, else they are not accepted.
  virtual void end() noexcept = 0;
  // A message was not accepted: it could not be read, or (`unknown`) nobody knows its address.
  virtual void not_accepted(std::string_view address, const char* reason, bool unknown) noexcept = 0;
};

// Hands the messages of a packet to `to`; the number of those accepted.
std::uint32_t read_from_engine(const void* packet, std::size_t size, from_engine& to) noexcept;

}  // namespace continuo
