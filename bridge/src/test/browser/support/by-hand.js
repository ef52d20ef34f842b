// A synthesizer without sound, on a clock that the test moves. It does with notes as the real one does: what is given for later
// waits in order of time, an end ends the oldest note of its pitch and is lost where there is none, and silence takes back
// nothing that waits.

const TICK_SECONDS = 0.005
const workers = new Set()

/** The page's tickers: they tick when a synthesizer lets time pass. */
globalThis.Worker = class {
  constructor() {
    workers.add(this)
  }

  postMessage() {}

  terminate() {
    workers.delete(this)
  }
}

export class SynthByHand {
  #waiting = []
  #sounding = []

  constructor(latency = 0) {
    this.now = 1
    this.latency = latency
    this.clear = 0
    this.instruments = new Map()
    /** How far down each channel's pedal is. */
    this.pedals = new Map()
  }

  async open() {}

  instrument(channel, name) {
    this.instruments.set(channel, name)
  }

  noteOn(channel, pitch, velocity, time) {
    this.#give(time, () => this.#sounding.push({ channel, pitch }))
  }

  noteOff(channel, pitch, time) {
    this.#give(time, () => {
      const oldest = this.#sounding.findIndex((note) => note.channel === channel && note.pitch === pitch)
      if (oldest >= 0) this.#sounding.splice(oldest, 1)
    })
  }

  pedal(channel, value) {
    this.pedals.set(channel, value)
  }

  silence(ahead) {
    this.#sounding = []
    this.clear = this.now + ahead
  }

  /** The pitches that sound on a channel now. */
  sounding(channel) {
    return this.#sounding.filter((note) => note.channel === channel).map((note) => note.pitch)
  }

  /** Lets time pass, in ticks. */
  pass(seconds) {
    const until = this.now + seconds
    while (this.now < until) {
      this.now = Math.min(until, this.now + TICK_SECONDS)
      while (this.#waiting.length && this.#waiting[0].time <= this.now) this.#waiting.shift().act()
      for (const worker of workers) worker.onmessage()
    }
  }

  #give(time, act) {
    if (!(time > this.now)) act()
    else {
      this.#waiting.push({ time, act })
      this.#waiting.sort((a, b) => a.time - b.time)
    }
  }
}
