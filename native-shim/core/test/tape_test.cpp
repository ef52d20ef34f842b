// Takes that are laid in while the audio thread plays: how many are kept.
#include "tape.h"

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include "check.h"

using namespace continuo;

namespace {

constexpr std::size_t notes = 10000;
constexpr std::size_t bytes = notes * sizeof(continuo_take_note);
int kept = 0;  // blocks of memory as large as such a take

std::unique_ptr<tape> take() { return std::make_unique<tape>(notes); }

}  // namespace

// Each block has its size before it.
void* operator new(std::size_t size) {
  auto* block = static_cast<std::max_align_t*>(std::malloc(sizeof(std::max_align_t) + size));
  if (block == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(block) = size;
  kept += size == bytes;
  return block + 1;
}

void operator delete(void* given) noexcept {
  if (given == nullptr) return;
  auto* block = static_cast<std::max_align_t*>(given) - 1;
  kept -= *reinterpret_cast<std::size_t*>(block) == bytes;
  std::free(block);
}

void operator delete(void* given, std::size_t) noexcept { operator delete(given); }

TEST("an old take goes as soon as the audio thread was seen with its successor") {
  bool offline = false;
  {
    shared_tape shared;
    shared.wish(CONTINUO_REPLAY, true);
    for (int stop = 0; stop < 100; stop++) {
      shared.put(take(), true);
      shared.look(offline);
      IS_TRUE(kept <= 2);
    }
  }
  EQUAL(0, kept);
}

TEST("a take that the audio thread may be at stays, however many come after it") {
  bool offline = false;
  shared_tape shared;
  shared.wish(CONTINUO_REPLAY, true);
  shared.put(take(), true);
  const tape* played = shared.look(offline);
  for (int i = 1; i <= 5; i++) {
    shared.put(take(), true);
    EQUAL(1 + i, kept);
  }
  EQUAL(notes, played->size());
  shared.look(offline);
  shared.put(take(), true);
  EQUAL(2, kept);
  shared.put(take(), false);
  EQUAL(1, kept);
}
