#include "messages.h"

namespace continuo {

void write_hello(osc::writer& w, std::string_view kind, std::string_view band, std::string_view token) noexcept {
  w.begin("/continuo/hello", "isss").i(wire_version).s(kind).s(band).s(token);
}

void write_goodbye(osc::writer& w) noexcept { w.begin("/continuo/goodbye", ""); }

void write_ping(osc::writer& w, std::int32_t number) noexcept { w.begin("/continuo/ping", "i").i(number); }

void write_query(osc::writer& w) noexcept { w.begin("/continuo/query", ""); }

void write_counters(osc::writer& w) noexcept { w.begin("/continuo/counters", ""); }

void write_part(osc::writer& w, std::int32_t channel, std::string_view instrument, std::string_view player) noexcept {
  w.begin("/continuo/part", "iss").i(channel).s(instrument).s(player);
}

void write_set(osc::writer& w, std::string_view name, double value) noexcept {
  w.begin("/continuo/set", "sd").s(name).d(value);
}

void write_set(osc::writer& w, std::string_view name, std::string_view value) noexcept {
  w.begin("/continuo/set", "ss").s(name).s(value);
}

void write_register(osc::writer& w, std::int32_t channel, std::int32_t low, std::int32_t high) noexcept {
  w.begin("/continuo/register", "iii").i(channel).i(low).i(high);
}

void write_panic(osc::writer& w) noexcept { w.begin("/continuo/panic", ""); }

void write_keep(osc::writer& w) noexcept { w.begin("/continuo/keep", ""); }

void write_discard(osc::writer& w) noexcept { w.begin("/continuo/discard", ""); }

void write_capture(osc::writer& w) noexcept { w.begin("/continuo/capture", ""); }

void write_missed(osc::writer& w, std::int32_t note) noexcept { w.begin("/continuo/missed", "i").i(note); }

void write(osc::writer& w, const outgoing& o) noexcept {
  switch (o.what) {
    case outgoing::session:
      break;
    case outgoing::transport:
      w.begin("/continuo/transport", "iidddiiddd")
          .i(static_cast<std::int32_t>(o.host.flags))
          .i(o.number)
          .d(o.at)
          .d(o.host.beat)
          .d(o.host.tempo)
          .i(o.host.numerator)
          .i(o.host.denominator)
          .d(o.host.bar_start)
          .d(o.host.loop_start)
          .d(o.host.loop_end);
      break;
    case outgoing::on:
      w.begin("/continuo/note/on", "diii").d(o.at).i(o.channel).i(o.data1).i(o.data2);
      break;
    case outgoing::off:
      w.begin("/continuo/note/off", "dii").d(o.at).i(o.channel).i(o.data1);
      break;
    case outgoing::control:
      w.begin("/continuo/control", "diii").d(o.at).i(o.channel).i(o.data1).i(o.data2);
      break;
    case outgoing::sounded:
      w.begin("/continuo/sounded", "id").i(o.number).d(o.at);
      break;
    case outgoing::panic:
      write_panic(w);
      break;
    case outgoing::missed:
      write_missed(w, o.number);
      break;
  }
}

namespace {

// The arguments of one message, taken in turn; anything that does not fit makes `ok` false.
class taker {
 public:
  explicit taker(const osc::message& m) noexcept : m_(m) {}

  std::int32_t integer(std::int32_t least, std::int32_t most) noexcept {
    std::int32_t value = 0;
    ok_ = ok_ && next_ < m_.count && m_.arguments[next_++].as_int(value) && value >= least && value <= most;
    return value;
  }

  std::int64_t long_integer() noexcept {
    std::int32_t small = 0;
    if (next_ < m_.count && m_.arguments[next_].type == 'h') return m_.arguments[next_++].integer;
    ok_ = ok_ && next_ < m_.count && m_.arguments[next_++].as_int(small);
    return small;
  }

  double performance() noexcept {
    double value = 0;
    ok_ = ok_ && next_ < m_.count && m_.arguments[next_++].as_double(value) && value >= 0 && value <= 1e9;
    return value;
  }

  std::string_view text() noexcept {
    ok_ = ok_ && next_ < m_.count && m_.arguments[next_].type == 's';
    return ok_ ? m_.arguments[next_++].text : std::string_view{};
  }

  bool all() const noexcept { return ok_ && next_ == m_.count; }

 private:
  const osc::message& m_;
  int next_ = 0;
  bool ok_ = true;
};

class reader : public osc::sink {
 public:
  explicit reader(from_engine& to) noexcept : to_(to) {}

  void receive(const osc::message& m) noexcept override {
    constexpr std::int32_t most = 0x7fffffff;
    const std::string_view a = m.address;
    taker t(m);
    bool good = false;
    const auto in_plan = [&] {
      if (!planning_) good = false;
      return planning_;
    };
    // The most frequent first. Arguments are taken in order, all of them, before anything is said.
    if (a == "/continuo/plan/on") {
      const auto note = t.integer(1, most);
      const auto at = t.performance();
      const auto channel = t.integer(0, 15), pitch = t.integer(0, 127), velocity = t.integer(1, 127);
      if ((good = t.all()) && in_plan()) to_.plan_on(note, at, channel, pitch, velocity);
    } else if (a == "/continuo/plan/off") {
      const auto note = t.integer(1, most);
      const auto at = t.performance();
      if ((good = t.all()) && in_plan()) to_.plan_off(note, at);
    } else if (a == "/continuo/plan") {
      const auto epoch = t.integer(0, most), revision = t.integer(0, most);
      const auto from = t.performance(), until = t.performance();
      planning_ = good = t.all() && from <= until;
      if (good) to_.plan(epoch, revision, from, until);
    } else if (a == "/continuo/pong") {
      const auto number = t.integer(-most - 1, most);
      if ((good = t.all())) to_.pong(number);
    } else if (a == "/continuo/welcome") {
      const auto version = t.integer(0, most), session = t.integer(0, most);
      const auto engine = t.text();
      if ((good = t.all())) to_.welcome(version, session, engine);
    } else if (a == "/continuo/refused") {
      const auto address = t.text(), reason = t.text();
      if ((good = t.all())) to_.refused(address, reason);
    } else if (a == "/continuo/capability") {
      const auto name = t.text(), value = t.text();
      if ((good = t.all())) to_.capability(name, value);
    } else if (a == "/continuo/counter") {
      const auto name = t.text();
      const auto value = t.long_integer();
      if ((good = t.all())) to_.counter(name, value);
    } else if (a == "/continuo/captured") {
      const auto file = t.text();
      if ((good = t.all())) to_.captured(file);
    } else {
      to_.not_accepted(a, "unknown address", true);
      return;
    }
    if (good) accepted++;
    else to_.not_accepted(a, "wrong arguments, or an event without a plan", false);
  }

  void refuse(std::string_view address, const char* reason) noexcept override { to_.not_accepted(address, reason, false); }

  std::uint32_t accepted = 0;

 private:
  from_engine& to_;
  bool planning_ = false;
};

}  // namespace

std::uint32_t read_from_engine(const void* packet, std::size_t size, from_engine& to) noexcept {
  reader r(to);
  osc::read(packet, size, r);
  to.end();
  return r.accepted;
}

}  // namespace continuo
