// Composing: what is asked for, the roll on which it grows, and the tree of what came out.

import { download, find } from '../dom.js'
import { Clip, fromBase64, toBase64 } from '../music/clip.js'
import { instrument, inWords } from '../music/instruments.js'
import { Refused } from '../net/engine.js'
import { Roll } from '../roll/roll.js'
import { Player } from '../sound/player.js'
import { AskingForm, brief, OWN } from './form.js'
import { Links } from './links.js'
import { Making } from './making.js'
import { PartStrip } from './parts.js'
import { Takes } from './takes.js'
import { Transport } from './transport.js'

export class ComposeView {
  #previews = 0
  /** Whether the roll is to be empty when what is being made has ended. */
  #cleared = false
  /** How far what is being made is, in words, and whether the musician wanted something that has to wait for it. */
  #soFar = ''
  #waits = false

  constructor(engine, synth) {
    this.engine = engine
    this.synth = synth
    this.shown = null
    this.making = null
    this.player = new Player(synth)
    this.roll = new Roll(find('roll'), find('overview'), find('roll-said'))
    this.roll.playing = () => this.player.playing
    this.roll.head = () => (this.shown ? this.player.position : null)
    this.roll.audible = (part) => this.player.audible(part)
    this.form = new AskingForm(find('asking'))
    this.parts = new PartStrip(find('parts'), this.player, () => this.roll.touch())
    this.transport = new Transport(this.player, this.roll, () => this.shown, (words) => this.say(words))
    this.takes = new Takes(engine, this.form, (words) => this.say(words))
    this.tree = this.takes.tree
    this.links = new Links(this)
    this.#listen()
    this.#buttons()
  }

  /** Shows what was kept; then a link's take, where the address has one. */
  async open(link) {
    await this.takes.open()
    if (this.engine.about) this.#offer()
    if (link) await this.links.follow(link)
    else if (this.tree.current) this.#showTake(this.tree.current)
    else if (this.engine.about) this.#preview()
  }

  /** Shows a take that is in the tree. */
  showAgain(take) {
    this.tree.select(take.id)
    this.#showTake(take)
  }

  say(words) {
    find('said').textContent = words
  }

  #listen() {
    this.engine.addEventListener('about', () => {
      this.#offer()
      if (!this.shown && !this.making) this.#preview()
    })
    this.form.addEventListener('prompt', () => this.#preview())
    this.form.addEventListener('change', () => this.#label())
    this.tree.addEventListener('change', () => {
      if (this.making) return
      if (this.tree.current) this.#previews++
      if (this.tree.current && this.tree.current !== this.shown?.take) this.#showTake(this.tree.current)
      if (!this.tree.current && this.shown?.take) this.#preview()
    })
    this.takes.view.addEventListener('continue', () => this.goOn())
    this.takes.view.addEventListener('choose', () => this.#busy())
    this.takes.view.addEventListener('compare', ({ detail }) => this.#compare(detail))
  }

  #buttons() {
    find('asking').addEventListener('submit', (event) => {
      event.preventDefault()
      if (this.making) this.making.stop()
      else this.make(this.form.request(), null)
    })
    find('midi-file').onchange = (event) => this.own(event.target.files[0])
    find('zoom-in').onclick = () => this.roll.zoom(1.4)
    find('zoom-out').onclick = () => this.roll.zoom(1 / 1.4)
    find('zoom-fit').onclick = () => this.roll.fit()
    find('save-midi').onclick = () => this.saveMidi()
    find('share').onclick = () => this.links.share(this.shown.take)
    find('reset').onclick = () => this.reset()
  }

  /** Makes takes and shows them growing. `parent` is the take they go on from. */
  async make(request, parent) {
    if (this.making) return
    const making = this.making = new Making(this.engine)
    const begun = performance.now()
    this.player.stop()
    this.takes.view.compare(null)
    this.#label()
    this.#soFar = ''
    this.#waits = false
    this.say('')
    making.addEventListener('waiting', ({ detail }) => this.#progress(`${detail} before this one`))
    making.addEventListener('take', () => this.#grow(making))
    making.addEventListener('part', () => this.#partsChanged())
    making.addEventListener('note', () => {
      this.firstNoteMs ??= performance.now() - begun
      this.roll.grew()
    })
    making.addEventListener('progress', ({ detail }) => this.#progress(barInWords(making, detail)))
    making.addEventListener('away', () => this.say('The engine went away. This take is made again as soon as it is back.'))
    making.addEventListener('again', () => this.say('The engine is back.'))
    this.firstNoteMs = null
    try {
      const takes = await making.run(request)
      this.making = null
      if (takes.length) this.#keep(takes, parent)
      else this.say('Stopped.')
    } catch (error) {
      this.making = null
      this.say(error instanceof Refused || error.message ? error.message : String(error))
    } finally {
      this.roll.growing = this.player.growing = false
      this.#label()
      const cleared = this.#cleared
      this.#cleared = false
      if (this.tree.current && !this.shown?.take && !cleared) this.#showTake(this.tree.current)
      else if (!this.shown?.take || cleared) this.#preview()
    }
    await this.links.free()
  }

  /** Goes on from the take that is shown, with what the form says. */
  goOn() {
    if (this.#busy()) return
    const take = this.tree.current
    if (!take?.clip.midi) return
    this.make({ ...this.form.request(), from: { midi: take.clip.midi } }, take.id)
  }

  #grow(making) {
    const { clip, from } = making.current
    this.shown = { clip, line: from, take: null }
    this.roll.growing = this.player.growing = true
    const { bars } = making.request
    this.#show({ fit: making.current.index === 0, until: bars ? from + bars * clip.bars.at(from).length : 0 })
  }

  /** Says how far it is, and what waits for it. */
  #progress(soFar) {
    this.#soFar = soFar
    const next = this.links.waits ? 'The link is followed when this is made.'
      : this.#waits ? 'First this is made; “Stop” ends it and keeps what there is.' : ''
    this.say([soFar, next].filter(Boolean).join('. '))
  }

  /** Whether something is being made: then another take is neither shown nor gone on from, which is said. */
  #busy() {
    if (!this.making) return false
    this.#waits = true
    this.#progress(this.#soFar)
    return true
  }

  #keep(takes, parent) {
    this.takes.keep(takes, parent)
    const notes = takes.reduce((sum, take) => sum + (take.report?.notes ?? 0), 0)
    const seconds = takes.reduce((sum, take) => sum + (take.report?.seconds ?? 0), 0)
    this.say(`${takes.length > 1 ? takes.length + ' takes, the most natural first: ' : ''}${notes} notes in ${seconds.toFixed(1)} s`)
    this.#showTake(this.tree.current)
    // So that the first press of Play sounds at once.
    if (navigator.userActivation?.hasBeenActive) this.synth.open().catch(() => {})
  }

  #showTake(take) {
    if (take === this.shown?.take) return
    const fit = !this.shown || Math.abs(this.shown.clip.length - take.clip.length) > 1
    this.shown = { clip: new Clip(take.clip), line: take.from, take }
    this.#show({ fit })
  }

  #compare(id) {
    const take = this.tree.takes.get(id)
    this.roll.ghost = take ? new Clip(take.clip) : null
    if (take) this.say('Now choose the other take: this one stands behind it in outlines.')
    this.roll.touch()
  }

  /** The beginning that is chosen, before anything is made of it. */
  async #preview() {
    if (this.making || !this.engine.about) return
    const { prompt } = this.form
    const mine = ++this.#previews
    const { shown } = this
    try {
      const clip = prompt === OWN ? this.form.own.clip : prompt ? await this.engine.prompt(prompt) : null
      // Meanwhile another was chosen, or a take is shown.
      if (this.making || mine !== this.#previews || shown !== this.shown) return
      this.shown = clip ? { clip: new Clip(clip), line: clip.length, take: null } : null
    } catch {
      return
    }
    this.#show({ fit: true })
  }

  #show({ fit, until }) {
    const { clip, line } = this.shown ?? { clip: new Clip(), line: null }
    if (!this.making) this.links.shown(this.shown?.take ?? null)
    this.player.load(clip)
    this.roll.show(clip, line, { fit, until })
    this.parts.show(clip)
    this.transport.shown(clip)
    find('roll-empty').hidden = Boolean(this.shown)
    for (const id of ['play-start', 'play-line']) find(id).disabled = !this.shown
    find('save-midi').disabled = !this.shown?.take
    find('share').disabled = !this.shown?.take?.recipe
    find('roll').setAttribute('aria-label', this.#inWords(clip, line))
  }

  #partsChanged() {
    this.player.partsChanged()
    this.parts.show(this.shown.clip)
  }

