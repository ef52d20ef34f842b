// What of the plan is kept (SPEC.md, 6.5), as far as it can be known here: the engine does not say it, but a plan made anew begins
// no earlier than where what is kept ends.

/** Quarter notes within which two moments are one. */
const SAME = 1e-6

/** Moments are performance time in quarter notes, 0 for none. */
export class KeptPlan {
  /** What is planned before this moment stands, whatever the musician plays. */
  until = 0
  /** Until when it is to stand, as far as the plan comes. */
  #wanted = 0
  /** Until when the engine keeps it for sure: what was asked last may be on its way there yet. */
  #sure = 0
  /** Until when it was kept at the last growth. */
  #before = 0

  /** The musician keeps the plan before `moment`, and no more than that; it reaches to `planned` so far. */
  keep(moment, planned) {
    this.#wanted = moment
    this.until = Math.min(moment, planned)
    this.#sure = Math.min(this.#sure, this.until)
    this.#before = Math.min(this.#before, this.until)
  }

  free() {
    this.until = this.#wanted = this.#sure = this.#before = 0
  }

  /** Whether all that comes before `moment` is kept, or will be when it is planned. */
  reaches(moment) {
    return this.#wanted >= moment - SAME
  }

  /** The plan is made anew from a moment on. Where the engine kept more than that, something ended it: a clash, or another tempo. */
  madeAnew(from) {
    if (from < this.#sure - SAME) this.free()
    else this.until = Math.min(this.until, from)
  }

  /**
   * The engine keeps what was planned when it was asked. Where the plan reaches further by now, to `planned`, and more of it is to
   * be kept: the moment that it is to be asked for again; else null. From one call to the next an answer comes.
   */
  grow(planned) {
    this.#sure = Math.min(this.#before, this.until)
    this.#before = this.until
    const until = Math.min(this.#wanted, planned)
    if (until <= this.until + SAME) return null
    this.until = until
    return this.#wanted
  }
}
