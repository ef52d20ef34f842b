// What happened in a live session, for the roll: who played what, and what is only planned.

import { Clip } from '../music/clip.js'
import { BarLines } from '../music/time.js'

const MOST_NOTES = 4096
const CHANNELS = 16
/** Of a note, in quarters. */
const SHORTEST = 0.02
/** Quarters within which two beginnings are one: a client's time and the band's are not the same to the last bit. */
const SAME = 1e-6

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
    const note = this.#note(at, channel, pitch, velocity, mine)
    if (!note) return
    note.open = true
    this.#held.set(channel * 128 + pitch, note)
  }

  /** A note that has been played from then to then; one that is there already stays one. */
  played(from, to, channel, pitch, velocity, mine) {
    const note = this.#note(from, channel, pitch, velocity, mine)
    if (note && !note.open) this.clip.end(note, Math.max(SHORTEST, to - from))
  }

  /** The note that began there, which may be there already: who comes back is told of notes again. */
  #note(at, channel, pitch, velocity, mine) {
    const { notes } = this.clip
    for (let i = notes.length - 1; i >= 0 && notes[i].at > at - SAME; i--) {
      const note = notes[i]
      if (note.part === channel && note.pitch === pitch && note.mine === mine && note.at < at + SAME) return note
    }
    if (notes.length >= MOST_NOTES) notes.splice(0, MOST_NOTES >> 2)
    const note = this.clip.add({ part: channel, at, pitch, velocity, length: 0 })
    if (note) note.mine = mine
    return note
  }

  off(at, channel, pitch) {
    const note = this.#held.get(channel * 128 + pitch)
    if (!note) return
    this.#held.delete(channel * 128 + pitch)
    note.open = false
    this.clip.end(note, Math.max(SHORTEST, at - note.at))
  }

  /** All ends: a break, or nobody there any more. */
  endAll(at) {
    for (const note of this.#held.values()) {
      note.open = false
      this.clip.end(note, Math.max(SHORTEST, at - note.at))
    }
    this.#held.clear()
  }

  /** Notes that sound become longer while they do. */
  grow(at) {
    for (const note of this.#held.values()) this.clip.end(note, Math.max(SHORTEST, at - note.at))
  }
}
