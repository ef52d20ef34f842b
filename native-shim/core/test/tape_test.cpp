// Takes that are laid in while the audio thread plays: how many are kept.
#include "tape.h"

#include <memory>

#include "check.h"

using namespace continuo;

namespace {

std::unique_ptr<tape> take() { return std::make_unique<tape>(10000); }

bool runs() { return true; }
bool stands() { return false; }

}  // namespace

TEST("an old take goes as soon as the audio thread was seen with its successor") {
  bool offline = false;
  shared_tape shared;
  shared.wish(CONTINUO_REPLAY, true);
  for (int stop = 0; stop < 100; stop++) {
    shared.put(take(), runs);
    shared.look(offline);
    IS_TRUE(shared.kept() <= 2);
  }
}

TEST("a take that the audio thread may be at stays, however many come after it") {
  bool offline = false;
  shared_tape shared;
  shared.wish(CONTINUO_REPLAY, true);
  shared.put(take(), stands);
  EQUAL(1u, shared.kept());
  const tape* played = shared.look(offline);
  for (unsigned i = 1; i <= 5; i++) {
    shared.put(take(), runs);
    EQUAL(1 + i, shared.kept());
  }
  EQUAL(10000u, played->size());
  shared.look(offline);
  shared.put(take(), runs);
  EQUAL(2u, shared.kept());
  shared.put(take(), stands);
  EQUAL(1u, shared.kept());
}

TEST("an audio thread that starts while a take is laid in plays from that one, and from none that goes") {
  bool offline = false;
  shared_tape shared;
  shared.wish(CONTINUO_REPLAY, true);
  shared.put(take(), stands);
  const tape* played = nullptr;
  shared.put(take(), [&] {
    played = shared.look(offline);  // it was started behind the question's back
    return false;
  });
  EQUAL(1u, shared.kept());
  IS_TRUE(played == shared.look(offline));
}
