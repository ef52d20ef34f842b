// The notes of a MIDI file, read by a library that shares nothing with what wrote it.

import { BasicMIDI } from 'spessasynth_core'

const NOTE_OFF = 0x80
const NOTE_ON = 0x90

/** [{ at, length, channel, pitch, velocity }] in quarter notes, in order of time, pitch and channel. */
export function notesOf(bytes) {
  const midi = BasicMIDI.fromArrayBuffer(new Uint8Array(bytes).buffer)
  const notes = []
  for (const track of midi.tracks) {
    const held = new Map()
    for (const { ticks, statusByte, data } of track.events) {
      const word = statusByte & 0xf0
      if (word !== NOTE_ON && word !== NOTE_OFF) continue
      const id = (statusByte & 15) * 128 + data[0]
      if (word === NOTE_ON && data[1] > 0) {
        const note = { at: ticks / midi.timeDivision, length: 0, channel: statusByte & 15, pitch: data[0], velocity: data[1] }
        held.set(id, [...(held.get(id) ?? []), note])
        notes.push(note)
      } else {
        const note = held.get(id)?.shift()
        if (note) note.length = ticks / midi.timeDivision - note.at
      }
    }
  }
  return inOrder(notes)
}

/** The notes of a clip as the page holds it, in the same form. */
export function notesOfClip({ parts, notes }) {
  return inOrder(notes.map(({ part, at, length, pitch, velocity }) => ({ at, length, channel: parts[part].channel, pitch, velocity })))
}

function inOrder(notes) {
  const rounded = notes.map((note) => ({ ...note, at: Math.round(note.at * 1e6) / 1e6, length: Math.round(note.length * 1e6) / 1e6 }))
  return rounded.sort((a, b) => a.at - b.at || a.pitch - b.pitch || a.channel - b.channel || a.length - b.length)
}
