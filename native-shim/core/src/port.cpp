#include "port.h"

#include <algorithm>

namespace continuo {

namespace {

constexpr std::size_t most_in_a_packet = osc::largest_packet / 32;  // the smallest event of a plan is longer
constexpr double whole_range = 0 * 128 + 127;  // as a setting's figure says it

}  // namespace

port::port(exchange& shared, counters& counted) : shared_(shared), counted_(counted) {
  staged_.reserve(most_in_a_packet);
}

void port::connected() {
  session_ = ++last_session_;
  marked_ = false;
  counted_.sessions.add();
  {
    const std::lock_guard<std::mutex> guard(settings_lock_);
    settings_.erase(std::remove_if(settings_.begin(), settings_.end(), [](const setting& s) { return s.once; }), settings_.end());
    for (auto& s : settings_) s.told = false;
  }
  shared_.session.store(session_, std::memory_order_release);
}

void port::disconnected() {
  session_ = 0;
  shared_.session.store(0, std::memory_order_release);
}

std::uint32_t port::take(void* packet, std::uint32_t size) noexcept {
  if (size < largest_taken || session_ == 0) return 0;
  osc::writer w(packet, size);
  if (take_setting(w)) return static_cast<std::uint32_t>(w.size());
  outgoing o;
  while (shared_.out.pop(o)) {
    if (o.what == outgoing::session) {
      marked_ = static_cast<std::uint32_t>(o.number) == session_;
    } else if (marked_) {
      write(w, o);
      return static_cast<std::uint32_t>(w.size());
    }
  }
  return 0;
}

bool port::take_setting(osc::writer& w) {
  const std::lock_guard<std::mutex> guard(settings_lock_);
  const auto next = std::find_if(settings_.begin(), settings_.end(), [](const setting& s) { return !s.told; });
  if (next == settings_.end()) return false;
  if (next->what == setting::part) write_part(w, next->channel, next->name, next->value);
  else if (next->what == setting::text) write_set(w, next->name, next->value);
  else if (next->what == setting::number) write_set(w, next->name, next->figure);
  else if (next->what == setting::keep) write_keep(w);
  else if (next->what == setting::discard) write_discard(w);
  else if (next->what == setting::capture) write_capture(w);
  else write_register(w, next->channel, static_cast<int>(next->figure) / 128, static_cast<int>(next->figure) % 128);
  next->told = true;
  if (next->once) settings_.erase(next);
  return true;
}

void port::leave(int channel) {
  const std::lock_guard<std::mutex> guard(settings_lock_);
  for (auto s = settings_.begin(); s != settings_.end();) {
    if (s->channel != channel || (s->what != setting::part && s->what != setting::range)) {
      ++s;
    } else if (!s->told) {
      s = settings_.erase(s);
    } else {
      if (s->what == setting::part) s->value = "nobody";
      else s->figure = whole_range;
      s->told = false;
      s->once = true;
      ++s;
    }
  }
}

bool port::set(setting s) {
  if (s.name.size() > osc::longest_string || s.value.size() > osc::longest_string) return false;
  const std::lock_guard<std::mutex> guard(settings_lock_);
  const auto same = [&](const setting& other) {
    const auto named = [](setting::kind k) { return k == setting::text || k == setting::number; };
    return (s.what == other.what || (named(s.what) && named(other.what))) && s.channel == other.channel &&
           (s.what == setting::part || s.name == other.name);
  };
  s.told = false;
  const auto old = std::find_if(settings_.begin(), settings_.end(), same);
  if (old != settings_.end()) *old = std::move(s);
  else settings_.push_back(std::move(s));
  return true;
}

std::uint32_t port::give(const void* packet, std::uint32_t size, from_engine* other) noexcept {
  other_ = other;
  staged_.clear();
  return read_from_engine(packet, size, *this);
}

void port::welcome(std::int32_t version, std::int32_t session, std::string_view engine) noexcept {
  if (other_ != nullptr) other_->welcome(version, session, engine);
}

void port::refused(std::string_view address, std::string_view reason) noexcept {
  counted_.denied.add();
  if (other_ != nullptr) other_->refused(address, reason);
  if (session_ == 0 || listener_.refused == nullptr) return;
  listener_.refused(listener_.context, std::string(address).c_str(), std::string(reason).c_str());
}

void port::pong(std::int32_t number) noexcept {
  if (other_ != nullptr) other_->pong(number);
}

void port::capability(std::string_view name, std::string_view value) noexcept {
  if (other_ != nullptr) other_->capability(name, value);
}

void port::counter(std::string_view name, std::int64_t value) noexcept {
  if (other_ != nullptr) other_->counter(name, value);
}

void port::captured(std::string_view file) noexcept {
  if (other_ != nullptr) other_->captured(file);
}

void port::plan(std::int32_t epoch, std::int32_t revision, double from, double) noexcept {
  stage({incoming::plan, 0, 0, 0, session_, epoch, revision, from});
}

void port::plan_on(std::int32_t note, double at, int channel, int pitch, int velocity) noexcept {
  stage({incoming::on, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch),
         static_cast<std::uint8_t>(velocity), session_, note, 0, at});
}

void port::plan_off(std::int32_t note, double at) noexcept {
  stage({incoming::off, 0, 0, 0, session_, note, 0, at});
}

void port::stage(const incoming& r) noexcept {
  if (session_ != 0 && staged_.size() < most_in_a_packet) staged_.push_back(r);
}

void port::end() noexcept {
  if (staged_.empty() || shared_.in.push(staged_.data(), staged_.size())) return;
  // Ends may be among them, of notes that sound.
  counted_.ring_in_full.add();
  shared_.lost.fetch_add(1, std::memory_order_relaxed);
}

void port::not_accepted(std::string_view, const char*, bool unknown) noexcept {
  (unknown ? counted_.unknown : counted_.refused).add();
}

}  // namespace continuo
