// The link's side of the exchange: packets in, packets out. One thread, the link's, but for the settings.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "counters.h"
#include "exchange.h"
#include "messages.h"

namespace continuo {

class port : public from_engine {
 public:
  static constexpr std::size_t largest_taken = 1024;

  port(exchange& shared, counters& counted);

  // [link] A session begins, or ended.
  void connected();
  void disconnected();

  // [link] The next packet for the engine; 0 if there is none.
  std::uint32_t take(void* packet, std::uint32_t size) noexcept;

  // [link] A packet from the engine; how many of its messages were accepted. `other` hears what is no plan; may be null.
  std::uint32_t give(const void* packet, std::uint32_t size, from_engine* other = nullptr) noexcept;

  counters& counted() { return counted_; }

  // [main] Before the link starts: who is told of what the engine refuses, and by the link of the rest.
  void listen(const continuo_listener& listener) { listener_ = listener; }
  const continuo_listener& listener() const { return listener_; }

  // [settings] Told to every engine. It replaces the one of its channel or name.
  struct setting {
    enum kind { part, text, number, range, keep, discard, capture };
    kind what;
    std::int32_t channel;
    std::string name;
    std::string value;
    double figure;  // of a range: its low end times 128 and its high one
    bool told;
    bool once;  // forgotten when it has been told
  };
  bool set(setting);

  // [settings] The panel is to be opened; [link] whether it is, asked once for each time.
  void wish_for_panel() { panel_wished_.store(true, std::memory_order_relaxed); }
  bool is_panel_wished() { return panel_wished_.exchange(false, std::memory_order_relaxed); }

  // [settings] The part of a channel and its range are told no more; that nobody plays it, and that its range is the whole one, is
  // told once, if they had been told before.
  void leave(int channel);

 private:
  void welcome(std::int32_t version, std::int32_t session, std::string_view engine) noexcept override;
  void refused(std::string_view address, std::string_view reason) noexcept override;
  void pong(std::int32_t number) noexcept override;
  void capability(std::string_view name, std::string_view value) noexcept override;
  void counter(std::string_view name, std::int64_t value) noexcept override;
  void captured(std::string_view file) noexcept override;
  void plan(std::int32_t epoch, std::int32_t revision, double from, double to) noexcept override;
  void plan_on(std::int32_t note, double at, int channel, int pitch, int velocity) noexcept override;
  void plan_off(std::int32_t note, double at) noexcept override;
  void end() noexcept override;
  void not_accepted(std::string_view address, const char* reason, bool unknown) noexcept override;

  void stage(const incoming&) noexcept;
  bool take_setting(osc::writer&);

  exchange& shared_;
  counters& counted_;
  from_engine* other_ = nullptr;
  continuo_listener listener_{};
  std::uint32_t session_ = 0;
  std::uint32_t last_session_ = 0;
  bool marked_ = false;            // the audio thread knows the session: what comes from it is for this one
  std::vector<incoming> staged_;   // the plan of the packet being read: it enters the ring as a whole
  std::atomic<bool> panel_wished_{false};
  std::mutex settings_lock_;
  std::vector<setting> settings_;
};

}  // namespace continuo
