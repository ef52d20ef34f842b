// What the musician asks for: the form, simple or advanced, kept between visits.

import { find, h } from '../dom.js'
import { INSTRUMENTS, inWords } from '../music/instruments.js'
import { StyleMap } from './style-map.js'

const PLACE = 'continuo.asking'
const LONGEST_NAME = 36
/** What stands for the musician's own file among the prompts: no prompt's name begins with a space. */
export const OWN = ' own'
const MODELS = { s: 'S, quick', m: 'M, better and slower' }

/** Tells `change` whenever something is chosen, and `prompt` (detail: name or null) where another beginning is. */
export class AskingForm extends EventTarget {
  constructor(form) {
    super()
    this.form = form
    /** The musician's own file: { name, midi } with base64, or null. */
    this.own = null
    this.kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}')
    this.#instruments()
    form.addEventListener('change', (event) => this.#changed(event))
    form.addEventListener('input', () => this.#figures())
    for (const [id, value] of Object.entries(this.kept.fields ?? {})) {
      if (find(id)) find(id).value = value
    }
    this.#choose('mode', this.kept.mode ?? 'simple')
    this.#figures()
    this.#mode()
  }

  /** Fills in what this engine has. What was chosen stays chosen. */
  offer(about) {
    this.about = about
    const prompt = this.prompt
    find('prompt-chips').replaceChildren(
      chip('radio', 'prompt', '', 'Nothing'),
      ...about.prompts.map((one) => chip('radio', 'prompt', one.name, named(one))),
      ...(this.own ? [ownChip(this.own)] : []))
    this.#choose('prompt', prompt ?? this.kept.prompt ?? about.prompts[0]?.name ?? '')
    const style = this.style
    const group = (words, styles) => styles.length
      ? [h('span', { className: 'group' }, words), ...styles.map((one) => chip('radio', 'style', one.name, one.title))] : []
    find('style-chips').replaceChildren(
      chip('radio', 'style', '', 'Like the beginning'),
      ...group('Styles', about.styles.filter((one) => !one.composer)),
      ...group('Composers', about.styles.filter((one) => one.composer)))
    this.#choose('style', style ?? this.kept.style ?? '')
    const mapped = about.styles.filter((one) => Number.isFinite(one.x) && Number.isFinite(one.y))
    find('style-switch').hidden = !mapped.length
    this.map = mapped.length ? new StyleMap(find('style-map'), mapped, (name) => this.choose('style', name)) : null
    this.map?.select(this.style)
    const limits = { temperature: about.defaults.temperature, 'top-p': about.defaults.topP }
    for (const [id, usual] of Object.entries(limits)) {
      if (this.kept.fields?.[id] === undefined) find(id).value = usual
    }
    const model = find('model').value || this.kept.fields?.model
    find('model').replaceChildren(...about.models.map((name) => h('option', { value: name }, MODELS[name] ?? name)))
    find('model').value = about.models.includes(model) ? model : about.model
    find('takes').max = Math.min(4, about.limits.takes)
    this.#figures()
  }

  /** The musician's own file is what to begin with from now on. */
  offerOwn(own) {
    this.own = own
    document.querySelector(`[name=prompt][value="${OWN}"]`)?.closest('label').remove()
    const added = ownChip(own)
    find('prompt-chips').append(added)
    this.choose('prompt', OWN)
    added.scrollIntoView({ block: 'nearest' })
  }

  /** What is asked for, as the engine takes it. */
  request() {
    const advanced = this.mode === 'advanced'
    const length = Math.round(Number(find('length').value))
    const inTokens = find('length-in').value === 'tokens'
    const seed = find('seed').value.trim()
    return {
      from: this.prompt === OWN ? { midi: this.own.midi } : this.prompt ? { prompt: this.prompt } : null,
      style: this.style || null,
      instruments: advanced && this.instruments.length ? this.instruments : null,
      bars: advanced && !inTokens ? length : advanced ? null : this.about?.defaults.bars ?? 8,
      tokens: advanced && inTokens ? length : null,
      temperature: advanced ? Number(find('temperature').value) : null,
      topP: advanced ? Number(find('top-p').value) : null,
      seed: advanced && seed !== '' ? Number(seed) : null,
      takes: advanced ? Number(find('takes').value) : 1,
      model: advanced ? find('model').value || null : null
    }
  }

  /** Shows what a recipe says. */
  take(recipe) {
    const odd = recipe.instruments || recipe.tokens || recipe.bars !== this.about?.defaults.bars ||
      (recipe.model && recipe.model !== this.about?.model)
    this.#choose('mode', odd ? 'advanced' : this.mode)
    if (recipe.from?.midi && recipe.from.midi === this.own?.midi) this.#choose('prompt', OWN)
    else if (recipe.from?.prompt !== undefined || !recipe.from) this.#choose('prompt', recipe.from?.prompt ?? '')
    this.#choose('style', recipe.style ?? '')
    for (const box of this.form.querySelectorAll('[name=instrument]')) {
      box.checked = recipe.instruments?.includes(box.value) ?? false
    }
    find('length-in').value = recipe.tokens ? 'tokens' : 'bars'
    find('length').value = recipe.tokens ?? recipe.bars
    find('temperature').value = recipe.temperature
    find('top-p').value = recipe.topP
    find('model').value = recipe.model ?? this.about?.model
    this.#figures()
    this.#mode()
    this.map?.select(this.style)
    this.dispatchEvent(new Event('change'))
  }

  choose(name, value) {
    this.#choose(name, value)
    this.#changed({ target: this.form.querySelector(`[name=${name}]:checked`) })
  }

  get mode() {
    return this.#chosen('mode')
  }

  get prompt() {
    return this.#chosen('prompt')
  }

  get style() {
    return this.#chosen('style')
  }

  get instruments() {
    return [...this.form.querySelectorAll('[name=instrument]:checked')].map((box) => box.value)
  }

  /** "Für Elise", or what else it begins with. */
  get beginning() {
    if (this.prompt === OWN) return this.own.name
    const prompt = this.about?.prompts.find((one) => one.name === this.prompt)
    return prompt ? named(prompt) : 'nothing'
  }

  styleTitle(name) {
    return this.about?.styles.find((one) => one.name === name)?.title ?? name
  }

  #instruments() {
    find('instrument-chips').replaceChildren(...INSTRUMENTS.map((one) => {
      const made = chip('checkbox', 'instrument', one.name, one.title)
      made.style.setProperty('--hue', one.hue)
      made.classList.add('hued')
      made.querySelector('input').checked = this.kept.instruments?.includes(one.name) ?? false
      return made
    }))
  }

