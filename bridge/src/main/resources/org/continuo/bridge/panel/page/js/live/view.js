// Playing live: the session as it runs, whether it is a jam on this page or a plugin's band that is watched.

import { find, h } from '../dom.js'
import { isPressing, isTyping } from '../focus.js'
import { instrument } from '../music/instruments.js'
import { say } from '../osc/words.js'
import { Controls } from './controls.js'
import { Jam } from './jam.js'
import { keepJam, restoreJam } from './kept-jam.js'
import { Keyboard, MidiKeyboards } from './keyboard.js'
import { LiveParts } from './parts.js'
import { LiveRoll } from './live-roll.js'
import { Meters } from './meters.js'
import { PlanStrip } from './plan-strip.js'
import { LiveSocket } from './socket.js'
import { stand } from './stand.js'
import { Watch } from './watch.js'

const NO_KEY = 'Without its key this page may not play. Open the address that “continuo serve” printed.'
const FINGERS = matchMedia('(pointer: coarse)').matches

export class LiveView {
  /** Whether this view is the one that is seen; else no key is for it. */
  #seen = false

  /** `band` is the jam's; `captured(number)` is called with each take that the engine kept. */
  constructor(root, { engine, synth, key, band, letters, captured }) {
    this.engine = engine
    this.synth = synth
    this.captured = captured
    this.letters = letters
    root.replaceChildren(...stand())
    this.socket = new LiveSocket(`ws://${location.host}/live`, key, this.#listener())
    const send = (bytes) => this.socket.send(bytes)
    this.jam = new Jam(synth, send)
    restoreJam(this.jam, sessionStorage)
    addEventListener('pagehide', () => keepJam(this.jam, sessionStorage))
    this.watch = new Watch(send)
    this.session = this.jam
    this.roll = new LiveRoll(find('live-roll'), find('live-roll-said'), () => this.session)
    this.controls = new Controls(find('live-controls'), (name, value) => {
      this.session.set(name, value)
      if (name === 'end') this.say(this.#ending(value))
    })
    this.parts = new LiveParts(find('live-parts'), (parts) => this.jam.setParts(parts))
    this.meters = new Meters(find('live-meters'), () => this.session, this.socket)
    this.strip = new PlanStrip(find('live-plan'), () => this.session, send)
    const played = () => (this.#seen && this.session === this.jam ? this.jam : null)
    this.keyboard = new Keyboard(find('live-keys'), played, letters)
    this.midi = new MidiKeyboards(played, (names) => this.say(names.length
      ? `Hears ${names.join(', ')}.` : 'No MIDI keyboard is plugged in; it is heard as soon as one is.'))
    this.bands = new Map()
    this.band = band
    for (const session of [this.jam, this.watch]) session.addEventListener('change', () => this.#show())
    this.jam.addEventListener('played', () => this.roll.touch())
    this.socket.addEventListener('open', () => this.#opened())
    this.socket.addEventListener('away', () => this.#away())
    engine.addEventListener('about', () => this.#offer())
    this.#buttons(key)
    this.#tempoAndMeter()
    this.#offer()
    this.#show()
  }

  show() {
    this.#seen = true
    this.jam.seat()
    // Before the first click or key of a page that was loaded again, browsers start no sound.
    if (navigator.userActivation?.hasBeenActive ?? true) this.synth.open().catch((error) => this.say(`No sound: ${error.message}.`))
    if (!this.socket.band) this.socket.join(this.band)
    this.asking ??= setInterval(() => this.#askBands(), 2000)
  }

  hide() {
    this.#letGo()
    this.#seen = false
    this.jam.stop()
    this.#show()
  }

  /** All keys and pedals come up. The computer's first: afterwards it is not heard what of them is let go. */
  #letGo() {
    this.keyboard.letGo()
    this.jam.letGo()
    this.keyboard.show()
  }

  #buttons(key) {
    find('live-start').onclick = () => (this.jam.playing ? this.jam.stop() : this.#start())
    find('live-tempo').onchange = (event) => {
      this.jam.setTempo(Number(event.target.value) || 110)
      this.#tempoAndMeter()
    }
    find('live-meter').onchange = (event) => {
      const [numerator, denominator] = event.target.value.split('/').map(Number)
      this.jam.setMeter(numerator, denominator)
    }
    find('live-click').onclick = (event) => {
      const { metronome } = this.jam
      metronome.on = !metronome.on
      event.currentTarget.setAttribute('aria-pressed', String(metronome.on))
    }
    find('live-panic').onclick = () => this.session.panic()
    find('live-capture').onclick = () => this.socket.send(say.capture())
    find('live-keep').onclick = () => this.strip.keepAll()
    find('live-discard').onclick = () => this.strip.discardAll()
    find('live-octave-down').onclick = () => this.keyboard.setLow(this.keyboard.low - 12)
    find('live-octave-up').onclick = () => this.keyboard.setLow(this.keyboard.low + 12)
    find('live-band').onchange = (event) => this.choose(event.target.value)
    const midi = find('live-midi')
    midi.hidden = !MidiKeyboards.possible
    midi.onclick = () => this.midi.open().catch((error) => this.say(error.message))
    document.addEventListener('keydown', (event) => {
      if (find('live').hidden || event.key !== ' ' || isTyping(event) || isPressing(event)) return
      event.preventDefault()
      if (this.session === this.jam && !event.repeat) find('live-start').click()
    })
    if (!key) this.say(NO_KEY)
  }

  /** Where the music ends that is to end in so many bars, the one that is played counted; -1: nowhere. */
  #ending(bars) {
    if (bars < 1) return 'It plays on.'
    const { score, at, playing } = this.session
    if (!playing) return `It comes to an end ${bars === 1 ? 'after a bar' : `after ${bars} bars`}.`
    return `It comes to an end with bar ${score.clip.bars.at(at).bar + bars - 1}; “Go on” takes that back.`
  }

  #tempoAndMeter() {
    const { tempo, numerator, denominator } = this.jam.clock
    find('live-tempo').value = Math.round(tempo)
    find('live-meter').value = `${numerator}/${denominator}`
  }

  async #start() {
    try {
      await this.jam.start()
    } catch (error) {
      this.say(`No sound: ${error.message}.`)
    }
  }

  /** Jams in this page's own band (''), or watches another. */
  choose(band) {
    this.jam.stop()
    this.#letGo()
    this.session = band ? this.watch : this.jam
    if (band !== this.watching) this.watch.forget()
    this.watching = band
    this.socket.join(band || this.band)
    find('live-band').value = band
    find('live').classList.toggle('watching', Boolean(band))
    this.controls.reset()
    this.#offer()
    this.#show()
  }

  #opened() {
    this.refused = null
    this.session.introduce()
    this.say('')
    this.#askBands()
    this.#show()
  }

  #away() {
    this.session.alone()
    this.engine.watch()
    const { refused } = this
    this.refused = null
    if (!this.engine.admitted) this.say(NO_KEY)
    else if (refused) this.say(`The engine lets this page play in no band: ${refused}.`)
    else this.say(`The engine is away${this.session === this.jam ? ': what you play still sounds' : ''}. It is looked for all the time.`)
    this.#show()
  }

  #askBands() {
    if (this.socket.isOpen && !find('live').hidden) this.socket.send(say.bands())
  }

  #listener() {
    const session = (word) => (...args) => this.session[word]?.(...args)
    return {
      plan: session('plan'), planOn: session('planOn'), planOff: session('planOff'),
      heardOn: session('heardOn'), heardOff: session('heardOff'), heardSounded: session('heardSounded'),
      heardMissed: session('heardMissed'), heardPlayed: session('heardPlayed'), heardTransport: session('heardTransport'),
      heardPart: session('heardPart'), heardSet: session('heardSet'),
      captured: (file) => {
        const name = file.split(/[\\/]/).pop()
        this.say(`Kept as ${name}. It stands among the takes of “Compose”.`)
        this.captured(Number.parseInt(name, 10))
      },
      refusedBy: (address, reason) => {
        if (address === '/continuo/hello') this.refused = reason
        else if (address !== '/continuo/bands') this.say(`${address.replace('/continuo/', '')}: ${reason}`)
      },
      band: (name, sessions) => this.#heardBand(name, sessions)
    }
  }

