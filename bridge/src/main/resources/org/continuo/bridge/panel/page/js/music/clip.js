// A clip as the page holds it: parts, notes in order of time, tempos, meters; what the engine sends, checked and tidied.

import { drumRow } from './drums.js'
import { instrument } from './instruments.js'
import { BarLines, TempoMap } from './time.js'

export class Clip {
  /** `data` is a clip as the engine's JSON has it. Notes that are no notes are left out. */
  constructor(data = {}) {
    this.parts = (data.parts ?? []).map((part) => ({ ...part }))
    this.notes = []
    this.longest = 0
    this.tempos = data.tempos ?? []
    this.meters = data.meters ?? []
    this.length = data.length ?? 0
    this.midi = data.midi ?? null
    this.bars = new BarLines(this.meters)
    for (const note of data.notes ?? []) this.add(note)
  }

  /** Adds a note in order of time; notes mostly come in order. */
  add(note) {
    if (!(note.at >= 0) || !(note.pitch >= 0 && note.pitch < 128) || !this.parts[note.part]) return null
    const added = { ...note, length: note.length ?? 0 }
    let place = this.notes.length
    while (place > 0 && this.notes[place - 1].at > added.at) place--
    if (place === this.notes.length) this.notes.push(added)
    else this.notes.splice(place, 0, added)
    this.#reach(added)
    return added
  }

  /** Tells a note that was added while it sounded how long it became. */
  end(note, length) {
    note.length = length
    this.#reach(note)
  }

  /** Index of the first note that could still sound at `at`. */
  firstNear(at) {
    const from = at - this.longest
    let low = 0
    let high = this.notes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.notes[middle].at < from) low = middle + 1
      else high = middle
    }
    return low
  }

  tempoMap(rate = 1) {
    return new TempoMap(this.tempos, rate)
  }

  /** Whether a note is a drum's. */
  isDrum(note) {
    return instrument(this.parts[note.part].instrument).drums === true
  }

  /** Lowest and highest pitch, with a little room around them, and the rows of drums that are struck, from the top. */
  range() {
    let low = 127
    let high = 0
    const drums = new Set()
    for (const note of this.notes) {
      if (this.isDrum(note)) drums.add(drumRow(note.pitch))
      else {
        if (note.pitch < low) low = note.pitch
        if (note.pitch > high) high = note.pitch
      }
    }
    const pitches = low > high ? { low: 48, high: 84 } : { low: Math.max(0, low - 3), high: Math.min(127, high + 3) }
    return { ...pitches, drums: [...drums].sort() }
  }

  /** What goes into a file or a store: the engine's own form. */
  toJSON() {
    const { parts, notes, tempos, meters, length, midi } = this
    return { parts, notes, tempos, meters, length, midi }
  }

  #reach(note) {
    this.longest = Math.max(this.longest, note.length)
    this.length = Math.max(this.length, note.at + note.length)
  }
}

/** Bytes to the base64 that the engine's JSON carries, and back. */
export function toBase64(bytes) {
  let letters = ''
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(letters)
}

export function fromBase64(letters) {
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))
}
