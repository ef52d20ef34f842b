// What a client does with plans (SPEC.md, 8.4): which planned events hold, when they are due, and that every note ends.
// Knows neither sound nor socket; time is performance time throughout.

import { KeptPlan } from './kept-plan.js'

const LONGEST_NOTE = 32
/** Far more than any plan has; what is beyond is not taken. */
const MOST_EVENTS = 8192
/** Beginnings that a new revision voided, which may have sounded elsewhere before it came there. */
const MOST_VOIDED = 128

/**
 * `player` is told what to do: on(event) and off(event) at their moments, missed(note) for what came too late. An event:
 * { note, at, channel, pitch, velocity }.
 */
export class PlanBook {
  #events = []
  #sounding = new Map()
  #voided = []
  #open = false

  constructor(player) {
    this.player = player
    this.kept = new KeptPlan()
    this.epoch = 0
    this.begin()
  }

  /** Another session: numbers of notes and revisions start anew, and nothing that was kept is kept (SPEC.md 6.5). */
  begin() {
    this.revision = -1
    this.#voided = []
    this.from = 0
    this.to = 0
    this.kept.free()
    this.counts ??= { late: 0, plan_epoch: 0, plan_stale: 0, revisions: 0 }
    this.#open = false
  }

  /** A plan's beginning; true where it holds. Its events are taken only then. */
  plan(epoch, revision, from, to) {
    this.#open = false
    if (epoch !== this.epoch) {
      this.counts.plan_epoch++
      return false
    }
    if (revision < this.revision) {
      this.counts.plan_stale++
      return false
    }
    if (revision > this.revision) {
      this.#voided = [...this.#voided, ...this.#events.filter((event) => event.on && event.at >= from)].slice(-MOST_VOIDED)
      this.#events = this.#events.filter((event) => event.at < from)
      this.revision = revision
      this.from = from
      this.to = to
      this.kept.madeAnew(from)
      this.counts.revisions++
    }
    this.to = Math.max(this.to, to)
    this.#open = true
    return true
  }

  /** `now` is what has been played; a note before it has come too late. */
  planOn(note, at, channel, pitch, velocity, now) {
    if (!this.#open) return
    if (at < now) {
      this.counts.late++
      this.player.missed(note, now - at)
      return
    }
    this.#insert({ on: true, note, at, channel, pitch, velocity })
  }

  planOff(note, at) {
    if (this.#open) this.#insert({ on: false, note, at })
  }

  /** Plays what is due before `until`. */
  due(until) {
    while (this.#events.length && this.#events[0].at < until) {
      const event = this.#events.shift()
      if (event.on) this.#on(event)
      else this.#off(event.note, event.at)
    }
    for (const [note, event] of this.#sounding) {
      if (event.at + LONGEST_NOTE < until && !this.#endOf(note)) this.#off(note, until)
    }
  }

  /** A break of the transport, a stop, the engine gone: nothing that was planned or kept holds, and what sounds ends at `at`. */
  breakAt(at, epoch = this.epoch) {
    this.epoch = epoch
    this.#events = []
    this.#open = false
    for (const note of [...this.#sounding.keys()]) this.#off(note, at)
    this.from = this.to = at
    this.kept.free()
  }

  /** A note that is heard of elsewhere began to sound: it is planned no more. It may have been voided here a moment before. */
  sounded(note) {
    for (const events of [this.#events, this.#voided]) {
      const index = events.findIndex((event) => event.on && event.note === note)
      if (index >= 0) return events.splice(index, 1)[0]
    }
    return null
  }

  /** When a note that is heard of elsewhere ended, where that is planned before `at`; else null. */
  endBefore(note, at) {
    const index = this.#events.findIndex((event) => !event.on && event.note === note && event.at <= at)
    return index < 0 ? null : this.#events.splice(index, 1)[0].at
  }

  /** Beginnings before `at` that nobody told of are planned no more. */
  forget(at) {
    this.#events = this.#events.filter((event) => !event.on || event.at >= at)
  }

  /** The planned notes that have yet to begin, each with its end where that is known. */
  planned() {
    const ends = new Map()
    for (const event of this.#events) if (!event.on) ends.set(event.note, event.at)
    return this.#events.filter((event) => event.on).map((event) => ({ ...event, end: ends.get(event.note) ?? this.to }))
  }

  /** When a note is planned to end, or undefined. */
  #endOf(note) {
    return this.#events.find((event) => !event.on && event.note === note)?.at
  }

  get sounding() {
    return this.#sounding
  }

  #insert(event) {
    if (this.#events.length >= MOST_EVENTS) return
    let place = this.#events.length
    while (place > 0 && after(this.#events[place - 1], event)) place--
    this.#events.splice(place, 0, event)
  }

  #on(event) {
    for (const [note, other] of this.#sounding) {
      if (other.channel === event.channel && other.pitch === event.pitch) this.#off(note, event.at)
    }
    this.#sounding.set(event.note, event)
    this.player.on(event)
  }

  #off(note, at) {
    const event = this.#sounding.get(note)
    if (!event) return
    this.#sounding.delete(note)
    this.player.off(event, at)
  }
}

/** Ends come before beginnings of the same moment: a key is let go before it is struck again. */
function after(a, b) {
  return a.at > b.at || (a.at === b.at && a.on && !b.on)
}
