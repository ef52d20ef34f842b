// Who plays what in the jam: rows of an instrument, its player, and how high or low the model plays it.

import { h } from '../dom.js'
import { instrument, INSTRUMENTS, REGISTERS } from '../music/instruments.js'

const PLAYERS = [['musician', 'me'], ['model', 'Continuo'], ['nobody', 'nobody']]
const DRUM_CHANNEL = 9
const MOST = 10

export class LiveParts {
  /** `change(parts)` is called with all of them when one is changed. */
  constructor(root, change) {
    this.root = root
    this.change = change
  }

  /** `own` false: they are only shown, since somebody else decides. */
  show(parts, own) {
    const focused = this.root.contains(document.activeElement) ? nameOf(document.activeElement) : null
    this.root.replaceChildren(
      ...parts.map((part, index) => own ? this.#row(parts, part, index) : shown(part)),
      ...(own && parts.length < MOST ? [h('button', { type: 'button', className: 'small', on: { click: () => this.#add(parts) } },
        'Another part')] : []))
    if (focused) this.#focus(focused)
  }

  /** Who changes a part by keyboard keeps the place; where it is gone, the one before. */
  #focus(name) {
    const all = [...this.root.querySelectorAll('select:not([hidden]), button')]
    const part = Number(name.match(/\d+$/)?.[0] ?? 0)
    for (let number = part; number >= 0; number--) {
      const one = all.find((other) => nameOf(other) === name.replace(/\d+$/, number))
      if (one) return one.focus()
    }
    all.at(-1)?.focus()
  }

  #row(parts, part, index) {
    const replaced = (changes) => this.change(parts.map((other, at) => (at === index ? { ...part, ...changes } : other)))
    // There is one channel for drums.
    const drummed = parts.some((other) => other !== part && other.channel === DRUM_CHANNEL)
    const sound = h('select', { aria: { label: `Instrument of part ${index + 1}` }, on: { change: () => {
      const channel = instrument(sound.value).drums ? DRUM_CHANNEL : part.channel === DRUM_CHANNEL ? free(parts) : part.channel
      replaced({ instrument: sound.value, channel })
    } } }, ...INSTRUMENTS.map((one) => h('option', { value: one.name, selected: one.name === part.instrument,
      disabled: one.drums === true && drummed }, one.title)))
    const player = h('select', { aria: { label: `Who plays part ${index + 1}` }, on: { change: () => {
      // The keys play one part: whoever had them before hands over.
      const others = player.value === 'musician'
        ? parts.map((other) => (other.player === 'musician' ? { ...other, player: 'model' } : other)) : parts
      this.change(others.map((other, at) => (at === index ? { ...part, player: player.value } : other)))
    } } }, ...PLAYERS.map(([value, title]) => h('option', { value, selected: value === part.player }, title)))
    const reach = h('select', { aria: { label: `Register of part ${index + 1}` }, className: 'reach',
      hidden: part.player !== 'model' || instrument(part.instrument).drums === true,
      on: { change: () => replaced({ reach: reach.value }) }
    }, ...REGISTERS.map(([value, title]) => h('option', { value, selected: value === (part.reach ?? 'any') }, title)))
    return h('div', { className: 'seat', style: { '--hue': instrument(part.instrument).hue } }, h('i'), sound, player, reach,
      h('button', { type: 'button', className: 'small', aria: { label: `Remove part ${index + 1}` }, on: { click: () =>
        this.change(parts.filter((_, at) => at !== index)) } }, '×'))
  }

  #add(parts) {
    const unused = INSTRUMENTS.find((one) => !parts.some((part) => part.instrument === one.name)) ?? INSTRUMENTS[0]
    const channel = unused.drums ? DRUM_CHANNEL : free(parts)
    this.change([...parts, { channel, instrument: unused.name, player: 'model' }])
  }
}

function nameOf(control) {
  return control.getAttribute('aria-label') ?? control.textContent
}

function shown(part) {
  const { title, hue } = instrument(part.instrument)
  const who = part.player === 'musician' ? 'the musician' : 'Continuo'
  return h('div', { className: 'seat', style: { '--hue': hue } }, h('i'), h('span', {}, `${title}, ${who}`))
}

function free(parts) {
  let channel = 0
  while (channel === DRUM_CHANNEL || parts.some((part) => part.channel === channel)) channel++
  return channel
}
