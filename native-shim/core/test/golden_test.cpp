// The golden files of protocol, which Java writes and reads too, so that neither side can drift. Their first line says what
// the bytes mean: the shim has to read that out of every from-engine file, and to write every to-engine file from it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "check.h"
#include "messages.h"

using namespace continuo;

namespace {

using words = std::vector<std::string>;

struct golden {
  std::string name;
  std::vector<words> script;  // "transport 1 2 3.5; pong 2" cut at semicolons and spaces
  std::vector<std::uint8_t> bytes;
};

// Numbers as one spelling, so that 18 and 18.0 are the same.
std::string spelled(double value) {
  std::ostringstream out;
  out.precision(17);
  out << value;
  return out.str();
}

std::string normal(const std::string& word) {
  char* end = nullptr;
  const double value = std::strtod(word.c_str(), &end);
  return !word.empty() && *end == '\0' ? spelled(value) : word;
}

std::vector<words> parse(const std::string& line) {
  std::vector<words> script(1);
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      i++;
    } else if (line[i] == ';') {
      script.emplace_back();
      i++;
    } else if (line[i] == '"') {
      const auto end = line.find('"', i + 1);
      script.back().push_back(line.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const auto end = std::min(line.find_first_of(" ;", i), line.size());
      script.back().push_back(normal(line.substr(i, end - i)));
      i = end;
    }
  }
  return script;
}

golden load(const std::filesystem::path& file) {
  golden g;
  g.name = file.stem().string();
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  // "# SPEC 8.1 plan ...": the words after the number of the paragraph.
  const auto paragraph = line.find("SPEC ") + 5;
  g.script = parse(line.substr(line.find(' ', paragraph) + 1));
  while (std::getline(in, line)) {
    std::istringstream hex(line.substr(0, line.find('#') == std::string::npos ? line.size() : line.find('#')));
    for (std::string byte; hex >> byte;) g.bytes.push_back(static_cast<std::uint8_t>(std::stoul(byte, nullptr, 16)));
  }
  return g;
}

std::vector<golden> all(const std::string& prefix) {
  std::vector<golden> found;
  for (const auto& entry : std::filesystem::directory_iterator(GOLDEN_FOLDER)) {
    if (entry.path().extension() == ".hex" && entry.path().filename().string().rfind(prefix, 0) == 0) found.push_back(load(entry.path()));
  }
  std::sort(found.begin(), found.end(), [](const golden& a, const golden& b) { return a.name < b.name; });
  return found;
}

std::string join(const std::vector<words>& script) {
  std::string text;
  for (const auto& statement : script) {
    for (const auto& word : statement) text += word + " ";
    text += "; ";
  }
  return text;
}

// What was heard, in the words of the files. Reasons of refusals are left out: they are texts of the Java side.
struct transcript : from_engine {
  std::vector<words> said;
  bool planning = false;

  static std::string n(double value) { return spelled(value); }
  void close() {
    if (planning) said.push_back({"planEnd"});
    planning = false;
  }
  void welcome(std::int32_t v, std::int32_t s, std::string_view e) noexcept override { said.push_back({"welcome", n(v), n(s), std::string(e)}); }
  void refused(std::string_view a, std::string_view r) noexcept override { said.push_back({"refused", std::string(a), std::string(r)}); }
  void pong(std::int32_t number) noexcept override { said.push_back({"pong", n(number)}); }
  void capability(std::string_view name, std::string_view v) noexcept override { said.push_back({"capability", std::string(name), std::string(v)}); }
  void counter(std::string_view name, std::int64_t v) noexcept override { said.push_back({"counter", std::string(name), n(static_cast<double>(v))}); }
  void captured(std::string_view file) noexcept override { said.push_back({"captured", std::string(file)}); }
  void plan(std::int32_t e, std::int32_t r, double from, double to) noexcept override {
    close();
    planning = true;
    said.push_back({"plan", n(e), n(r), n(from), n(to)});
  }
  void plan_on(std::int32_t note, double at, int c, int p, int v) noexcept override { said.push_back({"planOn", n(note), n(at), n(c), n(p), n(v)}); }
  void plan_off(std::int32_t note, double at) noexcept override { said.push_back({"planOff", n(note), n(at)}); }
  void end() noexcept override { close(); }
  void not_accepted(std::string_view, const char*, bool) noexcept override { said.push_back({"refused"}); }
};

