// A band that is watched: what a plugin's band plays, hears and plans. Nothing sounds here; the plugin's host does that.

import { HAS_BAR_START, HAS_BEAT, HAS_METER, HAS_TEMPO, PLAYING, say } from '../osc/words.js'
import { PlanBook } from './plan-book.js'
import { LiveScore } from './score.js'

/** Longest that time is carried on from the band's last word, in seconds (SPEC.md 7.1). */
const CARRY_SECONDS = 1

/** Tells `change` where parts, settings or the transport changed. */
export class Watch extends EventTarget {
  constructor(send, now = () => performance.now() / 1000) {
    super()
    this.send = send
    this.now = now
    this.score = new LiveScore()
    this.settings = new Map()
    this.forget()
  }

  /** Another band: nothing of the former one is left. */
  forget() {
    this.score.clear()
    this.book = new PlanBook({ on() {}, off() {}, missed() {} })
    this.parts = []
    this.settings.clear()
    this.epoch = undefined
    this.tempo = 120
    this.playing = false
    this.numerator = this.denominator = 4
    this.missedNotes = 0
    this.anchor = { at: 0, time: 0 }
  }

  introduce() {
    this.book.begin()
    this.parts = []
    this.send(say.watch())
  }

  alone() {
    this.book.breakAt(this.at)
    this.book.begin()
    this.score.endAll(this.at)
    this.playing = false
    this.epoch = undefined
  }

  get at() {
    if (!this.playing) return this.anchor.at
    return this.anchor.at + Math.min(CARRY_SECONDS, Math.max(0, this.now() - this.anchor.time)) * this.tempo / 60
  }

  set(name, value) {
    this.send(say.set(name, value))
  }

  panic() {
    this.book.kept.free()
    this.send(say.panic())
  }

  plan(epoch, revision, from, to) {
    this.book.epoch = epoch
    this.book.plan(epoch, revision, from, to)
  }

  planOn(note, at, channel, pitch, velocity) {
    this.book.planOn(note, at, channel, pitch, velocity, 0)
  }

  planOff(note, at) {
    this.book.planOff(note, at)
  }

  heardTransport(flags, epoch, performance, beat, tempo, numerator, denominator, barStart) {
    const playing = (flags & PLAYING) !== 0
    const broke = epoch !== this.epoch || playing !== this.playing
    const before = this.measure
    this.epoch = epoch
    this.anchor = { at: performance, time: this.now() }
    if (flags & HAS_TEMPO) this.tempo = tempo
    if (flags & HAS_METER) [this.numerator, this.denominator] = [numerator, denominator]
    if (broke) {
      this.book.breakAt(performance, epoch)
      this.score.endAll(performance)
    }
    if (flags & HAS_BEAT && (flags & HAS_BAR_START || broke)) {
      // A host that says no bar is taken to have had this meter from its beat 0 on.
      const length = this.numerator * 4 / this.denominator
      const start = flags & HAS_BAR_START ? barStart : Math.floor(beat / length + 1e-6) * length
      this.#count(performance - (beat - start), start)
    } else if (broke) this.score.setMeter(performance, this.numerator, this.denominator)
    this.playing = playing
    // A page in the background is not drawn; what is past must go all the same.
    this.tick()
    if (broke || this.measure !== before) this.dispatchEvent(new Event('change'))
  }

  /** Tempo and meter, in words. */
  get measure() {
    return `${Math.round(this.tempo)}, in ${this.numerator}/${this.denominator}`
  }

  /** Bars are the host's, by place and by number, also where a loop takes it back. */
  #count(at, barStart) {
    const length = this.numerator * 4 / this.denominator
    const bar = Math.round(barStart / length) + 1
    const known = this.score.clip.bars.at(at + 1e-3)
    if (known.bar === bar && known.length === length && Math.abs(known.start - at) < 1e-2) return
    // Before the first note nothing is known but this: the bars before it are counted back from here.
    const back = this.score.clip.notes.length ? 0 : Math.ceil(Math.max(0, at) / length)
    this.score.setMeter(at - back * length, this.numerator, this.denominator, bar - back)
  }

  heardPart(channel, instrument, player) {
    this.score.part(channel, instrument, player)
    this.parts = this.parts.filter((part) => part.channel !== channel)
    if (player !== 'nobody') this.parts.push({ channel, instrument, player })
    this.parts.sort((a, b) => a.channel - b.channel)
    this.dispatchEvent(new Event('change'))
  }

  heardSet(name, value) {
    this.settings.set(name, value)
    this.dispatchEvent(new Event('change'))
  }

  heardOn(at, channel, pitch, velocity) {
    if (velocity === 0) return this.score.off(at, channel, pitch)
    this.score.on(at, channel, pitch, velocity, true)
  }

  heardOff(at, channel, pitch) {
    this.score.off(at, channel, pitch)
  }

  /** What was played before this page looked, or while it was away. */
  heardPlayed(player, from, to, channel, pitch, velocity) {
    this.score.played(from, to, channel, pitch, velocity, player === 'musician')
  }

  /** The book plays the ends by the clock; the beginnings come from the one who let them sound. */
  heardSounded(note, at) {
    const event = this.book.sounded(note)
    if (!event) return
    this.score.on(at, event.channel, event.pitch, event.velocity, false)
    this.book.sounding.set(note, event)
  }

  heardMissed(note) {
    this.missedNotes++
    this.book.sounded(note)
  }

  /** Lets go of what is past. Called as often as the page is drawn. */
  tick() {
    if (!this.playing) return
    const { at } = this
    for (const [note, event] of [...this.book.sounding]) {
      const end = this.book.endBefore(note, at)
      if (end === null) continue
      this.score.off(end, event.channel, event.pitch)
      this.book.sounding.delete(note)
    }
    this.book.forget(at - 1)
    this.score.grow(at)
  }
}
