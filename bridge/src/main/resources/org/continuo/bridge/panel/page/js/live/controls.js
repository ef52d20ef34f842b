// The band's controls (SPEC.md 6.2), the same that the plugin has, in musicians' words.

import { h } from '../dom.js'
import { pitchName } from '../music/instruments.js'

const KEYS = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B', 'Cm', 'C#m', 'Dm', 'Ebm', 'Em', 'Fm', 'F#m', 'Gm',
  'G#m', 'Am', 'Bbm', 'Bm']
const MODES = [['accompany', 'Beside me'], ['continue', 'After me'], ['trade', 'By turns'], ['harmonize', 'Voices'],
  ['listen', 'Listen']]
const open = (value) => (value < 0 ? 'open' : String(value))

/** name, words, low, high, step, usual, shown; the usual value is what the engine has until something is set. */
const SLIDERS = [
  ['temperature', 'Daring', 0.3, 1.6, 0.01, 1, (value) => value.toFixed(2)],
  ['top-p', 'Choice', 0.3, 1, 0.01, 0.97, (value) => value.toFixed(2)],
  ['density', 'Density', -1, 10, 1, -1, open],
  ['polyphony', 'Notes at once', 1, 16, 1, 6, String],
  ['register-low', 'Not below', 0, 127, 1, 0, pitchName],
  ['register-high', 'Not above', 0, 127, 1, 127, pitchName],
  ['follow', 'Follows my playing', 0, 1, 0.05, 0, (value) => `${Math.round(value * 100)} %`],
  ['lookahead', 'Plans ahead', 0.5, 8, 0.25, 2, (value) => `${value} beats`],
  ['fade', 'Fades when I rest', -1, 32, 1, -1, (value) => (value < 0 ? 'never' : `${value} beats`)],
  ['patience', 'Waits before going on', -1, 32, 1, -1, (value) => (value < 0 ? 'a bar' : `${value} beats`)],
  ['trade-bars', 'Bars a turn', 1, 16, 1, 4, String]
]
const MOST_SEED = 2 ** 53
const ONLY_IN = { patience: 'continue', 'trade-bars': 'trade' }

/** Calls `set(name, value)` when the musician moves something; `show(settings)` moves it when somebody else did. */
export class Controls {
  constructor(root, set) {
    this.root = root
    this.set = set
    this.items = new Map()
    root.replaceChildren(
      this.#modes(),
      h('div', { className: 'pair' }, this.#select('style', 'Style', [['open', 'open']]), this.#select('key', 'Key', keys())),
      h('div', { className: 'sliders' }, ...SLIDERS.slice(0, 3).map((one) => this.#slider(one)),
        ...SLIDERS.slice(9).map((one) => this.#slider(one))),
      h('details', {}, h('summary', {}, 'More'),
        h('div', { className: 'sliders' }, ...SLIDERS.slice(3, 9).map((one) => this.#slider(one))),
        h('div', { className: 'pair' }, this.#select('scale-lock', 'Only this scale', keys()), this.#seed()),
        this.#chords()),
      this.#ending())
    this.#mode('accompany')
  }

  /** The styles that the engine knows, and how boldly it plays unless told. */
  offer({ styles, defaults }, settings) {
    const select = this.items.get('style').input
    const value = select.value
    select.replaceChildren(option('open', 'open'), ...styles.map((one) => option(one.name, one.title)))
    select.value = value || 'open'
    const usual = { temperature: defaults.temperature, 'top-p': defaults.topP }
    for (const [name, figure] of Object.entries(usual)) if (!settings.has(name)) this.items.get(name).show(figure)
  }

  /** As the engine has them until something is set: another band is shown. */
  reset() {
    for (const item of this.items.values()) item.show(item.usual)
  }

  show(settings) {
    for (const [name, value] of settings) {
      const item = this.items.get(name)
      if (item && !inHand(item.input)) item.show(value)
    }
  }

  #modes() {
    const group = h('div', { className: 'chips', role: 'radiogroup', aria: { label: 'It plays' } }, ...MODES.map(([value, title]) =>
      h('label', { className: 'chip' }, h('input', { type: 'radio', name: 'live-mode', value, checked: value === 'accompany',
        on: { change: () => {
          this.#mode(value)
          this.set('mode', value)
        } } }), h('span', {}, title))))
    this.items.set('mode', { usual: 'accompany', show: (value) => {
      const input = group.querySelector(`[value="${value}"]`)
      if (input) input.checked = true
      this.#mode(value)
    } })
    return group
  }

  #mode(mode) {
    for (const [name, only] of Object.entries(ONLY_IN)) {
      const item = this.items.get(name)
      if (item) item.row.hidden = only !== mode
    }
  }

  #slider([name, words, min, max, step, usual, shown]) {
    const output = h('output', {}, shown(usual))
    const input = h('input', { type: 'range', min, max, step, value: usual, on: {
      input: () => { output.value = shown(Number(input.value)) },
      change: () => this.set(name, Number(input.value))
    } })
    input.defaultValue = String(usual)
    input.value = usual
    const row = h('label', { className: 'row' }, h('span', {}, words), input, output)
    this.items.set(name, { input, row, usual, show: (value) => {
      input.value = value
      output.value = shown(Number(value))
    } })
    return row
  }

  #select(name, words, choices) {
    const input = h('select', { on: { change: () => this.set(name, input.value) } },
      ...choices.map(([value, title]) => option(value, title)))
    this.items.set(name, { input, usual: 'open', show: (value) => { input.value = value } })
    return h('label', {}, h('span', { className: 'quiet' }, words), input)
  }

  /** Once there is a seed there is no way back to none: the field shows the one that holds. */
  #seed() {
    let held = ''
    const input = h('input', { inputMode: 'numeric', placeholder: 'any', on: { change: () => {
      const seed = Number(input.value)
      if (input.value.trim() === '' || !Number.isInteger(seed) || seed < 0 || seed > MOST_SEED) input.value = held
      else this.set('seed', held = seed)
    } } })
    this.items.set('seed', { input, usual: '', show: (value) => { input.value = held = value } })
    return h('label', {}, h('span', { className: 'quiet' }, 'Seed'), input)
  }

  #chords() {
    const input = h('input', { placeholder: 'open; or C Am F G7, a bar each', autocomplete: 'off', spellcheck: false,
      on: { change: () => this.set('chords', input.value.trim() || 'open') } })
    this.items.set('chords', { input, usual: 'open', show: (value) => { input.value = value === 'open' ? '' : value } })
    return h('label', { className: 'chords' }, h('span', { className: 'quiet' }, 'Only these chords'), input)
  }

  #ending() {
    const bars = h('input', { type: 'number', min: 1, max: 64, value: 4, aria: { label: 'Bars until the end' } })
    return h('div', { className: 'ending' },
      h('button', { type: 'button', id: 'live-end', on: { click: () => this.set('end', Math.min(64, Math.max(1, Number(bars.value)))) } }, 'End in'),
      bars, h('span', {}, 'bars'),
      h('button', { type: 'button', className: 'small', on: { click: () => this.set('end', -1) } }, 'Go on'))
  }
}

/** Whether the musician has hold of it: a pointer on a slider, letters in a field. Focus alone does not keep others out. */
function inHand(input) {
  if (!input) return false
  const field = input.matches('input:not([type=range])')
  return input.matches(field ? ':focus' : ':active')
}

function keys() {
  return [['open', 'open'], ...KEYS.map((key) => [key, key.replace('b', '♭').replace('#', '♯').replace(/m$/, ' minor')])]
}

function option(value, title) {
  return h('option', { value }, title)
}
