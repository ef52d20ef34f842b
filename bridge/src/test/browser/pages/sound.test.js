// The audio graph: what comes out of it is looked at, sample by sample.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { choose } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'

const NAMES = ['piano', 'violin', 'cello', 'bass', 'guitar', 'flute', 'clarinet', 'trumpet', 'harp', 'drums']
const { open } = engineAndBrowser()
let page

before(async () => {
  page = await open()
})

/** Chooses the Turkish March and waits until it is on the roll. */
async function showMarch(page) {
  await choose(page, 'prompt', 'turkish-march')
  const count = await page.evaluate(async () => (await continuo.engine.prompt('turkish-march')).notes.length)
  await page.waitForFunction((notes) => continuo.compose.shown?.clip.notes.length === notes, count)
}

/** What the tap hears while `act` runs: loudness, and how it is spread over 24 bands of pitch. */
function listen(name) {
  return page.evaluate(async (instrument) => {
    const { synth } = continuo
    await synth.open()
    const { tap } = synth
    tap.fftSize = 8192
    tap.smoothingTimeConstant = 0
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
    const samples = new Float32Array(tap.fftSize)
    const loudness = () => {
      tap.getFloatTimeDomainData(samples)
      return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length)
    }
    synth.instrument(instrument === 'drums' ? 9 : 2, instrument)
    const channel = instrument === 'drums' ? 9 : 2
    const pitch = instrument === 'drums' ? 38 : 60
    // The first time its samples are decoded; what counts is the second.
    synth.noteOn(channel, pitch, 100)
    await wait(900)
    synth.noteOff(channel, pitch)
    synth.silence(0.1)
    await wait(600)
    const before = loudness()
    synth.noteOn(channel, pitch, 100)
    let loud = 0
    const bins = new Float32Array(tap.frequencyBinCount)
    for (let count = 0; count < 16; count++) {
      await wait(30)
      const now = loudness()
      if (now <= loud) continue
      loud = now
      tap.getFloatFrequencyData(bins)
    }
    synth.noteOff(channel, pitch)
    synth.silence(0.1)
    const bands = Array(24).fill(0)
    bins.forEach((decibel, bin) => {
      const band = Math.floor(Math.log2(Math.max(1, bin)) * 2)
      if (band < 24) bands[band] += 10 ** (decibel / 10)
    })
    const whole = bands.reduce((sum, value) => sum + value, 0)
    return { before, loud, bands: bands.map((value) => Math.sqrt(value / whole)) }
  }, name)
}

test('every instrument sounds, and none like another', async (context) => {
  const heard = new Map()
  for (const name of NAMES) heard.set(name, await listen(name))
  for (const [name, { before: silence, loud }] of heard) {
    assert.ok(silence < loud / 20, `${name}: ${silence} before it played, ${loud} after`)
    assert.ok(loud > 0.003, `${name}: loudness ${loud}`)
  }
  let nearest = { likeness: 0 }
  for (const a of NAMES) {
    for (const b of NAMES.slice(NAMES.indexOf(a) + 1)) {
      const likeness = heard.get(a).bands.reduce((sum, value, band) => sum + value * heard.get(b).bands[band], 0)
      if (likeness > nearest.likeness) nearest = { likeness, a, b }
      assert.ok(likeness < 0.999, `${a} and ${b} sound alike: ${likeness}`)
    }
  }
  context.diagnostic(`nearest: ${nearest.a} and ${nearest.b}, ${nearest.likeness.toFixed(4)} of 1`)
})

