// One plugin in one host, whatever its format: the shim, the parameters, the take and the state. Adapters translate and do
// nothing else.
//
// Threads, as in shim.h: [main] one thread that owns the instance; [audio] the one that calls process; [link] the shim's own;
// [any]. The audio thread writes parameters into atomics; the link's thread makes messages of them. No function throws but the
// constructor, when there is no memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "continuo/shim.h"
#include "parameters.h"
#include "parts.h"
#include "recording.h"
#include "values.h"

namespace continuo::plugin {

// Where a host shows what is wrong. Called from the link's thread and from main.
class listener {
 public:
  virtual ~listener() = default;
  // One line; `trouble`: something is wrong, else it is news.
  virtual void say(bool trouble, const char* line) noexcept = 0;
  // The take is another than the one that was saved or loaded last, so that the host has something to save. Told when the host
  // stops, and once a second at most while it plays. Called from the link's thread alone.
  virtual void state_changed() noexcept = 0;
};

class instance {
 public:
  // [main] `hears` may be null, and outlives the instance.
  explicit instance(listener* hears = nullptr);
  // [main] Says goodbye to the engine; waits for it half a second at most.
  ~instance();

  instance(const instance&) = delete;
  instance& operator=(const instance&) = delete;

  // [main] Before the first block, and after every change of rate: see continuo_shim_activate. The first time it starts the
  // link, since hosts make plugins only to look at them. False if the rate is out of range.
  bool activate(double sample_rate, std::uint32_t max_frames) noexcept;
  // [main] The host stops calling process.
  void deactivate() noexcept;

  // [main] The host renders, maybe faster than real time: the take is replayed and the engine is left alone. Active or not.
  void offline(bool on) noexcept;
  // [any] The same for hosts that say so on the audio thread: the take as it was when the host stood last.
  void freewheel(bool on) CONTINUO_NONBLOCKING { continuo_shim_replay(shim_.get(), CONTINUO_FREEWHEEL, on ? 1 : 0); }

  // [audio] See continuo_shim_process and continuo_shim_release. For several transports in one block see stretches.h.
  std::uint32_t process(const continuo_transport* host, const continuo_event* in, std::uint32_t n, std::uint32_t frames,
                        continuo_event* out, std::uint32_t capacity) CONTINUO_NONBLOCKING {
    return continuo_shim_process(shim_.get(), host, in, n, frames, out, capacity);
  }
  std::uint32_t release(continuo_event* out, std::uint32_t capacity) CONTINUO_NONBLOCKING {
    return continuo_shim_release(shim_.get(), out, capacity);
  }

  // [any] Sets a parameter to the nearest value that it takes. An unknown id or NaN is refused and counted. A button acts when
  // it comes up from 0; panic acts in the next block.
  void set(std::uint32_t id, double value) CONTINUO_NONBLOCKING;
  // [any] 0 for an unknown id.
  double get(std::uint32_t id) const CONTINUO_NONBLOCKING { return values_.get(id); }

  // [main] While active or not. Empty if there is no memory.
  std::vector<std::uint8_t> save() noexcept;
  // [main] False, and everything as it was, if it is no state of ours or damaged; the listener hears why. A state of another
  // project moves the instance to the band of that project.
  bool load(const void* bytes, std::size_t size) noexcept;

  // [main] Whether the take is another than the one that was saved, loaded or told of last; for hosts that can be told on main
  // alone, instead of a listener.
  bool take_changed() noexcept;

  // [any but audio] What was said last: one line for people, empty at first.
  std::string said() const;
  // [any] A session with an engine is open.
  bool is_connected() const noexcept { return continuo_shim_is_connected(shim_.get()) != 0; }
  // [any but audio] Notes in the take.
  std::size_t take_size();
  // [any] The counters of the shim by continuo_shim_counter, and these.
  continuo_shim* shim() const noexcept { return shim_.get(); }
  std::uint64_t refused_values() const noexcept { return values_.refused(); }
  std::uint64_t pressed(parameter_id button) const noexcept { return values_.pressed(button); }
  std::uint64_t take_refused() const noexcept { return take_.refused(); }
  std::uint64_t states_refused() const noexcept { return states_refused_.load(std::memory_order_relaxed); }

 private:
  void turn() noexcept;                 // [link] before each look at the engine; or main while there is no link
  void follow_changes();                // [link]
  bool has_to_tell_of_the_take();       // [link]
  void refused(const std::string& address, const std::string& reason);  // [link]
  void say(bool trouble, const std::string& line);
  void start_link();
  void tell(const parameter&);          // with lock_ held

  listener* const hears_;
  const std::unique_ptr<continuo_shim, void (*)(continuo_shim*)> shim_;
  values values_;  // lock-free: written by any thread
  std::atomic<std::uint64_t> states_refused_{0};

  // Main and link take turns at what follows; the audio thread never does.
  mutable std::mutex lock_;
  std::string said_;
  std::string project_;
  bool linked_ = false;
  std::uint32_t told_ = 0;  // a bit for each parameter that the engine was told
  recording take_{shim_.get()};
  parts parts_{shim_.get(), values_};
};

}  // namespace continuo::plugin
