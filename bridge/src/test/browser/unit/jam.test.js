// A jam: what it hands to the synthesizer where something breaks, and what it says to the engine.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Jam, say } from '../page.js'
import { SynthByHand } from '../support/by-hand.js'

const BASS = 1

async function jamming() {
  const synth = new SynthByHand()
  const sent = []
  const jam = new Jam(synth, (packet) => sent.push(packet))
  await jam.start()
  return { synth, sent, jam }
}

/** The model's notes, one a quarter note; each is held until the next. */
function plan(jam) {
  jam.plan(jam.clock.epoch, 0, 0, 8)
  for (let note = 1; note <= 8; note++) {
    jam.planOn(note, note - 0.5, BASS, 40 + note, 80)
    jam.planOff(note, note + 0.5)
  }
}

/** Around the beginning of a note, every two milliseconds. */
const moments = Array.from({ length: 20 }, (_, count) => 0.5 * 60 / 110 - 0.03 + count / 500)

test('panic, a stop, another meter and an engine that goes away end the notes that are on their way too', async () => {
  const breaks = {
    panic: (jam) => jam.panic(), stop: (jam) => jam.stop(), meter: (jam) => jam.setMeter(3, 4), alone: (jam) => jam.alone(),
    'tempo, then panic': (jam) => {
      jam.setTempo(400)
      jam.panic()
    }
  }
  for (const [name, act] of Object.entries(breaks)) {
    for (const moment of moments) {
      const { synth, jam } = await jamming()
      plan(jam)
      synth.pass(moment)
      act(jam)
      synth.pass(0.2)
      assert.deepEqual(synth.sounding(BASS), [], `${name}, ${moment} s after the beginning`)
      jam.stop()
    }
  }
})

test('an end is an order for the moment: whoever is back is told the settings, and not to end once more', async () => {
  const { sent, jam } = await jamming()
  const told = (packet) => sent.filter((one) => Buffer.from(one).equals(Buffer.from(packet))).length
  jam.set('density', 3)
  jam.set('end', 4)
  jam.introduce()
  assert.deepEqual([told(say.set('density', 3)), told(say.set('end', 4))], [2, 1])
  jam.stop()
})

test('when the musician is to let go, every key is up and the pedal too, once', async () => {
  const { synth, sent, jam } = await jamming()
  jam.keyDown('KeyA', 60, 80)
  jam.keyDown('a keyboard 0 64', 64, 80)
  jam.pedal(127)
  synth.pass(0.1)
  jam.letGo()
  assert.deepEqual([synth.sounding(0), synth.pedals.get(0), jam.held.size], [[], 0, 0])
  const before = sent.length
  jam.letGo()
  assert.equal(sent.length, before)
  jam.stop()
})

test('who takes over another part lets go of the one before: no pedal stays down there', async () => {
  const { synth, sent, jam } = await jamming()
  jam.keyDown('a keyboard 0 60', 60, 80)
  jam.pedal(127)
  const { at } = jam
  jam.setParts(jam.parts.map((part) => ({ ...part, player: part.channel === BASS ? 'musician' : 'model' })))
  jam.pedal(0)
  assert.deepEqual([synth.pedals.get(0), synth.sounding(0), jam.held.size], [0, [], 0])
  assert.ok(sent.some((packet) => Buffer.from(packet).equals(Buffer.from(say.control(at, 0, 64, 0)))))
  jam.stop()
})

test('what changes in other parts leaves the musician\'s keys and pedal as they are', async () => {
  const { synth, jam } = await jamming()
  jam.keyDown('a keyboard 0 60', 60, 80)
  jam.pedal(127)
  jam.setParts([...jam.parts, { channel: 2, instrument: 'flute', player: 'model' }])
  assert.deepEqual([synth.pedals.get(0), jam.held.size], [127, 1])
  jam.stop()
})

test('a jam that is stopped while the sounds are loaded does not begin when they are there', async () => {
  const synth = new SynthByHand()
  let loaded
  synth.open = () => new Promise((resolve) => { loaded = resolve })
  const jam = new Jam(synth, () => {})
  const begun = jam.start()
  jam.stop()
  loaded()
  await begun
  assert.equal(jam.playing, false)
})

test('a key a semitone from a kept note leaves the bars kept until the engine makes them anew: only it knows where its commit line is', async () => {
  const { synth, jam } = await jamming()
  plan(jam)
  const { kept, to } = jam.book
  kept.keep(to, to)
  for (let count = 0; count < 2; count++) kept.grow(to)
  synth.pass(0.5 * 60 / 110 - 0.019)
  assert.equal(jam.book.planned()[0].pitch, 41)
  jam.keyDown('a keyboard 0 42', 42, 80)
  jam.plan(jam.clock.epoch, 1, to, to + 1)
  assert.equal(kept.until, to)
  jam.keyDown('a keyboard 0 46', 46, 80)
  jam.plan(jam.clock.epoch, 2, 1, to + 1)
  assert.equal(kept.until, 0)
  jam.stop()
})

test('the metronome clicks on the beats, higher on the first of a bar; switched on between two beats it waits for the next', async () => {
  const { synth, jam } = await jamming()
  const clicks = []
  synth.noteOn = (channel, pitch, velocity, time) => clicks.push([(time - 1) * 110 / 60, pitch])
  const beats = () => clicks.splice(0).map(([at, pitch]) => [Math.round(at * 1e6) / 1e6, pitch])
  synth.pass(1.5 * 60 / 110)
  jam.metronome.on = true
  synth.pass(3 * 60 / 110)
  assert.deepEqual(beats(), [[2, 77], [3, 77], [4, 76]])
  jam.setMeter(3, 4)
  synth.pass(3.5 * 60 / 110)
  assert.deepEqual(beats().map(([, pitch]) => pitch), [76, 77, 77, 76])
  jam.stop()
})