test('a clip plays from the start and stops; a muted one is silent', async () => {
  await showMarch(page)
  const loudness = () => page.evaluate(async () => {
    const samples = new Float32Array(continuo.synth.tap.fftSize)
    let most = 0
    for (let count = 0; count < 12; count++) {
      continuo.synth.tap.getFloatTimeDomainData(samples)
      most = Math.max(most, ...samples.map(Math.abs))
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    return most
  })
  await page.click('#play-start')
  await page.waitForFunction(() => continuo.compose.player.playing && continuo.compose.player.position > 0.5)
  const loud = await loudness()
  assert.ok(loud > 0.003, `${loud} while it plays`)
  await page.click('[data-act=mute]')
  await page.waitForTimeout(2500)
  const muted = await loudness()
  assert.ok(muted < loud / 10, `${muted} muted, ${loud} before`)
  await page.click('[data-act=mute]')
  await page.click('#stop')
  assert.equal(await page.evaluate(() => continuo.compose.player.playing), false)
  await page.waitForTimeout(800)
  const stopped = await loudness()
  assert.ok(stopped < loud / 10, `${stopped} stopped, ${loud} before`)
})

/** How many seconds after the playhead passed it the clip's first note is heard. */
async function afterPlayhead(page) {
  await showMarch(page)
  await page.evaluate(() => continuo.compose.transport.play(0))
  const late = await page.evaluate(async () => {
    const { synth: { tap }, compose: { player } } = continuo
    tap.fftSize = 512
    const samples = new Float32Array(tap.fftSize)
    const first = player.clip.notes[0].at
    for (;;) {
      tap.getFloatTimeDomainData(samples)
      const { position } = player
      if (Math.max(...samples.map(Math.abs)) > 0.003 || position > first + 4) {
        return player.map.seconds(position) - player.map.seconds(first)
      }
      await new Promise((resolve) => setTimeout(resolve, 4))
    }
  })
  await page.click('#stop')
  return late
}

/** The synthesizer is told, when it is made, that it is so many seconds earlier, as a browser's audio thread tells it at times. */
async function beginsBehind(page, seconds) {
  await page.evaluate((seconds) => {
    const behind = `const { get } = Object.getOwnPropertyDescriptor(globalThis, 'currentTime')
      Object.defineProperty(globalThis, 'currentTime', { get: () => get.call(globalThis) - ${seconds} })`
    const { addModule } = AudioWorklet.prototype
    AudioWorklet.prototype.addModule = async function (module) {
      await addModule.call(this, URL.createObjectURL(new Blob([behind], { type: 'text/javascript' })))
      return addModule.call(this, module)
    }
  }, seconds)
}

test('a note is heard when the playhead reaches it, also where the synthesizer began with a clock that was behind', async (context) => {
  for (const behind of [0, 0.1, 0.5]) {
    const other = await open({ bypassCSP: true })
    try {
      await beginsBehind(other, behind)
      const late = await afterPlayhead(other)
      context.diagnostic(`${behind} s behind: heard ${(late * 1000).toFixed(0)} ms after the playhead`)
      assert.ok(Math.abs(late) < 0.08, `${behind} s behind: heard ${late} s after the playhead`)
    } finally {
      await other.context().close()
    }
  }
})

test('loop begins again at the line, another tempo plays faster', async () => {
  await page.evaluate(() => {
    const { compose } = continuo
    compose.player.setRate(8)
    return compose.transport.play(0)
  })
  await page.click('#loop')
  const length = await page.evaluate(() => continuo.compose.shown.clip.length)
  const passes = await page.evaluate(async () => {
    const { player } = continuo.compose
    let back = 0
    let last = 0
    const until = performance.now() + 8000
    while (performance.now() < until && back < 2) {
      if (player.position < last - 1) back++
      last = player.position
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return back
  })
  assert.equal(passes, 2, `two wraps of ${length} quarter notes`)
  await page.evaluate(() => {
    continuo.compose.transport.stop()
    continuo.compose.player.setLoop(null)
    continuo.compose.player.setRate(1)
  })
})

test('the loudness that was set is still that after a reload', async (t) => {
  const other = await open()
  t.after(() => other.context().close())
  await other.fill('#volume', '0.3')
  await other.reload()
  await other.waitForSelector('html[data-ready=yes]')
  assert.deepEqual(await other.evaluate(() => [document.querySelector('#volume').value, continuo.synth.loudness]), ['0.3', 0.3])
})
