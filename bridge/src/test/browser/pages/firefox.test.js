// The page in Firefox: the other half of the browsers that musicians have.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { EngineProcess } from '../support/engine.js'
import { SoundServer, lacks, launch, open } from '../support/firefox.js'

const missing = lacks()
const options = { skip: missing ? `left out: ${missing}` : false }
const PATIENCE = { timeout: 60_000 }

let engine
let sound
let browser
let page

before(async () => {
  if (missing) return
  engine = await new EngineProcess().start()
  sound = await new SoundServer().start()
  browser = await launch(sound.environment)
  page = await open(browser, engine.address)
})

after(async () => {
  await browser?.close()
  sound?.close()
  await engine?.close()
})

/** Presses the button and waits for the take. */
async function make(page) {
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.tree.takes.size && !continuo.compose.making, PATIENCE)
}

test('in Firefox a take is made, shown and heard', options, async () => {
  await make(page)
  await page.click('#play-start')
  const loud = await page.evaluate(async () => {
    const { synth, compose: { player } } = continuo
    const until = performance.now() + 30_000
    let most = 0
    while (player.position < 4 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      if (!synth.tap) continue
      const samples = new Float32Array(synth.tap.fftSize)
      synth.tap.getFloatTimeDomainData(samples)
      most = Math.max(most, ...samples.map(Math.abs))
    }
    return { most, position: player.position }
  })
  await page.click('#stop')
  assert.ok(loud.position >= 4, `after half a minute it stands at quarter ${loud.position}`)
  assert.ok(loud.most > 0.003, `loudness ${loud.most}`)
  assert.deepEqual(page.errors, [])
})

test('in Firefox the musician and the model play together', options, async (context) => {
  await page.click('#tab-live')
  await page.waitForFunction(() => continuo.live?.socket.isOpen, PATIENCE)
  await page.click('#live-start')
  await page.waitForFunction(() => continuo.live.jam.playing, PATIENCE)
  for (const letter of 'adgkgdasdfgh') {
    await page.keyboard.down(letter)
    await new Promise((resolve) => setTimeout(resolve, 240))
    await page.keyboard.up(letter)
    await new Promise((resolve) => setTimeout(resolve, 240))
  }
  const played = await page.evaluate(() => {
    const { jam } = continuo.live
    const { notes } = jam.score.clip
    return { at: jam.at, mine: notes.filter((note) => note.mine).length, models: notes.filter((note) => !note.mine).length,
      reaction: jam.reactionMs }
  })
  context.diagnostic(`in ${played.at.toFixed(1)} quarters ${played.models} notes of the model, reaction ${played.reaction} ms`)
  await page.click('#live-start')
  assert.equal(played.mine, 12)
  assert.ok(played.models > 0, 'the model played nothing')
  assert.deepEqual(page.errors, [])
})

test('where the browser starts no sound device, the page says so', options, async () => {
  const nowhere = { ...sound.environment, XDG_RUNTIME_DIR: engine.folder, PULSE_SERVER: 'unix:/nowhere' }
  const other = await launch(nowhere)
  try {
    const silent = await open(other, engine.address)
    await make(silent)
    await silent.click('#play-start')
    await silent.waitForFunction(() => document.querySelector('#said').textContent.startsWith('No sound'), PATIENCE)
    assert.equal(await silent.$eval('#said', (said) => said.textContent), 'No sound: the browser does not start its sound device.')
    assert.equal(await silent.evaluate(() => continuo.compose.player.playing), false)
  } finally {
    await other.close()
  }
})
