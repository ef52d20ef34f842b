// Plays a clip on the synthesizer, on the sound device's clock, a little ahead of it; the clip may still be growing.

import { instrument } from '../music/instruments.js'
import { Ticker } from './ticker.js'

const TICK_MS = 25
const AHEAD_SECONDS = 0.12
const DRUM_CHANNEL = 9

/** Tells `change` when it starts, stops or something is muted, and `end` when the music is over. */
export class Player extends EventTarget {
  #ticker = new Ticker(TICK_MS, () => this.#tick())
  #segments = []
  #scheduled = 0
  #sounding = []
  #resting = 0
  /** Which wish to play or to stop was the last: the sounds may take seconds to load. */
  #wish = 0

  constructor(synth) {
    super()
    this.synth = synth
    this.clip = null
    this.rate = 1
    this.playing = false
    this.loop = null
    this.muted = new Set()
    this.solo = new Set()
    /** True while the clip grows: then the player waits at its end instead of stopping. */
    this.growing = false
  }

  /**
   * Shows another clip to the player. The position stays: so two takes can be compared while they play; and so does the musician's
   * tempo, unless the clip is written in another one than the clip before.
   */
  load(clip) {
    const at = this.position
    this.#hush()
    if (this.clip && names(this.clip) !== names(clip)) this.allHeard()
    if (this.clip && written(this.clip) !== written(clip)) this.rate = 1
    this.clip = clip
    this.map = clip.tempoMap(this.rate)
    this.partsChanged()
    if (this.playing) this.#from(Math.min(at, clip.length))
    else this.#resting = Math.min(at, clip.length)
  }

  /** Where it stands, in quarter notes, as it is heard. */
  get position() {
    if (!this.playing) return this.#resting
    const heard = this.synth.now - this.synth.latency
    const segment = this.#segments.findLast((candidate) => candidate.time <= heard) ?? this.#segments[0]
    return Math.max(segment.at, this.map.quarters(this.map.seconds(segment.at) + heard - segment.time))
  }