  say(words) {
    find('live-said').textContent = words
  }

  #heardBand(name, sessions) {
    this.bands.set(name, { sessions, heard: performance.now() })
    for (const [other, { heard }] of this.bands) if (performance.now() - heard > 5000) this.bands.delete(other)
    const select = find('live-band')
    const names = [...this.bands.keys()].filter((other) => other !== this.band)
    const shown = [...select.options].map((option) => option.value).slice(1)
    if (names.join('\n') === shown.join('\n')) return
    select.replaceChildren(h('option', { value: '' }, 'a jam on this page'),
      ...names.map((other) => h('option', { value: other }, `the band “${other}”`)))
    select.value = names.includes(this.watching) ? this.watching : ''
  }

  #offer() {
    if (this.engine.about) this.controls.offer(this.engine.about, this.session.settings)
  }

  #show() {
    const jamming = this.session === this.jam
    const start = find('live-start')
    start.lastChild.textContent = this.jam.playing ? 'Stop' : 'Start'
    start.setAttribute('aria-pressed', String(this.jam.playing))
    for (const id of ['live-start', 'live-click']) find(id).hidden = !jamming
    for (const id of ['live-tempo', 'live-meter']) find(id).closest('label').hidden = !jamming
    const mine = this.jam.parts.find((part) => part.player === 'musician')
    find('live-state').textContent = jamming ? (mine ? '' : 'No part is “me”: your keys play nothing.')
      : this.socket.isOpen ? `The band “${this.watching}” ${this.watch.playing ? `plays at ${this.watch.measure}` : 'stands still'}` : ''
    this.parts.show(this.session.parts, jamming)
    this.controls.show(this.session.settings)
    find('live-piano').hidden = !jamming
    find('live-keys').style.setProperty('--hue', mine ? instrument(mine.instrument).hue : '#888888')
    find('live-hint').hidden = this.session.score.clip.notes.length > 0 || this.session.playing
    const whites = ['KeyA', 'KeyS', 'KeyD', 'KeyF'].map((code) => this.letters.of(code)).join(' ')
    find('live-hint').textContent = jamming
      ? `Press Start, then play: ${FINGERS ? 'the keys are below' : `${whites} … are a piano’s white keys`}. Continuo plays beside you.`
      : 'This band stands still. As soon as its host plays, it is seen here.'
    this.roll.touch()
  }
}
