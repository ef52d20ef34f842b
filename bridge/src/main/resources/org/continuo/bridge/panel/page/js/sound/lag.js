// How far the synthesizer's clock is behind the sound device's. It counts on from the time that it finds when it is made, and a
// browser's audio thread may tell it one of long before (Chromium: by 0.2 to 0.5 s in one page of fifty): so far behind it
// stays, and notes given by the device's clock would sound that much too late.

const WINDOW_SECONDS = 2
const WINDOW_MESSAGES = 8

/**
 * Seconds of lag, from what the synthesizer's messages say of its clock. A message may be long on its way, which looks like
 * lag: so the least of a window counts, at once where it is less than what was thought, at the window's end where it is more.
 */
export class Lag {
  seconds = 0
  #known = false
  #least = Infinity
  #messages = 0
  #begun = 0

  /** A message said `theirs` of the synthesizer's clock; it was `ours` on the device's when it arrived. */
  hear(theirs, ours) {
    const lag = ours - theirs
    if (!this.#messages++) this.#begun = ours
    this.#least = Math.min(this.#least, lag)
    const over = this.#messages >= WINDOW_MESSAGES && ours - this.#begun >= WINDOW_SECONDS
    if (over || !this.#known || lag < this.seconds) this.seconds = Math.max(0, this.#least)
    this.#known = true
    if (!over) return
    this.#least = Infinity
    this.#messages = 0
  }
}
