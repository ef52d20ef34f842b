// What happened in a live session, for the roll: who played what, and what is only planned.

import { Clip } from '../music/clip.js'
import { BarLines } from '../music/time.js'

const MOST_NOTES = 4096
const CHANNELS = 16

export class LiveScore {
  #held = new Map()

  constructor() {
    this.clear()
  }

  clear() {
    this.clip = new Clip({ parts: Array.from({ length: CHANNELS }, () => ({ instrument: 'piano' })) })
    this.players = Array(CHANNELS).fill('nobody')
    this.#held.clear()
    this.meters = []
    this.setMeter(0, 4, 4)
  }

  part(channel, instrument, player) {
    this.clip.parts[channel] = { instrument }
    this.players[channel] = player
  }

  /** A bar line at `at`, this meter from there on, and the number of the bar where somebody else counts. */
  setMeter(at, numerator, denominator, bar) {
    while (this.meters.length && this.meters.at(-1).at > at - 1e-3) this.meters.pop()
    this.meters.push({ at, numerator, denominator, bar })
    this.meters = this.meters.slice(-64)
    this.clip.bars = new BarLines(this.meters)
  }

  /** A note began; `mine` where a musician struck it. */
  on(at, channel, pitch, velocity, mine) {
    this.off(at, channel, pitch)
    if (this.clip.notes.length >= MOST_NOTES) this.clip.notes.splice(0, MOST_NOTES >> 2)
    const note = this.clip.add({ part: channel, at, pitch, velocity, length: 0 })
    if (!note) return
    note.mine = mine
    note.open = true
    this.#held.set(channel * 128 + pitch, note)
  }

  off(at, channel, pitch) {
    const note = this.#held.get(channel * 128 + pitch)
    if (!note) return
    this.#held.delete(channel * 128 + pitch)
    note.open = false
    this.clip.end(note, Math.max(0.02, at - note.at))
  }

  /** All ends: a break, or nobody there any more. */
  endAll(at) {
    for (const note of this.#held.values()) {
      note.open = false
      this.clip.end(note, Math.max(0.02, at - note.at))
    }
    this.#held.clear()
  }

  /** Notes that sound become longer while they do. */
  grow(at) {
    for (const note of this.#held.values()) this.clip.end(note, Math.max(0.02, at - note.at))
  }
}
