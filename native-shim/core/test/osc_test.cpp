#include "osc.h"

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "messages.h"

using namespace continuo;

namespace {

// Everything the engine said, as text.
struct listener : from_engine {
  std::string said;
  int refusals = 0, unknowns = 0;

  void welcome(std::int32_t v, std::int32_t s, std::string_view e) noexcept override {
    said += "welcome " + std::to_string(v) + " " + std::to_string(s) + " " + std::string(e) + "\n";
  }
  void refused(std::string_view a, std::string_view r) noexcept override { said += "refused " + std::string(a) + " " + std::string(r) + "\n"; }
  void pong(std::int32_t n) noexcept override { said += "pong " + std::to_string(n) + "\n"; }
  void capability(std::string_view n, std::string_view v) noexcept override { said += "capability " + std::string(n) + " " + std::string(v) + "\n"; }
  void counter(std::string_view n, std::int64_t v) noexcept override { said += "counter " + std::string(n) + " " + std::to_string(v) + "\n"; }
  void captured(std::string_view f) noexcept override { said += "captured " + std::string(f) + "\n"; }
  void plan(std::int32_t e, std::int32_t r, double, double) noexcept override { said += "plan " + std::to_string(e) + " " + std::to_string(r) + "\n"; }
  void plan_on(std::int32_t n, double, int, int, int) noexcept override { said += "on " + std::to_string(n) + "\n"; }
  void plan_off(std::int32_t n, double) noexcept override { said += "off " + std::to_string(n) + "\n"; }
  void end() noexcept override {}
  void not_accepted(std::string_view, const char*, bool unknown) noexcept override { (unknown ? unknowns : refusals)++; }
};

std::vector<std::uint8_t> a_plan() {
  std::vector<std::uint8_t> packet(512);
  osc::writer w(packet.data(), packet.size());
  w.begin_bundle();
  w.begin("/continuo/plan", "iidd").i(1).i(2).d(0).d(4);
  w.begin("/continuo/plan/on", "idiii").i(7).d(1.5).i(0).i(60).i(100);
  w.begin("/continuo/plan/off", "id").i(7).d(2);
  w.end_bundle();
  packet.resize(w.size());
  return packet;
}

std::string bytes(std::initializer_list<const char*> parts) {
  std::string all;
  for (const char* part : parts) {
    all += part;
    all.append(4 - all.size() % 4, '\0');
  }
  return all;
}

}  // namespace

TEST("a plan is read as it was written") {
  listener l;
  const auto packet = a_plan();
  EQUAL(3u, read_from_engine(packet.data(), packet.size(), l));
  EQUAL("plan 1 2\non 7\noff 7\n", l.said);
}

TEST("a number is taken in whichever type it comes") {
  std::uint8_t packet[64];
  for (const char type : {'i', 'h', 'd'}) {
    osc::writer w(packet, sizeof packet);
    w.begin("/continuo/pong", {&type, 1});
    if (type == 'i') w.i(42);
    if (type == 'h') w.h(42);
    if (type == 'd') w.d(42);
    listener l;
    read_from_engine(packet, w.size(), l);
    EQUAL("pong 42\n", l.said);
  }
  osc::writer w(packet, sizeof packet);
  w.begin("/continuo/pong", "d").d(42.5);
  listener l;
  read_from_engine(packet, w.size(), l);
  EQUAL(1, l.refusals);
}

TEST("a bad message in a bundle is refused, the next still arrives") {
  std::uint8_t packet[512];
  osc::writer w(packet, sizeof packet);
  w.begin_bundle();
  w.begin("/continuo/plan", "iidd").i(1).i(2).d(0).d(4);
  w.begin("/continuo/plan/on", "idiii").i(7).d(1.5).i(16).i(60).i(100);
  w.begin("/continuo/elsewhere", "i").i(1);
  w.begin("/continuo/plan/off", "id").i(7).d(2);
  w.end_bundle();
  listener l;
  EQUAL(2u, read_from_engine(packet, w.size(), l));
  EQUAL(1, l.refusals);
  EQUAL(1, l.unknowns);
  EQUAL("plan 1 2\noff 7\n", l.said);
}

TEST("packets that end other libraries are refused") {
  std::string deep;
  for (int i = 0; i < 500; i++) deep.insert(0, std::string("#bundle\0\0\0\0\0\0\0\0\1", 16) + std::string("\0\0", 2) + static_cast<char>(deep.size() >> 8) + static_cast<char>(deep.size()));
  const std::string killers[] = {
      bytes({"/a", ",i"}),                                                                // an argument that is not there
      std::string("#bundle\0\0\0\0\0\0\0\0\1\xff\xff\xff\xfc\0\0\0\0\0\0\0\0", 28),      // an element of size -4
      std::string("#bundle\0\0\0\0\0\0\0\0\1\0\0\0\0", 20),                               // of size 0
      bytes({"/continuo/pong", ",b"}) + std::string("\xff\xff\xff\xf8", 4),               // a blob of size -8
      bytes({"/continuo/pong"}) + ",iii",                                                 // type tags without an end
      deep.substr(0, 8192), std::string(8192, 'x'), std::string(3, '\0'), std::string()};
  for (const auto& killer : killers) {
    listener l;
    EQUAL(0u, read_from_engine(killer.data(), killer.size(), l));
    EQUAL(1, l.refusals + l.unknowns);
  }
}

TEST("a million packets damaged at random harm nothing, and the next good one is read") {
  const auto good = a_plan();
  std::mt19937 random(20);
  long accepted = 0;
  for (int i = 0; i < 1000000; i++) {
    // A packet of exactly its size on the heap would show a read past its end to the address sanitizer; one in a hundred is.
    std::uint8_t stack[512];
    std::size_t size = good.size();
    std::memcpy(stack, good.data(), size);
    for (unsigned flips = 1 + random() % 4; flips > 0; flips--) stack[random() % size] = static_cast<std::uint8_t>(random());
    if (random() % 4 == 0) size = random() % (size + 1);
    listener l;
    if (i % 100 == 0) accepted += read_from_engine(std::vector<std::uint8_t>(stack, stack + size).data(), size, l);
    else accepted += read_from_engine(stack, size, l);
  }
  listener l;
  EQUAL(3u, read_from_engine(good.data(), good.size(), l));
  IS_TRUE(accepted > 0);
}

TEST("what finds no room is not written by halves") {
  std::uint8_t packet[24];
  osc::writer w(packet, sizeof packet);
  w.begin("/continuo/missed", "i").i(1);
  IS_TRUE(!w.ok());
  EQUAL(0u, w.size());
}
