#include "parameters.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <random>
#include <set>
#include <sstream>

#include "../../core/test/check.h"

using namespace continuo::plugin;

namespace {

// The strings of the JSON array that follows `key` in model.json, the first after `from`.
std::vector<std::string> strings_after(const std::string& text, const std::string& key) {
  std::vector<std::string> found;
  std::size_t at = text.find(key);
  if (at == std::string::npos) return found;
  at = text.find('[', at);
  const std::size_t end = text.find(']', at);
  while ((at = text.find('"', at)) < end) {
    const std::size_t close = text.find('"', at + 1);
    found.push_back(text.substr(at + 1, close - at - 1));
    at = close + 1;
  }
  return found;
}

std::vector<std::string> labels(parameter_id id, std::size_t from) {
  const parameter& what = parameter_at(id);
  std::vector<std::string> all;
  for (auto i = from; i <= static_cast<std::size_t>(what.most - what.least); i++) all.push_back(what.labels[i]);
  return all;
}

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& w : words) all += w + " ";
  return all;
}

}  // namespace

TEST("styles, keys and instruments are those of the model, in its order") {
  std::ifstream file(MODEL_JSON);
  std::stringstream text;
  text << file.rdbuf();
  const std::string model = text.str();
  IS_TRUE(model.size() > 1000);
  EQUAL(join(strings_after(model, "\"name\":\"style\"")), join(labels(style, 1)));
  EQUAL(join(strings_after(model, "\"name\":\"key\"")), join(labels(scale_lock, 1)));
  std::vector<std::string> instruments;
  for (std::size_t at = 0; (at = model.find("\"name\":\"inst_", at)) != std::string::npos;) {
    at += 13;
    instruments.push_back(model.substr(at, model.find('"', at) - at));
  }
  EQUAL(join(instruments), join(labels(part, 1)));
  EQUAL(join(instruments), join(std::vector<std::string>(instrument_names, instrument_names + instrument_count)));
}

TEST("every parameter stands at its id, has words of its own, and a usual value within its range") {
  std::set<std::string> symbols, names;
  for (std::uint32_t i = 0; i < parameter_count; i++) {
    const parameter& what = parameter_at(i);
    EQUAL(i, static_cast<std::uint32_t>(what.id));
    IS_TRUE(symbols.insert(what.symbol).second && names.insert(what.name).second);
    IS_TRUE(what.least < what.most && what.usual >= what.least && what.usual <= what.most);
    EQUAL(what.usual, nearest_value(what, what.usual));
    IS_TRUE(find_parameter(i) == &what);
  }
  IS_TRUE(find_parameter(parameter_count) == nullptr);
}

TEST("every value of a stepped parameter becomes a text and comes back") {
  for (std::uint32_t i = 0; i < parameter_count; i++) {
    const parameter& what = parameter_at(i);
    for (double v = what.least; what.stepped && v <= what.most; v++) {
      double back = -99;
      IS_TRUE(text_to_value(what, value_to_text(what, v), back));
      EQUAL(v, back);
    }
  }
}

TEST("a number between two steps of the text comes back as the text says it, to the digit") {
  std::mt19937 random(5);
  for (int i = 0; i < 2000; i++) {
    const parameter& what = parameter_at(random() % 2 != 0 ? temperature : lookahead);
    const double v = std::uniform_real_distribution<double>(what.least, what.most)(random);
    double back = -99;
    IS_TRUE(text_to_value(what, value_to_text(what, v), back));
    IS_TRUE(std::fabs(back - v) <= 0.005 + 1e-12);
    EQUAL(value_to_text(what, v), value_to_text(what, back));
  }
}

TEST("texts: any case, units or none; what means nothing is refused and changes nothing") {
  double v = 7;
  IS_TRUE(text_to_value(parameter_at(style), " JAZZ ", v));
  EQUAL(9.0, v);
  IS_TRUE(text_to_value(parameter_at(scale_lock), "bbm", v));
  EQUAL("Bbm", value_to_text(parameter_at(scale_lock), v));
  IS_TRUE(text_to_value(parameter_at(end_in), "8 bars", v) && v == 8);
  IS_TRUE(text_to_value(parameter_at(end_in), "8", v) && v == 8);
  IS_TRUE(text_to_value(parameter_at(end_in), "never", v) && v == 0);
  v = 7;
  for (const char* bad : {"", "  ", "dubstep", "1e999", "nan", "-1", "99999", "3 apples", "0x10"}) {
    IS_TRUE(!text_to_value(parameter_at(end_in), bad, v));
    EQUAL(7.0, v);
  }
}

TEST("any number becomes one that the parameter takes") {
  std::mt19937_64 random(3);
  for (std::uint32_t i = 0; i < parameter_count; i++) {
    const parameter& what = parameter_at(i);
    for (int k = 0; k < 1000; k++) {
      double v = std::ldexp(std::uniform_real_distribution<double>(-1, 1)(random), static_cast<int>(random() % 2000) - 1000);
      if (k == 0) v = std::numeric_limits<double>::quiet_NaN();
      if (k == 1) v = std::numeric_limits<double>::infinity();
      if (k == 2) v = -std::numeric_limits<double>::infinity();
      const double held = nearest_value(what, v);
      IS_TRUE(held >= what.least && held <= what.most && (!what.stepped || held == std::floor(held)));
      IS_TRUE(!value_to_text(what, v).empty());
    }
  }
}
