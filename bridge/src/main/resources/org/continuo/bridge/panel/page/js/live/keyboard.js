// The musician's keys: the computer's, the piano on the page, and MIDI keyboards. All end in keyDown and keyUp of a jam.

import { h } from '../dom.js'
import { isTyping } from '../focus.js'
import { pitchName } from '../music/instruments.js'

/** By the place of the key, whatever letter it bears: A is C, W is C sharp, and so on, in this order. */
const STEPS = { KeyA: 0, KeyW: 1, KeyS: 2, KeyE: 3, KeyD: 4, KeyF: 5, KeyT: 6, KeyG: 7, KeyY: 8, KeyH: 9, KeyU: 10, KeyJ: 11,
  KeyK: 12, KeyO: 13, KeyL: 14, KeyP: 15, Semicolon: 16 }
const BLACK = new Set([1, 3, 6, 8, 10])
/** A phone shows one octave, so that fingers find the keys. */
const OCTAVES = matchMedia('(max-width: 600px)').matches ? 1 : 2
const VELOCITY = 84
const FIRST_BUTTON = 1

/**
 * The computer's keyboard (Shift is the pedal) and the piano on the page. `jam()` gives who is played on, or null where nobody is;
 * `letters` what stands on the keys.
 */
export class Keyboard {
  #pedal = false

  constructor(root, jam, letters) {
    this.root = root
    this.jam = jam
    this.letters = letters
    this.low = OCTAVES === 1 ? 60 : 48
    document.addEventListener('keydown', (event) => this.#down(event))
    document.addEventListener('keyup', (event) => this.#up(event))
    addEventListener('blur', () => this.letGo())
    this.#draw()
  }

  /** The pitch of the lowest key. */
  setLow(low) {
    this.#keysUp()
    this.low = Math.min(96, Math.max(12, low))
    this.#draw()
  }

  /** All comes up: from here on it is not heard what the musician lets go of. */
  letGo() {
    this.#keysUp()
    this.#setPedal(false)
  }

  #keysUp() {
    const jam = this.jam()
    if (!jam) return
    for (const code of Object.keys(STEPS)) jam.keyUp(code)
    for (let pitch = 0; pitch < 128; pitch++) jam.keyUp('page' + pitch)
    this.show()
  }

  #setPedal(down) {
    if (this.#pedal === down) return
    this.#pedal = down
    this.jam()?.pedal(down ? 127 : 0)
  }

  /** Marks the keys that are held. */
  show() {
    const held = this.jam()?.held ?? new Set()
    for (const key of this.root.children) key.classList.toggle('down', held.has(Number(key.dataset.pitch)))
  }

  #down(event) {
    const jam = this.#played(event)
    if (!jam) return
    if (event.code === 'KeyZ' || event.code === 'KeyX') {
      if (!event.repeat) this.setLow(this.low + (event.code === 'KeyZ' ? -12 : 12))
      return
    }
    if (event.key === 'Shift') this.#setPedal(true)
    const step = STEPS[event.code]
    if (step === undefined) return
    event.preventDefault()
    if (!event.repeat) jam.keyDown(event.code, this.low + step, VELOCITY)
    this.show()
  }

  #up(event) {
    const jam = this.jam()
    if (!jam) return
    if (event.key === 'Shift') this.#setPedal(false)
    if (STEPS[event.code] === undefined) return
    jam.keyUp(event.code)
    this.show()
  }

  /** The jam that a key is for, or null where the key belongs to a field or a command. */
  #played(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return null
    return isTyping(event) ? null : this.jam()
  }

  #draw() {
    const codes = Object.keys(STEPS)
    const keys = []
    let whites = 0
    const count = 7 * OCTAVES + 1
    for (let step = 0; step <= 12 * OCTAVES; step++) {
      const pitch = this.low + step
      const black = BLACK.has(pitch % 12)
      const left = black ? whites / count * 100 : whites++ / count * 100
      keys.push(h('button', { type: 'button', tabIndex: -1, className: black ? 'black' : 'white', data: { pitch },
        aria: { label: pitchName(pitch) }, style: { left: left + '%', width: (black ? 0.6 : 1) / count * 100 + '%' },
        on: this.#touches(pitch) }, codes[step] && h('span', { data: { code: codes[step] } }),
      !black && pitch % 12 === 0 && h('small', {}, pitchName(pitch))))
    }
    this.root.replaceChildren(...keys)
    this.letters.write()
  }

  #touches(pitch) {
    const down = (event) => {
      // A menu may come up for another button, and nobody hears when that is let go.
      if (!(event.buttons & FIRST_BUTTON)) return
      event.preventDefault()
      event.target.releasePointerCapture?.(event.pointerId)
      this.jam()?.keyDown('page' + pitch, pitch, VELOCITY)
      this.show()
    }
    const up = () => {
      this.jam()?.keyUp('page' + pitch)
      this.show()
    }
    return { pointerdown: down, pointerup: up, pointerleave: up, pointercancel: up,
      pointerenter: down }
  }
}

/** MIDI keyboards, where the browser lets pages hear them. */
export class MidiKeyboards {
  #plugged = []

  constructor(jam, changed) {
    this.jam = jam
    this.changed = changed
    this.access = null
  }

  static get possible() {
    return typeof navigator.requestMIDIAccess === 'function'
  }

  /** Asks the musician once; then every keyboard that is plugged in is heard. Rejects with words for people. */
  async open() {
    try {
      this.access = await navigator.requestMIDIAccess()
    } catch {
      throw new Error('The browser does not let this page hear MIDI keyboards.')
    }
    const attach = () => {
      const inputs = [...this.access.inputs.values()]
      const ids = inputs.map((input) => input.id)
      // What is unplugged says nothing of the keys that were down.
      if (this.#plugged.some((id) => !ids.includes(id))) this.jam()?.letGo()
      this.#plugged = ids
      for (const input of inputs) input.onmidimessage = (message) => this.#hear(input.id, message.data)
      this.changed(inputs.map((input) => input.name))
    }
    this.access.onstatechange = attach
    attach()
  }

  #hear(source, [status, first, second]) {
    const jam = this.jam()
    if (!jam) return
    const word = status & 0xf0
    const id = `${source} ${status & 15} ${first}`
    if (word === 0x90 && second > 0) jam.keyDown(id, first, second)
    else if (word === 0x80 || word === 0x90) jam.keyUp(id)
    else if (word === 0xb0 && first === 64) jam.pedal(second)
  }
}
