// What makes the sound: spessasynth in an audio worklet, with the instruments of one SoundFont. Both come from npm at
// build time; where the build had none, the page is silent and says so.

import { INSTRUMENTS } from '../music/instruments.js'
import { Lag } from './lag.js'

const VENDOR = new URL('../../vendor/', import.meta.url)
const DRUM_CHANNEL = 9
const SPARE_CHANNEL = 16
const SUSTAIN = 64
const LIFT = 1.6

/** Questions that tell how far the synthesizer is behind before it first plays; any answer may be slow. */
const LAG_QUESTIONS = 3

/** Longest that the sounds may take to load, and the device to start. */
const LOAD_MS = 30_000
const START_MS = 5_000

/** Firefox that is asked while its sound device starts, which cannot be told, stands still for good (seen in 153). */
const ASKS_LATENCY = !navigator.userAgent.includes('Firefox/')

/** One synthesizer for the page. Nothing is fetched and no sound device is opened before `open`. */
export class Synth extends EventTarget {
  #opening = null
  #programs = new Map()
  #lag = new Lag()

  constructor() {
    super()
    this.context = null
    this.player = null
    this.state = 'closed'
    this.clear = 0
    this.loudness = 0.9
  }

  /**
   * Opens the sound device, from a click or a key: browsers allow it there only. Resolves when notes can sound; rejects where
   * there are no sounds, or no device that runs.
   */
  async open() {
    this.context ??= new AudioContext({ latencyHint: 'interactive' })
    const runs = this.context.state === 'running'
      || inTime(this.context.resume(), START_MS, 'the browser does not start its sound device')
    this.#opening ??= inTime(this.#load(), LOAD_MS, 'the synthesizer does not start').catch((error) => {
      this.#opening = null
      this.#say('failed')
      throw error
    })
    await Promise.all([this.#opening, runs])
  }

  /** Seconds on the sound device's clock; 0 before it is open. */
  get now() {
    return this.context?.currentTime ?? 0
  }

  /** Seconds from there to the ear, as far as the browser can be asked. */
  get latency() {
    return ASKS_LATENCY && this.context?.outputLatency || 0
  }

  /** Channel `channel` plays an instrument from now on; drums always play on the drum channel, whatever is asked. */
  instrument(channel, name) {
    if (this.#programs.get(channel) === name) return
    this.#programs.set(channel, name)
    if (this.player) this.#tune(channel, name)
  }

  /** A note at `time` seconds of this clock; in the past means now. */
  noteOn(channel, pitch, velocity, time) {
    this.player?.noteOn(this.#place(channel), pitch, velocity, this.#when(time))
  }

  noteOff(channel, pitch, time) {
    this.player?.noteOff(this.#place(channel), pitch, this.#when(time))
  }

  pedal(channel, value) {
    this.player?.controllerChange(this.#place(channel), SUSTAIN, value)
  }

  /**
   * Ends everything at once. Notes may have been given for up to `ahead` seconds from now: nothing is heard for so long,
   * since a note that was given cannot be taken back. `clear` says when sound is back.
   */
  silence(ahead) {
    if (!this.player) return
    this.player.stopAll(true)
    this.clear = this.now + ahead
    const gain = this.gate.gain
    gain.cancelScheduledValues(this.now)
    gain.setTargetAtTime(0, this.now, 0.002)
    gain.setValueAtTime(1, this.clear)
  }

  /** Loudness of the whole, 0 to 1. */
  volume(value) {
    this.loudness = value
    if (this.out) this.out.gain.setTargetAtTime(value * LIFT, this.context.currentTime, 0.02)
  }

  async #load() {
    this.#say('loading')
    const [{ WorkletSynthesizer }, font] = await Promise.all([
      import(new URL('spessasynth_lib.js', VENDOR)),
      fetch(new URL('FluidR3Mono_GM.sf3', VENDOR)).then((answer) => {
        if (!answer.ok) throw new Error('no SoundFont was built into this engine')
        return answer.arrayBuffer()
      }),
      this.context.audioWorklet.addModule(new URL('spessasynth_processor.js', VENDOR))
    ])
    const player = new WorkletSynthesizer(this.context, { audioNodeCreators: { worklet: (...asked) => this.#node(...asked) } })
    await player.soundBankManager.addSoundBank(font, 'main')
    await player.isReady
    // A seventeenth channel for who stands on the drum channel and is no drummer.
    player.addNewChannel()
    this.gate = this.context.createGain()
    this.gate.gain.value = 1
    this.out = this.context.createGain()
    this.out.gain.value = this.loudness * LIFT
    // One piano is not faint, and ten instruments at once are not torn.
    const limiter = new DynamicsCompressorNode(this.context, { threshold: -8, knee: 6, ratio: 12, attack: 0.003, release: 0.15 })
    this.tap = this.context.createAnalyser()
    player.connect(this.gate)
    this.gate.connect(this.out).connect(limiter).connect(this.tap).connect(this.context.destination)
    for (let count = 0; count < LAG_QUESTIONS; count++) await player.getSnapshot()
    this.player = player
    for (const [channel, name] of this.#programs) this.#tune(channel, name)
    this.#say('open')
  }

  /** The synthesizer's node; each of its messages says where its clock stands. */
  #node(context, name, options) {
    const node = new AudioWorkletNode(context, name, options)
    const lag = this.#lag = new Lag()
    node.port.addEventListener('message', ({ data }) => lag.hear(data.currentTime, context.currentTime))
    return node
  }

  /** A time of this clock, as the synthesizer wants it. */
  #when(time) {
    return time === undefined ? undefined : { time: time - this.#lag.seconds }
  }

  #tune(channel, name) {
    const sound = INSTRUMENTS.find((instrument) => instrument.name === name) ?? INSTRUMENTS[0]
    if (sound.drums) return
    this.player.programChange(this.#place(channel), sound.program)
  }

  /** A channel of the band on the synthesizer: drums on its drum channel, and whoever stands there elsewhere. */
  #place(channel) {
    if (this.#programs.get(channel) === 'drums') return DRUM_CHANNEL
    return channel === DRUM_CHANNEL ? SPARE_CHANNEL : channel
  }

  #say(state) {
    this.state = state
    this.dispatchEvent(new Event('change'))
  }
}

function inTime(promise, ms, otherwise) {
  return Promise.race([promise, new Promise((_, reject) => {
    setTimeout(() => reject(new Error(otherwise)), ms)
  })])
}
