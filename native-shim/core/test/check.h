// A test is a sentence and a body; a failed check says where, and what the two sides were.
#pragma once

#include <cstdio>
#include <functional>
#include <iostream>
#include <vector>

namespace checks {

struct test {
  const char* sentence;
  std::function<void()> body;
};

inline std::vector<test>& all() {
  static std::vector<test> tests;
  return tests;
}

inline int& failures() {
  static int n = 0;
  return n;
}

struct registered {
  registered(const char* sentence, std::function<void()> body) { all().push_back({sentence, std::move(body)}); }
};

template <typename A, typename B>
void equal(const A& expected, const B& actual, const char* file, int line) {
  if (expected == actual) return;
  failures()++;
  std::cout << "  " << file << ":" << line << ": expected " << expected << ", was " << actual << "\n";
}

inline int run() {
  int failed = 0;
  for (const auto& t : all()) {
    failures() = 0;
    t.body();
    std::cout << (failures() == 0 ? "passed: " : "FAILED: ") << t.sentence << std::endl;
    failed += failures() != 0;
  }
  std::cout << all().size() << " tests, " << failed << " failed" << std::endl;
  return failed == 0 && !all().empty() ? 0 : 1;
}

}  // namespace checks

#define CHECK_JOIN2(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN2(a, b)
#define TEST(sentence)                                                                             \
  static void CHECK_JOIN(body_, __LINE__)();                                                       \
  static const checks::registered CHECK_JOIN(registered_, __LINE__)(sentence, CHECK_JOIN(body_, __LINE__)); \
  static void CHECK_JOIN(body_, __LINE__)()
#define EQUAL(expected, actual) checks::equal((expected), (actual), __FILE__, __LINE__)
#define IS_TRUE(what) checks::equal(true, static_cast<bool>(what), __FILE__, __LINE__)

int main() { return checks::run(); }
