#include "take.h"

#include <algorithm>
#include <iterator>

namespace continuo::plugin {

bool take::sane(const continuo_take_note& n) {
  return n.beat >= -1e9 && n.beat <= 1e9 && n.length > 0 && n.length <= longest_note && n.channel < 16 && n.pitch < 128 &&
         n.velocity > 0 && n.velocity < 128;
}

take::timeline::iterator take::remove(timeline::iterator gone) {
  if (gone->second.what.length == 0) open_.erase(gone->second.number);
  return notes_.erase(gone);
}

// Older passes' notes in the stretch that this pass has gone over.
void take::erase(double from, double until) {
  for (auto i = notes_.lower_bound(from); i != notes_.end() && i->first < until;) i = i->second.pass == pass_ ? std::next(i) : remove(i);
}

// An older pass's note that is struck again here: hosts round where they are.
void take::erase_same(const continuo_performed& p) {
  for (auto i = notes_.lower_bound(p.beat - same_place); i != notes_.end() && i->first <= p.beat + same_place;) {
    const continuo_take_note& n = i->second.what;
    i = i->second.pass != pass_ && n.channel == p.channel && n.pitch == p.pitch ? remove(i) : std::next(i);
  }
}

bool take::add(const continuo_performed& p) {
  now_ = std::max(now_, p.performance);
  switch (p.what) {
    case continuo_performed_pass:
      pass_++;
      reached_ = p.beat;
      return true;
    case continuo_performed_until:
      if (p.beat > reached_) {
        erase(reached_, p.beat);
        reached_ = p.beat;
      }
      return true;
    case continuo_performed_on: {
      erase_same(p);
      if (notes_.size() >= most_notes) return false;
      const note begun{{p.beat, 0, p.channel, p.pitch, p.velocity, 0}, pass_, p.note, p.performance};
      open_[p.note] = notes_.emplace(p.beat, begun);
      return true;
    }
    case continuo_performed_off: {
      const auto sounding = open_.find(p.note);
      if (sounding == open_.end()) return true;
      note& ended = sounding->second->second;
      ended.what.length = std::clamp(p.performance - ended.began, 1e-6, longest_note);
      open_.erase(sounding);
      return true;
    }
    default:
      return true;
  }
}

void take::set(const std::vector<continuo_take_note>& notes) {
  clear();
  for (const auto& n : notes) notes_.emplace_hint(notes_.end(), n.beat, note{n, 0, 0, 0});
}

void take::clear() {
  notes_.clear();
  open_.clear();
}

std::vector<continuo_take_note> take::notes() const {
  std::vector<continuo_take_note> all;
  all.reserve(notes_.size());
  for (const auto& entry : notes_) {
    all.push_back(entry.second.what);
    if (all.back().length == 0) all.back().length = std::clamp(now_ - entry.second.began, 1e-6, longest_note);
  }
  return all;
}

}  // namespace continuo::plugin