  /** Starts at `at` quarter notes. Resolves when it plays, or is no longer to; rejects where there is no sound. */
  async play(at) {
    this.#resting = at
    const wish = ++this.#wish
    await this.synth.open()
    if (wish !== this.#wish) return
    this.#hush()
    this.#instruments()
    this.playing = true
    this.#from(at)
    this.#ticker.start()
    this.#changed()
  }

  stop() {
    this.#wish++
    if (!this.playing) return
    this.#resting = this.position
    this.#ticker.stop()
    this.#hush()
    this.playing = false
    this.#changed()
  }

  seek(at) {
    this.#hush()
    if (this.playing) this.#from(at)
    else this.#resting = at
    this.#changed()
  }

  /** How fast: 1 as written. */
  setRate(rate) {
    const at = this.position
    this.rate = rate
    if (!this.clip) return
    // By the old tempo: it says when what is on its way begins.
    this.#hush()
    this.map = this.clip.tempoMap(rate)
    if (this.playing) this.#from(at)
  }

  /** Repeats from `from` to the end, or no more. */
  setLoop(from) {
    this.loop = from === null ? null : { from }
    this.#changed()
  }

  mute(part, on) {
    this.#toggle(this.muted, part, on)
  }

  soloPart(part, on) {
    this.#toggle(this.solo, part, on)
  }

  /** Nobody is muted or heard alone any more. */
  allHeard() {
    this.muted.clear()
    this.solo.clear()
    this.#changed()
  }

  audible(part) {
    return this.solo.size ? this.solo.has(part) : !this.muted.has(part)
  }

  /** The clip has a new part, or one has another instrument. While nothing plays here, others may have the synthesizer. */
  partsChanged() {
    if (this.playing) this.#instruments()
  }

  #toggle(set, part, on) {
    if (on) set.add(part)
    else set.delete(part)
    this.#sounding = this.#sounding.filter((one) => {
      if (this.audible(one.note.part)) return true
      this.#cut(one)
      return false
    })
    this.#changed()
  }

  #instruments() {
    this.clip?.parts.forEach((part, index) => this.synth.instrument(this.#channel(index), part.instrument))
  }

  /** Parts take the synthesizer's channels in turn, drums the drum channel. */
  #channel(part) {
    if (instrument(this.clip.parts[part].instrument).drums) return DRUM_CHANNEL
    const melodic = this.clip.parts.slice(0, part).filter((other) => !instrument(other.instrument).drums).length
    const channel = melodic % 15
    return channel < DRUM_CHANNEL ? channel : channel + 1
  }

  #from(at) {
    this.#segments = [{ time: Math.max(this.synth.now + 0.03, this.synth.clear), at }]
    this.#scheduled = at
    this.#tick()
  }

  #hush() {
    if (!this.#sounding.length && !this.playing) return
    for (const one of this.#sounding) this.#cut(one)
    this.#sounding = []
    this.synth.silence(AHEAD_SECONDS + 0.03)
  }

  /** Ends a note at once. One that was given for later cannot be taken back: an end before its beginning would be lost. */
  #cut({ note, channel, segment }) {
    this.synth.noteOff(channel, note.pitch, Math.max(this.synth.now, this.#time(segment, note.at)))
  }

  #tick() {
    if (!this.playing) return
    const until = this.synth.now + AHEAD_SECONDS
    for (;;) {
      const segment = this.#segments.at(-1)
      const end = this.clip.length
      const reach = this.map.quarters(this.map.seconds(segment.at) + Math.max(0, until - segment.time))
      this.#schedule(Math.min(reach, end), segment)
      if (reach < end || !this.#over(segment, end)) break
    }
    this.#endDue(until)
    this.#segments = this.#segments.slice(-8)
  }

  /** At the end of the music: true where it goes on from another place. */
  #over(segment, end) {
    const time = this.#time(segment, end)
    if (this.growing) {
      this.#segments = [{ time: this.synth.now + AHEAD_SECONDS, at: end }]
      this.#scheduled = end
      return false
    }
    if (this.loop && this.loop.from < end) {
      this.#endAll(time)
      this.#segments.push({ time, at: this.loop.from })
      this.#scheduled = this.loop.from
      return true
    }
    if (this.synth.now < time) return false
    this.stop()
    // Where the last of it has yet to reach the ear it stands a little before.
    this.#resting = end
    this.dispatchEvent(new Event('end'))
    return false
  }

  #schedule(to, segment) {
    const notes = this.clip.notes
    let index = this.#firstAt(this.#scheduled)
    for (; index < notes.length && notes[index].at < to; index++) {
      const note = notes[index]
      if (!this.audible(note.part)) continue
      const channel = this.#channel(note.part)
      const time = this.#time(segment, note.at)
      this.#sounding = this.#sounding.filter((other) => {
        if (other.channel !== channel || other.note.pitch !== note.pitch) return true
        this.synth.noteOff(channel, note.pitch, Math.min(time, this.#time(other.segment, this.#end(other.note))))
        return false
      })
      this.synth.noteOn(channel, note.pitch, note.velocity, time)
      this.#sounding.push({ note, channel, segment })
    }
    this.#scheduled = Math.max(this.#scheduled, to)
  }

  #endDue(until) {
    this.#sounding = this.#sounding.filter(({ note, channel, segment }) => {
      if (!note.length && this.growing) return true
      const time = this.#time(segment, this.#end(note))
      if (time > until) return true
      this.synth.noteOff(channel, note.pitch, time)
      return false
    })
  }

  #endAll(time) {
    for (const { note, channel, segment } of this.#sounding) {
      this.synth.noteOff(channel, note.pitch, Math.min(time, this.#time(segment, this.#end(note))))
    }
    this.#sounding = []
  }

  #end(note) {
    return note.at + (note.length || 0.1)
  }

  #time(segment, at) {
    return segment.time + this.map.seconds(at) - this.map.seconds(segment.at)
  }

  #firstAt(at) {
    const notes = this.clip.notes
    let low = 0
    let high = notes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (notes[middle].at < at) low = middle + 1
      else high = middle
    }
    return low
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}

/** The tempo that a clip begins in, as it is shown. */
function written(clip) {
  return Math.round(clip.tempoMap().bpm(0))
}

/** Who plays, in order: where it is the same, a part's number means the same player. */
function names(clip) {
  return clip.parts.map((part) => part.instrument).join(' ')
}
