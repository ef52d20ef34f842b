// A jam without any other program: the page is the client, with a transport of its own. Plans sound on the sound device's
// clock, by SPEC.md 8.4; what the musician plays sounds at once and is told to the engine.

import { register } from '../music/instruments.js'
import { say } from '../osc/words.js'
import { Ticker } from '../sound/ticker.js'
import { LiveClock } from './clock.js'
import { CLICK_CHANNEL, Metronome } from './metronome.js'
import { PlanBook } from './plan-book.js'
import { LiveScore } from './score.js'

const TICK_MS = 8
const TRANSPORT_MS = 25
/** Notes are handed to the synthesizer so long before they sound: later than any revision could still void them. */
const AHEAD_SECONDS = 0.018

/** Tells `change` where parts or the transport changed, `played` for each key, `plan` for each new revision. */
export class Jam extends EventTarget {
  #ticker = new Ticker(TICK_MS, () => this.#tick())
  #told = 0
  #keys = new Map()
  #pedalDown = false
  #struck = null
  /** Which wish to start or to stop was the last: the sounds may take seconds to load. */
  #wish = 0

  constructor(synth, send) {
    super()
    this.synth = synth
    this.send = send
    this.score = new LiveScore()
    this.clock = new LiveClock(() => synth.now)
    this.metronome = new Metronome(synth, this.clock)
    this.book = new PlanBook({
      on: (event) => this.#sound(event),
      off: (event, at) => this.#end(event, at),
      missed: (note, late) => {
        this.lateMs = Math.max(this.lateMs, late * 60000 / this.clock.tempo)
        this.send(say.missed(note))
      }
    })
    this.lateMs = 0
    this.reactionMs = null
    this.parts = [
      { channel: 0, instrument: 'piano', player: 'musician' },
      { channel: 1, instrument: 'bass', player: 'model' },
      { channel: 9, instrument: 'drums', player: 'model' }
    ]
    this.settings = new Map()
    this.seat()
  }

  /** Says to a new session all that the former one knew (SPEC.md 9.6). */
  introduce() {
    this.book.begin()
    this.#announce()
    for (const [name, value] of this.settings) this.send(say.set(name, value))
    this.send(this.clock.packet())
  }

  /** The engine is gone: what it planned is void, what it plays ends. The musician goes on. */
  alone() {
    this.book.breakAt(this.at)
    this.book.begin()
  }

  get at() {
    return this.clock.at()
  }

  get playing() {
    return this.clock.playing
  }

  async start() {
    const wish = ++this.#wish
    await this.synth.open()
    if (wish !== this.#wish || this.clock.playing) return
    const at = this.clock.start()
    this.book.breakAt(at, this.clock.epoch)
    this.score.setMeter(at, this.clock.numerator, this.clock.denominator)
    this.metronome.begin()
    this.#ticker.start()
    this.#brokeAt(at)
  }

  stop() {
    this.#wish++
    if (!this.clock.playing) return
    const at = this.clock.stop()
    this.book.breakAt(at, this.clock.epoch)
    this.#ticker.stop()
    this.#brokeAt(at)
  }

  setTempo(tempo) {
    this.clock.setTempo(tempo)
    this.send(this.clock.packet())
    this.#changed()
  }

  setMeter(numerator, denominator) {
    const at = this.clock.setMeter(numerator, denominator)
    this.book.breakAt(at, this.clock.epoch)
    this.score.setMeter(at, numerator, denominator)
    this.metronome.begin()
    this.#brokeAt(at)
  }

  setParts(parts) {
    // Who takes another part leaves no key and no pedal down on the one before.
    if (musiciansChannel(parts) !== this.myChannel) this.letGo()
    for (const old of this.parts) {
      if (!parts.some((part) => part.channel === old.channel)) this.send(say.part(old.channel, old.instrument, 'nobody'))
    }
    this.parts = parts
    this.seat()
    this.#announce()
    this.#changed()
  }

  #announce() {
    for (const { channel, instrument, player, reach } of this.parts) {
      this.send(say.part(channel, instrument, player))
      this.send(say.register(channel, ...register(instrument, reach)))
    }
  }

