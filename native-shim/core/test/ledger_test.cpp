#include "ledger.h"

#include "check.h"

using namespace continuo;

namespace {

struct room {
  continuo_event events[1024];
  out_events out{events, 1024, 0};
};

}  // namespace

TEST("a note ends once, by its number") {
  counters counted;
  exchange shared;
  recorder recorded(shared, counted);
  ledger l(counted, recorded);
  room r;
  l.begin(r.out, 3, 7, 1, 60, 100, 0);
  IS_TRUE(l.sounds(1, 60));
  IS_TRUE(l.end_note(r.out, 5, 7));
  IS_TRUE(l.end_note(r.out, 6, 7));
  EQUAL(2u, r.out.count);
  EQUAL(0x91, r.events[0].status);
  EQUAL(0x81, r.events[1].status);
  EQUAL(5u, r.events[1].frame);
  EQUAL(0, l.size());
}

TEST("ends that find no room are owed, not forgotten") {
  counters counted;
  exchange shared;
  recorder recorded(shared, counted);
  ledger l(counted, recorded);
  room r;
  for (int pitch = 0; pitch < 10; pitch++) l.begin(r.out, 0, pitch + 1, 0, pitch, 100, 0);
  l.end_all();
  out_events small{r.events, 4, 0};
  IS_TRUE(!l.flush(small));
  EQUAL(6, l.size());
  r.out.count = 0;
  IS_TRUE(l.flush(r.out));
  EQUAL(6u, r.out.count);
  EQUAL(0, l.size());
  EQUAL(10u, counted.note_off.value());
}

TEST("removing any note leaves every other where it can be found") {
  counters counted;
  exchange shared;
  recorder recorded(shared, counted);
  ledger l(counted, recorded);
  room r;
  for (int i = 0; i < ledger::capacity; i++) l.begin(r.out, 0, i + 1, i / 128, i % 128, 100, 0);
  IS_TRUE(l.full());
  for (int i = 0; i < ledger::capacity; i += 2) l.end(r.out, 0, i / 128, i % 128);
  for (int i = 0; i < ledger::capacity; i++) EQUAL(i % 2 == 1, l.sounds(i / 128, i % 128));
  for (int i = 1; i < ledger::capacity; i += 2) l.end_note(r.out, 0, i + 1);
  EQUAL(0, l.size());
}

TEST("only notes older than the limit are ended by it") {
  counters counted;
  exchange shared;
  recorder recorded(shared, counted);
  ledger l(counted, recorded);
  room r;
  l.begin(r.out, 0, 1, 0, 60, 100, 0.0);
  l.begin(r.out, 0, 2, 0, 61, 100, 2.0);
  EQUAL(1, l.end_begun_before(1.0));
  EQUAL(0, l.end_begun_before(1.0));
  IS_TRUE(l.flush(r.out));
  IS_TRUE(!l.sounds(0, 60));
  IS_TRUE(l.sounds(0, 61));
}
