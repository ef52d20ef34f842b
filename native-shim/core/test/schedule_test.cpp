#include "schedule.h"

#include <memory>
#include <random>

#include "check.h"

using namespace continuo;

TEST("events leave in order of time, those of one time in the order they came") {
  const auto s = std::make_unique<schedule>();
  std::mt19937 random(1);
  for (int i = 1; i <= 1000; i++) IS_TRUE(s->add({static_cast<double>(random() % 50), i, 100, 0, 60}));
  double at = -1;
  int note = 0;
  for (; !s->empty(); s->pop()) {
    const planned& p = s->front();
    IS_TRUE(p.at > at || (p.at == at && p.note > note));
    at = p.at;
    note = p.note;
  }
}

TEST("voiding drops what is at or after a time, and nothing before it") {
  const auto s = std::make_unique<schedule>();
  for (int i = 0; i < 10; i++) s->add({static_cast<double>(i), i + 1, 100, 0, 60});
  EQUAL(4u, s->void_from(6.0));
  EQUAL(6u, s->size());
  EQUAL(0u, s->void_from(5.5));
}

TEST("notes fill half of it, so that their ends find room") {
  const auto s = std::make_unique<schedule>();
  int notes = 0, ends = 0;
  while (s->add({static_cast<double>(notes), notes + 1, 100, 0, 60})) notes++;
  while (s->add({static_cast<double>(ends), ends + 1, 0, 0, 60})) ends++;
  EQUAL(static_cast<int>(schedule::capacity / 2), notes);
  EQUAL(notes, ends);
}
