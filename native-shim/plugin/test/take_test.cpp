#include "take.h"

#include "../../core/test/check.h"

using namespace continuo::plugin;

namespace {

struct tape_of {
  take t;
  double performance = 0;
  int number = 0;

  void pass(double beat) { t.add({continuo_performed_pass, 0, 0, 0, 0, beat, performance}); }
  // A note of half a beat, played while the host goes from `beat` to its end.
  void play(double beat, int pitch) {
    t.add({continuo_performed_on, 0, static_cast<std::uint8_t>(pitch), 100, ++number, beat, performance});
    performance += 0.5;
    t.add({continuo_performed_off, 0, 0, 0, number, 0, performance});
    until(beat + 0.5);
  }
  void until(double beat) { t.add({continuo_performed_until, 0, 0, 0, 0, beat, performance}); }

  std::string pitches() const {
    std::string all;
    for (const auto& n : t.notes()) all += std::to_string(n.beat).substr(0, 3) + ":" + std::to_string(n.pitch) + " ";
    return all;
  }
};

}  // namespace

TEST("a new pass replaces what it plays over, silence included, and nothing else") {
  tape_of tape;
  tape.pass(0);
  for (int beat = 0; beat < 4; beat++) tape.play(beat, 60 + beat);
  EQUAL("0.0:60 1.0:61 2.0:62 3.0:63 ", tape.pitches());
  tape.pass(1);
  tape.play(1, 71);
  tape.until(2.5);
  EQUAL("0.0:60 1.0:71 3.0:63 ", tape.pitches());
}

TEST("a note lasts as long as it sounded, through a wrap of the loop too; one that still sounds lasts until now") {
  tape_of tape;
  tape.pass(7);
  tape.t.add({continuo_performed_on, 2, 60, 100, 1, 7.5, 100});
  tape.performance = 101;
  tape.pass(4);
  tape.t.add({continuo_performed_off, 0, 0, 0, 1, 4.5, 101.25});
  tape.t.add({continuo_performed_on, 2, 61, 100, 2, 4.5, 101.25});
  tape.t.add({continuo_performed_until, 0, 0, 0, 0, 6, 102.5});
  const auto notes = tape.t.notes();
  EQUAL(2u, notes.size());
  EQUAL(1.25, notes[0].length);
  EQUAL(1.25, notes[1].length);
  EQUAL(7.5, notes[1].beat);
}

TEST("a note that sounds while a new pass replaces it is gone, and its end ends nothing") {
  tape_of tape;
  tape.pass(0);
  tape.t.add({continuo_performed_on, 0, 60, 100, 1, 1, 1});
  tape.pass(0);
  tape.until(2);
  tape.t.add({continuo_performed_off, 0, 0, 0, 1, 2, 3});
  EQUAL(0u, tape.t.notes().size());
}

TEST("a note that is struck again a hair beside where it was is one note; another pitch there is another") {
  for (const double beside : {-1e-4, 0.0, 1e-4}) {
    tape_of tape;
    tape.pass(4);
    tape.play(4, 60);
    tape.pass(4 + beside);
    tape.play(4 + beside, 60);
    tape.play(4.5 + beside, 61);
    EQUAL(2u, tape.t.size());
    EQUAL(4 + beside, tape.t.notes()[0].beat);
  }
}

TEST("a full take refuses notes and keeps what it has") {
  take t;
  for (int i = 0; i < static_cast<int>(take::most_notes); i++) {
    IS_TRUE(t.add({continuo_performed_on, 0, 60, 100, i + 1, i * 0.1, i * 0.1}));
    t.add({continuo_performed_off, 0, 0, 0, i + 1, 0, i * 0.1 + 0.05});
  }
  IS_TRUE(!t.add({continuo_performed_on, 0, 60, 100, 99999999, 1, 1}));
  EQUAL(take::most_notes, t.size());
}
