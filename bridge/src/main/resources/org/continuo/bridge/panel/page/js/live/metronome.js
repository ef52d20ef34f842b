// A click on each beat, higher on the first of a bar.

const HIGH = 76
const LOW = 77
/** Seconds: how long before its beat a click is handed to the synthesizer, and how long it sounds. */
const AHEAD = 0.05
const LENGTH = 0.05

/** The channel that it clicks on; drums sound there. */
export const CLICK_CHANNEL = 9

export class Metronome {
  on = false
  /** The last beat that was clicked or passed by, from the clock's segment on. */
  #beat = -1

  constructor(synth, clock) {
    this.synth = synth
    this.clock = clock
  }

  /** Beats are counted anew: a start, or another meter. */
  begin() {
    this.#beat = -1
  }

  /** Called while the clock runs, far more often than there are beats. */
  tick() {
    const { synth, clock } = this
    const length = 4 / clock.denominator
    const beat = Math.floor((clock.at(synth.now + AHEAD) - clock.segmentAt) / length + 1e-9)
    if (beat === this.#beat) return
    this.#beat = beat
    const time = clock.time(clock.segmentAt + beat * length)
    // What is switched on between two beats waits for the next one.
    if (!this.on || time < synth.now - AHEAD) return
    const first = beat % clock.numerator === 0
    synth.noteOn(CLICK_CHANNEL, first ? HIGH : LOW, first ? 100 : 70, time)
    synth.noteOff(CLICK_CHANNEL, first ? HIGH : LOW, time + LENGTH)
  }
}
