// The page's own transport (SPEC.md, section 2): performance time on the sound device's clock. It runs while it plays and
// stands while it does not; each start, stop or new meter is a break and a new epoch.

import { HAS_BAR_START, HAS_BEAT, HAS_METER, HAS_TEMPO, PLAYING, say } from '../osc/words.js'

export class LiveClock {
  #anchorTime = 0
  #anchorAt = 0
  #segmentAt = 0

  /** `now()` gives seconds of the sound device's clock. */
  constructor(now) {
    this.now = now
    this.playing = false
    this.epoch = 0
    this.tempo = 110
    this.numerator = 4
    this.denominator = 4
  }

  /** Performance time at `time` seconds, in quarter notes. */
  at(time = this.now()) {
    return this.playing ? this.#anchorAt + Math.max(0, time - this.#anchorTime) * this.tempo / 60 : this.#anchorAt
  }

  /** Seconds of the sound device's clock at which performance time is `at`. */
  time(at) {
    return this.#anchorTime + (at - this.#anchorAt) * 60 / this.tempo
  }

  /** Starts at bar one. Gives the performance time of that moment. */
  start() {
    this.#anchor()
    this.playing = true
    this.#segmentAt = this.#anchorAt
    this.epoch++
    return this.#anchorAt
  }

  stop() {
    this.#anchor()
    this.playing = false
    this.epoch++
    return this.#anchorAt
  }

  setTempo(tempo) {
    this.#anchor()
    this.tempo = Math.min(400, Math.max(20, tempo))
  }

  /** A new meter has its bar line here. */
  setMeter(numerator, denominator) {
    this.#anchor()
    this.numerator = numerator
    this.denominator = denominator
    this.#segmentAt = this.#anchorAt
    this.epoch++
    return this.#anchorAt
  }

  get barLength() {
    return this.numerator * 4 / this.denominator
  }

  /** Where the segment began: host beat 0. */
  get segmentAt() {
    return this.#segmentAt
  }

  /** What `transport` says now. */
  packet(at = this.at()) {
    const beat = at - this.#segmentAt
    const barStart = Math.floor(beat / this.barLength + 1e-9) * this.barLength
    return say.transport((this.playing ? PLAYING : 0) + HAS_TEMPO + HAS_METER + HAS_BEAT + HAS_BAR_START, this.epoch, at, beat,
      this.tempo, this.numerator, this.denominator, barStart, 0, 0)
  }

  #anchor() {
    const time = this.now()
    this.#anchorAt = this.at(time)
    this.#anchorTime = time
  }
}