  #inWords(clip, line) {
    if (!clip.notes.length) return 'Piano roll, empty'
    const who = inWords([...new Set(clip.parts.map((part) => instrument(part.instrument).title.toLowerCase()))])
    const last = clip.bars.at(Math.max(0, clip.length - 1e-3)).bar
    const from = line < clip.length - 1e-3 ? `, new music from bar ${clip.bars.at(line + 1e-6).bar}` : ''
    return `Piano roll: ${who}, ${last} bars, ${clip.notes.length} notes${from}`
  }

  #offer() {
    this.form.offer(this.engine.about)
    this.#label()
  }

  #label() {
    const button = find('make')
    const { prompt, beginning } = this.form
    button.textContent = this.making ? 'Stop' : prompt ? `Play on from ${brief(beginning)}` : 'Make music'
    button.title = prompt && !this.making ? `Play on from ${beginning}` : ''
    button.classList.toggle('busy', Boolean(this.making))
    // To stop asks for nothing: a wrong value in a field must not keep it from being heard.
    button.formNoValidate = Boolean(this.making)
  }

  /** A MIDI file of the musician's own: looked at by the engine first, which says what is wrong with it. Gives what is said. */
  async own(file) {
    if (!file) return ''
    const words = await this.#takeIn(file)
    this.say(words)
    find('midi-file').value = ''
    return words
  }

  async #takeIn(file) {
    const most = this.engine.about?.limits.midiBytes ?? 2 ** 20
    if (file.size > most) return `${file.name} has ${file.size} bytes; a MIDI file may have ${most}.`
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const clip = await this.engine.clipOf(bytes)
      this.form.offerOwn({ name: file.name.replace(/\.midi?$/i, ''), midi: toBase64(bytes), clip })
      return clip.remarks?.length ? `${file.name}: ${clip.remarks.join('; ')}` : ''
    } catch (error) {
      return `${file.name}: ${error.message}`
    }
  }

  saveMidi() {
    const take = this.shown?.take
    if (take) download(`${take.name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.mid`, fromBase64(take.clip.midi), 'audio/midi')
  }

  /** Back to an empty stand; the takes stay in the tree. */
  reset() {
    this.#cleared = this.making !== null
    this.making?.leave()
    this.player.stop()
    this.player.seek(0)
    this.player.setLoop(null)
    this.player.allHeard()
    this.player.setRate(1)
    this.roll.ghost = null
    this.links.forget()
    this.say('')
    this.form.choose('prompt', '')
    this.form.choose('style', '')
  }
}

/** Where a request for takes is: "bar 3 of 8". */
function barInWords({ request, current }, { bar, bars }) {
  const many = request.takes > 1 ? `Take ${current.index + 1} of ${request.takes}: ` : ''
  return `${many}bar ${bar}${bars ? ' of ' + bars : ''}`
}
