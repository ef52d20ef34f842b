#include "instance.h"

#include <new>

#include "program.h"
#include "project.h"
#include "state.h"

namespace continuo::plugin {

namespace {

// Read from the file by `continuo doctor`, whatever the format: plugin and engine should be of one version.
#if defined(__GNUC__)
[[gnu::used]]
#endif
constexpr char version_mark[] = "continuo-plugin-version=" CONTINUO_VERSION ";";

}  // namespace

instance::instance(listener* hears) : hears_(hears), shim_(continuo_shim_create(), continuo_shim_destroy) {
  if (shim_ == nullptr) throw std::bad_alloc();
  values_.touch(part);
  project_ = current_project();
  continuo_listener listening{};
  listening.context = this;
  listening.turn = [](void* self) { static_cast<instance*>(self)->turn(); };
  listening.refused = [](void* self, const char* address, const char* reason) {
    static_cast<instance*>(self)->refused(address, reason);
  };
  listening.say = [](void* self, int trouble, const char* line) { static_cast<instance*>(self)->say(trouble != 0, line); };
  continuo_shim_listen(shim_.get(), &listening);
  turn();
}

instance::~instance() { continuo_shim_link_stop(shim_.get()); }

bool instance::activate(double sample_rate, std::uint32_t max_frames) noexcept {
  if (continuo_shim_activate(shim_.get(), sample_rate, max_frames) == 0) return false;
  try {
    if (!linked_) start_link();
  } catch (...) {  // no memory for it: it plays through, and the next activation tries again
  }
  return true;
}

void instance::deactivate() noexcept { continuo_shim_deactivate(shim_.get()); }

void instance::start_link() {
  continuo_shim_launcher(shim_.get(), engine_program().c_str());
  linked_ = continuo_shim_link_start(shim_.get(), nullptr, band_of(project_).c_str()) != 0;
}

void instance::offline(bool on) noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    take_.collect();
    take_.lay_in();
    continuo_shim_replay(shim_.get(), CONTINUO_OFFLINE, on ? 1 : 0);
  } catch (...) {  // no memory for the take: it stays as it was
  }
}

void instance::set(std::uint32_t id, double value) CONTINUO_NONBLOCKING {
  if (values_.set(id, value) && id == panic) continuo_shim_panic(shim_.get());
}

void instance::turn() noexcept {
  try {
    follow_changes();
    if (hears_ != nullptr && has_to_tell_of_the_take()) hears_->state_changed();
  } catch (...) {  // no memory: the next change is told
  }
}

// What was set since the last look, and the take.
void instance::follow_changes() {
  const std::lock_guard<std::mutex> guard(lock_);
  take_.collect();
  take_.lay_in_if_it_stands();
  parts_.look();
  std::uint32_t changed = values_.look();
  if (changed == 0) return;
  if ((changed & bit(part)) != 0) changed |= bit(register_low) | bit(register_high);  // the band's, or the one part's
  if ((changed & bit(keep)) != 0) continuo_shim_keep(shim_.get());
  if ((changed & bit(discard)) != 0) continuo_shim_discard(shim_.get());
  if ((changed & bit(capture)) != 0) continuo_shim_capture(shim_.get());
  if ((changed & bit(open_panel)) != 0) continuo_shim_open_panel(shim_.get());
  if ((changed & bit(take_mode)) != 0) {
    take_.lay_in();
    continuo_shim_replay(shim_.get(), CONTINUO_REPLAY, values_.whole(take_mode));
  }
  if ((changed & (bit(part) | bit(player) | bit(take_mode))) != 0) parts_.ask();
  if ((changed & (bit(part) | bit(player) | bit(thru))) != 0) parts_.route();
  if ((changed & (bit(register_low) | bit(register_high))) != 0) parts_.tell_register();
  for (std::uint32_t i = 0; i < parameter_count; i++) {
    if ((changed & bit(i)) != 0) tell(parameter_at(i));
  }
}

bool instance::has_to_tell_of_the_take() {
  const std::lock_guard<std::mutex> guard(lock_);
  return take_.is_to_be_told();
}

bool instance::take_changed() noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    take_.collect();
    return take_.changed();
  } catch (...) {
    return false;  // no memory for the take
  }
}

// What concerns the band is told once somebody moved it: an instance that was only loaded leaves it as the others set it. A single
// part's register is none of the band's, which is given back the usual one if it was told another.
void instance::tell(const parameter& what) {
  if (what.wire == nullptr) return;
  const bool own = (what.id == register_low || what.id == register_high) && values_.whole(part) != part_by_channel;
  const double now = own ? what.usual : get(what.id);
  if (now == what.usual && (told_ & bit(what.id)) == 0) return;
  told_ = own ? told_ & ~bit(what.id) : told_ | bit(what.id);
  if (what.labels != nullptr) continuo_shim_set_text(shim_.get(), what.wire, what.labels[static_cast<int>(now - what.least)]);
  else continuo_shim_set_number(shim_.get(), what.wire, now);
}

void instance::refused(const std::string& address, const std::string& reason) {
  try {
    std::string trouble;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      const bool taken = reason.rfind("another session plays this part", 0) == 0;
      if (taken && address == "/continuo/register") return;  // which is refused beside its part
      const bool part_taken = taken && address == "/continuo/part";
      // An answer to what was asked before the part was set, which the next look asks for.
      if (part_taken && values_.is_touched(part)) return;
      trouble = part_taken ? parts_.taken() : "the engine refused " + address + ": " + reason;
    }
    if (!trouble.empty()) say(true, trouble);
  } catch (...) {  // no memory to say it
  }
}

void instance::say(bool trouble, const std::string& line) {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    said_ = line;
  }
  if (hears_ != nullptr) hears_->say(trouble, line.c_str());
}

std::string instance::said() const {
  const std::lock_guard<std::mutex> guard(lock_);
  return said_;
}

std::size_t instance::take_size() {
  const std::lock_guard<std::mutex> guard(lock_);
  take_.collect();
  return take_.size();
}

std::vector<std::uint8_t> instance::save() noexcept {
  try {
    const std::lock_guard<std::mutex> guard(lock_);
    take_.collect();
    state s;
    s.project = project_;
    s.channel = static_cast<std::uint8_t>(parts_.channel());
    for (std::uint32_t i = 0; i < parameter_count; i++) {
      if (parameter_at(i).reach != parameter::button) s.values.emplace_back(parameter_at(i).id, get(i));
    }
    s.notes = take_.save();
    return s.write();
  } catch (...) {
    return {};
  }
}

bool instance::load(const void* bytes, std::size_t size) noexcept {
  try {
    state s;
    const std::string wrong = state::read(bytes, size, s);
    if (!wrong.empty()) {
      states_refused_.fetch_add(1, std::memory_order_relaxed);
      say(true, wrong + "; everything stays as it is");
      return false;
    }
    bool moves = false;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      take_.collect();
      for (std::uint32_t i = 0; i < parameter_count; i++) {
        if (parameter_at(i).reach != parameter::button) set(i, parameter_at(i).usual);
      }
      for (const auto& [id, value] : s.values) {
        if (parameter_at(id).reach != parameter::button) set(id, value);
      }
      parts_.channel(s.channel);
      take_.load(s.notes);
      values_.touch(part);
      if (!s.project.empty() && s.project != project_) {
        moves = linked_;
        project_ = s.project;
      }
      if (!s.project.empty()) enter_project(s.project);
    }
    if (moves) start_link();  // in the other band
    if (!linked_) turn();
    return true;
  } catch (...) {
    return false;  // no memory
  }
}

}  // namespace continuo::plugin
