// The words of the protocol (SPEC.md, sections 5 to 8): what a client says, as bytes, and what it hears, checked.

import { decode, encode, Refusal } from './packet.js'

export const VERSION = 1

/** Flags of `transport` (7.1). */
export const PLAYING = 1
export const LOOPING = 4
export const HAS_TEMPO = 8
export const HAS_METER = 16
export const HAS_BEAT = 32
export const HAS_BAR_START = 64

/** What a client says: each gives the bytes of one packet. */
export const say = {
  hello: (version, kind, band, token) => encode('/continuo/hello', 'isss', version, kind, band, token),
  goodbye: () => encode('/continuo/goodbye', ''),
  ping: (number) => encode('/continuo/ping', 'i', number),
  query: () => encode('/continuo/query', ''),
  counters: () => encode('/continuo/counters', ''),
  part: (channel, instrument, player) => encode('/continuo/part', 'iss', channel, instrument, player),
  set: (name, value) => encode('/continuo/set', typeof value === 'number' ? 'sd' : 'ss', name, value),
  register: (channel, low, high) => encode('/continuo/register', 'iii', channel, low, high),
  panic: () => encode('/continuo/panic', ''),
  keep: () => encode('/continuo/keep', ''),
  discard: () => encode('/continuo/discard', ''),
  keepUntil: (at) => encode('/continuo/keep/until', 'd', at),
  discardFrom: (at) => encode('/continuo/discard/from', 'd', at),
  capture: () => encode('/continuo/capture', ''),
  watch: () => encode('/continuo/watch', ''),
  bands: () => encode('/continuo/bands', ''),
  transport: (flags, epoch, performance, beat, tempo, numerator, denominator, barStart, loopStart, loopEnd) =>
    encode('/continuo/transport', 'iidddiiddd', flags, epoch, performance, beat, tempo, numerator, denominator,
      barStart, loopStart, loopEnd),
  noteOn: (at, channel, pitch, velocity) => encode('/continuo/note/on', 'diii', at, channel, pitch, velocity),
  noteOff: (at, channel, pitch) => encode('/continuo/note/off', 'dii', at, channel, pitch),
  control: (at, channel, controller, value) => encode('/continuo/control', 'diii', at, channel, controller, value),
  sounded: (note, at) => encode('/continuo/sounded', 'id', note, at),
  missed: (note) => encode('/continuo/missed', 'i', note)
}

// Arguments: n a whole number with its limits, t performance time, d any finite number, v any number, s a text, w either.
const whole = (low, high) => ({ low, high })
const INT = whole(-(2 ** 31), 2 ** 31 - 1)
const COUNT = whole(0, 2 ** 31 - 1)
const NUMBER_OF_NOTE = whole(1, 2 ** 31 - 1)
const CHANNEL = whole(0, 15)
const SEVEN_BITS = whole(0, 127)
const VELOCITY = whole(1, 127)
const heardWords = {
  '/continuo/welcome': ['welcome', INT, COUNT, 's'],
  '/continuo/pong': ['pong', INT],
  '/continuo/capability': ['capability', 's', 's'],
  '/continuo/counter': ['counter', 's', whole(-(2 ** 63), 2 ** 63)],
  '/continuo/refused': ['refusedBy', 's', 's'],
  '/continuo/captured': ['captured', 's'],
  '/continuo/band': ['band', 's', COUNT],
  '/continuo/plan': ['plan', COUNT, COUNT, 't', 't'],
  '/continuo/plan/on': ['planOn', NUMBER_OF_NOTE, 't', CHANNEL, SEVEN_BITS, VELOCITY],
  '/continuo/plan/off': ['planOff', NUMBER_OF_NOTE, 't'],
  '/continuo/heard/on': ['heardOn', 't', CHANNEL, SEVEN_BITS, SEVEN_BITS],
  '/continuo/heard/off': ['heardOff', 't', CHANNEL, SEVEN_BITS],
  '/continuo/heard/control': ['heardControl', 't', CHANNEL, SEVEN_BITS, SEVEN_BITS],
  '/continuo/heard/sounded': ['heardSounded', NUMBER_OF_NOTE, 't'],
  '/continuo/heard/missed': ['heardMissed', NUMBER_OF_NOTE],
  '/continuo/heard/played': ['heardPlayed', 's', 't', 't', CHANNEL, SEVEN_BITS, VELOCITY],
  '/continuo/heard/transport':
    ['heardTransport', INT, COUNT, 't', 'v', 'v', INT, INT, 'v', 'v', 'v'],
  '/continuo/heard/part': ['heardPart', CHANNEL, 's', 's'],
  '/continuo/heard/set': ['heardSet', 's', 'w']
}

/**
 * Reads what the engine sent. Calls the method of `listener` that has the word's name (`welcome`, `planOn`, ...), where it
 * has one; `planEnd` after a plan's last event; `refused(counter)` for what is not taken (section 10).
 */
export function hear(bytes, listener) {
  let planOpen = false
  const close = () => {
    if (planOpen) listener.planEnd?.()
    planOpen = false
  }
  decode(bytes, {
    refused: (counter) => listener.refused?.(counter),
    end: close,
    message(address, args) {
      const word = heardWords[address]
      if (!word) throw new Refusal('unknown')
      const [name, ...kinds] = word
      if (name === 'plan') close()
      if ((name === 'planOn' || name === 'planOff') && !planOpen) throw new Refusal('no_plan')
      if (args.length !== kinds.length) throw new Refusal('argument_count')
      kinds.forEach((kind, index) => check(kind, args[index]))
      if (name === 'plan') {
        if (args[3] < args[2]) throw new Refusal('out_of_range')
        planOpen = true
      }
      if (name === 'heardPlayed' && args[2] < args[1]) throw new Refusal('out_of_range')
      listener[name]?.(...args)
    }
  })
}

function check(kind, value) {
  if (kind === 's') {
    if (typeof value !== 'string') throw new Refusal('argument_type')
    return
  }
  if (kind === 'w' && typeof value === 'string') return
  if (typeof value !== 'number') throw new Refusal('argument_type')
  if (kind === 'v') return
  if (!Number.isFinite(value)) throw new Refusal('not_finite')
  if (kind === 't' && (value < 0 || value > 1e9)) throw new Refusal('out_of_range')
  if (typeof kind === 'object') {
    if (!Number.isInteger(value)) throw new Refusal('argument_type')
    if (value < kind.low || value > kind.high) throw new Refusal('out_of_range')
  }
}