// False for what the shim never says.
bool say(osc::writer& w, const words& s) {
  const auto number = [&](std::size_t i) { return std::strtod(s.at(i).c_str(), nullptr); };
  const auto integer = [&](std::size_t i) { return static_cast<std::int32_t>(number(i)); };
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(integer(i)); };
  outgoing o{};
  if (s[0] == "hello") write_hello(w, s.at(2), s.at(3), s.at(4));
  else if (s[0] == "goodbye") write_goodbye(w);
  else if (s[0] == "ping") write_ping(w, integer(1));
  else if (s[0] == "query") write_query(w);
  else if (s[0] == "counters") write_counters(w);
  else if (s[0] == "part") write_part(w, integer(1), s.at(2), s.at(3));
  else if (s[0] == "set" && normal(s.at(2)) == s[2] && s[2].find_first_not_of("0123456789.-e") == std::string::npos) write_set(w, s.at(1), number(2));
  else if (s[0] == "set") write_set(w, s.at(1), std::string_view(s.at(2)));
  else if (s[0] == "register") write_register(w, integer(1), integer(2), integer(3));
  else if (s[0] == "panic") write_panic(w);
  else if (s[0] == "keep") write_keep(w);
  else if (s[0] == "discard") write_discard(w);
  else if (s[0] == "capture") write_capture(w);
  else if (s[0] == "transport") {
    o.what = outgoing::transport;
    o.number = integer(2);
    o.at = number(3);
    o.host = {static_cast<std::uint32_t>(integer(1)), integer(6), integer(7), 0, number(4), number(5), number(8), number(9), number(10)};
    write(w, o);
  } else {
    if (s[0] == "noteOn" || s[0] == "noteOff" || s[0] == "control") {
      o.what = s[0] == "noteOn" ? outgoing::on : s[0] == "noteOff" ? outgoing::off : outgoing::control;
      o.at = number(1);
      o.channel = byte(2);
      o.data1 = byte(3);
      o.data2 = s.size() > 4 ? byte(4) : 0;
    } else if (s[0] == "sounded" || s[0] == "missed") {
      o.what = s[0] == "sounded" ? outgoing::sounded : outgoing::missed;
      o.number = integer(1);
      o.at = s.size() > 2 ? number(2) : 0;
    } else {
      return false;
    }
    write(w, o);
  }
  return true;
}

}  // namespace

TEST("every from-engine file is read as its first line says") {
  int read = 0;
  for (const char* prefix : {"from-engine-", "accepted-from-engine-", "refused-from-engine-"}) {
    for (auto& g : all(prefix)) {
      // A refusal of ours is written "refused reason"; a message "refused" has an address and a reason.
      for (auto& statement : g.script) {
        if (statement[0] == "refused" && statement.size() == 2) statement.resize(1);
      }
      transcript t;
      read_from_engine(g.bytes.data(), g.bytes.size(), t);
      EQUAL(g.name + ": " + join(g.script), g.name + ": " + join(t.said));
      read++;
    }
  }
  IS_TRUE(read >= 6);
}

TEST("every to-engine file is written byte for byte from its first line") {
  int written = 0;
  for (const auto& g : all("to-engine-")) {
    std::vector<std::uint8_t> packet(osc::largest_packet);
    osc::writer w(packet.data(), packet.size());
    for (const auto& statement : g.script) IS_TRUE(say(w, statement));
    packet.resize(w.size());
    IS_TRUE(packet == g.bytes);
    if (packet != g.bytes) std::cout << "  in " << g.name << "\n";
    written++;
  }
  IS_TRUE(written >= 12);
}

TEST("the bytes of a plan come out as they went in") {
  for (const auto& g : all("from-engine-plan")) {
    std::vector<std::uint8_t> packet(osc::largest_packet);
    osc::writer w(packet.data(), packet.size());
    w.begin_bundle();
    for (const auto& s : g.script) {
      const auto number = [&](std::size_t i) { return std::strtod(s.at(i).c_str(), nullptr); };
      const auto integer = [&](std::size_t i) { return static_cast<std::int32_t>(number(i)); };
      if (s[0] == "plan") w.begin("/continuo/plan", "iidd").i(integer(1)).i(integer(2)).d(number(3)).d(number(4));
      if (s[0] == "planOn") w.begin("/continuo/plan/on", "idiii").i(integer(1)).d(number(2)).i(integer(3)).i(integer(4)).i(integer(5));
      if (s[0] == "planOff") w.begin("/continuo/plan/off", "id").i(integer(1)).d(number(2));
    }
    w.end_bundle();
    packet.resize(w.size());
    IS_TRUE(packet == g.bytes);
  }
}