  #chosen(name) {
    return this.form.querySelector(`[name=${name}]:checked`)?.value ?? null
  }

  #choose(name, value) {
    const all = [...this.form.querySelectorAll(`[name=${name}]`)]
    const one = all.find((box) => box.value === value) ?? all[0]
    if (one) one.checked = true
  }

  #changed({ target }) {
    this.#mode()
    if (target?.name === 'style-as') {
      find('style-map').hidden = target.value !== 'map'
      find('style-chips').hidden = target.value === 'map'
    }
    if (target?.name === 'style') this.map?.select(target.value)
    if (target?.name === 'length-in') find('length').value = target.value === 'tokens' ? 512 : 8
    this.#figures()
    this.#keep()
    if (target?.name === 'prompt') this.dispatchEvent(new CustomEvent('prompt', { detail: this.prompt }))
    this.dispatchEvent(new Event('change'))
  }

  /** Browsers send no form with a wrong value in it, and where it is hidden they do not say so: what is hidden is switched off. */
  #mode() {
    const simple = this.mode === 'simple'
    this.form.classList.toggle('simple', simple)
    for (const fields of this.form.querySelectorAll('fieldset.advanced')) fields.disabled = simple
  }

  #figures() {
    for (const output of this.form.querySelectorAll('output')) output.value = find(output.htmlFor.toString()).value
    const chosen = this.instruments
    find('instruments-none').textContent = chosen.length
      ? `${inWords(chosen.map((name) => INSTRUMENTS.find((one) => one.name === name).title))} will play.`
      : 'Nobody chosen: those who play at the beginning go on; from nothing, those usual in the style.'
    const tokens = find('length-in').value === 'tokens'
    find('length').max = this.about?.limits[tokens ? 'tokens' : 'bars'] ?? 64
  }

  #keep() {
    this.kept = {
      mode: this.mode, prompt: this.prompt === OWN ? this.kept.prompt : this.prompt, style: this.style,
      instruments: this.instruments, fields: Object.fromEntries(
        ['length-in', 'length', 'temperature', 'top-p', 'takes', 'model'].map((id) => [id, find(id).value]))
    }
    localStorage.setItem(PLACE, JSON.stringify(this.kept))
  }
}

/** A prompt's title, without the word that all of them share. */
export function named(prompt) {
  return prompt.title.replace(/, opening$/, '')
}

/** A file's name where there is little room: its beginning and its end. */
export function brief(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, 20).trimEnd()}…${name.slice(-15).trimStart()}` : name
}

function ownChip({ name }) {
  const made = chip('radio', 'prompt', OWN, brief(name))
  made.title = name
  return made
}

/** A choice that looks like a word; beneath it is a radio or a check box. */
function chip(type, name, value, title) {
  return h('label', { className: 'chip' }, h('input', { type, name, value }), h('span', {}, title))
}
