// The player: what it hands to the synthesizer when something is changed while a clip plays.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Clip, Player } from '../page.js'
import { SynthByHand } from '../support/by-hand.js'

const PIANO = 0
const BASS = 1

/** Piano and bass for two bars, at 120 a minute, then a rest of ten bars before a last note. */
const clip = () => new Clip({ parts: [{ instrument: 'piano' }, { instrument: 'bass' }], notes: [
  ...Array.from({ length: 16 }, (_, count) => ({ part: count % 2, pitch: 60 + count % 3, velocity: 80, at: count / 2, length: 0.4 })),
  { part: 0, pitch: 72, velocity: 80, at: 48, length: 1 }] })

async function playing(shown = clip(), latency = 0) {
  const synth = new SynthByHand(latency)
  const player = new Player(synth)
  player.load(shown)
  await player.play(0)
  return { synth, player }
}

/** From the beginning to a beat later, every 20 ms: so that some notes are on their way to the synthesizer. */
const moments = Array.from({ length: 25 }, (_, count) => count / 50)

test('who is muted, or is not the one heard alone, sounds no more, whenever that is said', async () => {
  for (const act of [(player) => player.mute(PIANO, true), (player) => player.soloPart(BASS, true)]) {
    for (const moment of moments) {
      const { synth, player } = await playing()
      synth.pass(moment)
      act(player)
      synth.pass(0.2)
      assert.deepEqual(synth.sounding(PIANO), [], `${moment} s after the beginning`)
      player.stop()
    }
  }
})

test('after another tempo no note sounds on, whenever that is set', async () => {
  for (const rate of [0.5, 2]) {
    for (const moment of moments) {
      const { synth, player } = await playing()
      synth.pass(moment)
      player.setRate(rate)
      synth.pass(10)
      assert.ok(player.position > 9 && player.position < 47)
      assert.deepEqual([...synth.sounding(PIANO), ...synth.sounding(BASS)], [], `rate ${rate}, ${moment} s after the beginning`)
      player.stop()
    }
  }
})

test('the tempo that the musician sets stays for what is written in the same one, as takes of one beginning are, and no longer', async () => {
  const written = (bpm) => new Clip({ ...clip().toJSON(), tempos: [{ at: 0, bpm }] })
  const { synth, player } = await playing(written(72.2))
  player.setRate(2)
  player.load(written(71.9))
  assert.equal(player.rate, 2)
  player.load(written(120))
  assert.equal(player.rate, 1)
  synth.pass(1)
  const from = player.position
  synth.pass(1)
  assert.ok(Math.abs(player.position - from - 2) < 0.1, `${player.position - from} quarter notes in a second`)
  player.load(written(72))
  assert.equal(player.rate, 1)
  player.stop()
})

test('a clip that is only shown leaves the synthesizer\'s instruments as they are; one that is played brings its own', async () => {
  const synth = new SynthByHand()
  synth.instrument(0, 'flute')
  const player = new Player(synth)
  const shown = clip()
  player.load(shown)
  shown.parts.push({ instrument: 'cello' })
  player.partsChanged()
  assert.deepEqual([...synth.instruments], [[0, 'flute']])
  await player.play(0)
  assert.deepEqual([...synth.instruments.values()], ['piano', 'bass', 'cello'])
  shown.parts.push({ instrument: 'harp' })
  player.partsChanged()
  assert.equal(synth.instruments.get(3), 'harp')
  player.load(new Clip({ parts: [{ instrument: 'violin' }] }))
  assert.equal(synth.instruments.get(0), 'violin')
  player.stop()
})

test('who is muted or heard alone stays so in another take of the same parts; among other parts all are heard', () => {
  const player = new Player(new SynthByHand())
  player.load(clip())
  player.mute(BASS, true)
  player.load(clip())
  assert.equal(player.audible(BASS), false)
  player.load(new Clip({ parts: [{ instrument: 'piano' }, { instrument: 'flute' }] }))
  assert.equal(player.audible(BASS), true)
  player.soloPart(BASS, true)
  player.load(new Clip({ parts: [{ instrument: 'piano' }] }))
  assert.equal(player.audible(PIANO), true)
})

test('when the music is over it rests at its end, also what has yet to reach the ear', async () => {
  const { synth, player } = await playing(new Clip({ parts: [{ instrument: 'piano' }], notes: [{ part: 0, pitch: 60, at: 0, length: 2 }] }), 0.04)
  let ends = 0
  player.addEventListener('end', () => ends++)
  synth.pass(2)
  assert.deepEqual([player.playing, player.position, ends], [false, 2, 1])
})

test('what is stopped while the sounds are loaded does not begin to play when they are there', async () => {
  const synth = new SynthByHand()
  let loaded
  const sounds = new Promise((resolve) => { loaded = resolve })
  synth.open = () => sounds
  const player = new Player(synth)
  player.load(clip())
  const stopped = player.play(0)
  player.stop()
  loaded()
  await stopped
  assert.equal(player.playing, false)
  await Promise.all([player.play(0), player.play(4)])
  assert.deepEqual([player.playing, player.position], [true, 4])
  player.stop()
})