  set(name, value) {
    // An end counts from when it is said: said again to a new session it would end the music once more.
    if (name !== 'end') this.settings.set(name, value)
    this.send(say.set(name, value))
  }

  /** Silence at once (SPEC.md 6.4): ends what sounds here, as on a break, and says so. */
  panic() {
    this.book.breakAt(this.at)
    this.letGo()
    this.synth.silence(0.05)
    this.send(say.panic())
  }

  /** The channel that the musician's keys play on, or null. */
  get myChannel() {
    return musiciansChannel(this.parts)
  }

  /** A key of the musician's; `id` is whatever let go later: a pitch of a keyboard, a key of the computer. */
  keyDown(id, pitch, velocity) {
    const channel = this.myChannel
    if (channel === null || pitch < 0 || pitch > 127) return
    this.keyUp(id)
    this.synth.open().catch(() => {})
    const at = this.at
    this.#keys.set(id, { channel, pitch })
    this.synth.noteOn(channel, pitch, velocity)
    this.score.on(at, channel, pitch, velocity, true)
    this.send(say.noteOn(at, channel, pitch, velocity))
    if (this.playing) this.#struck ??= performance.now()
    this.dispatchEvent(new Event('played'))
  }

  keyUp(id) {
    const key = this.#keys.get(id)
    if (!key) return
    this.#keys.delete(id)
    const at = this.at
    this.synth.noteOff(key.channel, key.pitch)
    this.score.off(at, key.channel, key.pitch)
    this.send(say.noteOff(at, key.channel, key.pitch))
    this.dispatchEvent(new Event('played'))
  }

  pedal(value) {
    if (this.myChannel === null) return
    this.#pedalDown = value > 0
    this.synth.pedal(this.myChannel, value)
    this.send(say.control(this.at, this.myChannel, 64, value))
  }

  /** All keys and the pedal come up, whoever holds them down: what is done with them from here on is not for this jam. */
  letGo() {
    for (const id of [...this.#keys.keys()]) this.keyUp(id)
    if (this.#pedalDown) this.pedal(0)
  }

  /** Which pitches the musician holds. */
  get held() {
    return new Set([...this.#keys.values()].map((key) => key.pitch))
  }

  // What the socket hears.
  plan(epoch, revision, from, to) {
    const before = this.book.revision
    const holds = this.book.plan(epoch, revision, from, to)
    if (!holds || this.book.revision === before) return
    if (this.#struck !== null) {
      this.reactionMs = performance.now() - this.#struck
      this.#struck = null
    }
    this.dispatchEvent(new Event('plan'))
  }

  planOn(note, at, channel, pitch, velocity) {
    this.book.planOn(note, at, channel, pitch, velocity, this.at)
  }

  planOff(note, at) {
    this.book.planOff(note, at)
  }

  #tick() {
    this.book.due(this.clock.at(this.synth.now + AHEAD_SECONDS))
    this.score.grow(this.at)
    this.metronome.tick()
    if (performance.now() - this.#told >= TRANSPORT_MS) {
      this.#told = performance.now()
      this.send(this.clock.packet())
    }
  }

  #sound(event) {
    event.time = this.clock.time(event.at)
    this.synth.noteOn(event.channel, event.pitch, event.velocity, event.time)
    this.score.on(event.at, event.channel, event.pitch, event.velocity, false)
    this.send(say.sounded(event.note, event.at))
  }

  #end(event, at) {
    // Not before the time that the beginning was handed over for: such an end would be lost.
    this.synth.noteOff(event.channel, event.pitch, Math.max(event.time, this.clock.time(at)))
    this.score.off(at, event.channel, event.pitch)
  }

  /** Gives the synthesizer this jam's instruments; others may have used it. */
  seat() {
    this.synth.instrument(CLICK_CHANNEL, 'drums')
    for (const { channel, instrument, player } of this.parts) {
      this.synth.instrument(channel, instrument)
      this.score.part(channel, instrument, player)
    }
  }

  #brokeAt(at) {
    this.score.endAll(at)
    this.#struck = null
    this.send(this.clock.packet())
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}

function musiciansChannel(parts) {
  return parts.find((part) => part.player === 'musician')?.channel ?? null
}
