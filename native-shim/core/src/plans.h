// What the engine plans, as it comes in (SPEC.md 8.4): which plans count, and which of their notes come too late. What counts
// goes into the schedule. Audio thread only.
#pragma once

#include <algorithm>
#include <cstdint>

#include "continuo/shim.h"
#include "counters.h"
#include "record.h"
#include "schedule.h"
#include "session.h"
#include "timeline.h"

namespace continuo {

class plans {
 public:
  plans(schedule& planned, session& engine, counters& counted) : schedule_(planned), session_(engine), counted_(counted) {}

  // Nothing counts before the next plan.
  void drop() CONTINUO_NONBLOCKING { dropping_ = true; }

  // Another session, whose revisions begin anew.
  void forget() CONTINUO_NONBLOCKING {
    newest_ = -1;
    dropping_ = true;
  }

  // The next record of this session.
  void take(const incoming& r, const block& b, std::int32_t epoch) CONTINUO_NONBLOCKING {
    if (r.what == incoming::plan) {
      begin(r, epoch);
    } else if (dropping_) {
      return;
    } else if (r.what == incoming::on) {
      take_on(r, b);
    } else if (!schedule_.add({r.at, r.number, 0, 0, 0})) {
      counted_.schedule_full.add();
    }
  }

 private:
  void begin(const incoming& r, std::int32_t epoch) CONTINUO_NONBLOCKING {
    const std::int32_t newest = newest_;
    newest_ = std::max(newest, r.revision);
    dropping_ = true;
    if (r.number != epoch) {
      counted_.plan_epoch.add();
    } else if (r.revision < newest) {
      counted_.plan_stale.add();
    } else {
      dropping_ = false;
      // All that waits is of older revisions, since a new one begins here.
      if (r.revision > newest) counted_.voided.add(schedule_.void_from(r.at));
    }
  }

  void take_on(const incoming& r, const block& b) CONTINUO_NONBLOCKING {
    if (b.is_past(r.at)) {
      counted_.late.add();
      session_.missed(r.number);
    } else if (!schedule_.add({r.at, r.number, r.velocity, r.channel, r.pitch})) {
      counted_.schedule_full.add();
      session_.missed(r.number);
    }
  }

  schedule& schedule_;
  session& session_;
  counters& counted_;
  bool dropping_ = true;      // events are of a plan that does not count
  std::int32_t newest_ = -1;  // revision
};

}  // namespace continuo
