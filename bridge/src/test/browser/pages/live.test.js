// Playing live: jams on the page with scripted keys, a band that is watched, and a band of pages and a program.

import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { playLive, strike } from '../support/acts.js'
import { launch, open } from '../support/browser.js'
import { EngineProcess } from '../support/engine.js'
import { SocketClient } from '../support/socket-client.js'

let engine
let browser
let page

before(async () => {
  engine = await new EngineProcess().start()
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await engine?.close()
})

async function fresh() {
  page = await open(browser, engine.address)
  await playLive(page)
  return page
}

afterEach(async () => {
  assert.deepEqual(page.errors, [])
  assert.deepEqual(page.foreign, [])
  await page.context().close()
})

const state = (one = page) => one.evaluate(() => {
  const { jam, watch } = continuo.live
  const of = ({ score, book, at, playing }) => ({
    at, playing, planned: book.planned().length, counts: book.counts, sounding: book.sounding.size,
    mine: score.clip.notes.filter((note) => note.mine).length,
    model: score.clip.notes.filter((note) => !note.mine).map(({ part, at: begin, pitch, length, open }) => ({ part, at: begin, pitch, length, open }))
  })
  return { jam: of(jam), watch: { ...of(watch), parts: watch.parts }, said: document.querySelector('#live-said').textContent }
})

async function start() {
  await page.click('#live-start')
  await page.evaluate(() => document.activeElement.blur())
  await page.waitForFunction(() => continuo.live.jam.playing)
}

test('keys of the computer are played, the model plays beside them, and all it began it ends', async () => {
  await fresh()
  await start()
  await strike(page, 'asdfghjkasdfghjkasdf')
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.filter((note) => !note.mine).length > 8, null, { timeout: 30_000 })
  const playing = await state()
  assert.ok(playing.jam.mine >= 20)
  assert.ok(new Set(playing.jam.model.map((note) => note.part)).size >= 1)
  for (const note of playing.jam.model) assert.ok([1, 9].includes(note.part), `channel ${note.part}`)
  await page.click('#live-start')
  const stopped = await state()
  assert.equal(stopped.jam.playing, false)
  assert.equal(stopped.jam.planned, 0)
  assert.equal(stopped.jam.sounding, 0)
  assert.ok(stopped.jam.model.every((note) => !note.open && note.length < 32))
})

test('what is planned stands on the roll before it sounds, and can be kept or made anew', async () => {
  await fresh()
  await start()
  await strike(page, 'adgadgadg')
  await page.waitForFunction(() => continuo.live.jam.book.planned().length > 0, null, { timeout: 30_000 })
  await page.click('#live-keep')
  const before = await page.evaluate(() => continuo.live.jam.book.revision)
  await page.click('#live-discard')
  await page.waitForFunction((revision) => continuo.live.jam.book.revision > revision, before)
  await page.waitForSelector('#live-plan .bar')
  await page.evaluate(() => document.querySelector('#live-plan .bar button').click())
  await page.evaluate(() => document.querySelector('#live-plan .bar:last-child button:last-child').click())
  await page.waitForTimeout(500)
  assert.equal((await state()).said, '')
})

test('bars are shown as kept as long as the engine keeps them: until a break, and those before what is made anew', async () => {
  await fresh()
  // So that no tail of the first bar is all there is of it.
  await page.evaluate(() => continuo.live.jam.set('lookahead', 8))
  await start()
  const kept = () => page.evaluate(() => [...document.querySelectorAll('#live-plan .bar')].map((bar) => bar.matches('.kept')))
  const planned = () => page.waitForFunction(() => document.querySelectorAll('#live-plan .bar').length >= 3, null, { timeout: 30_000 })
  await strike(page, 'adgadg')
  await planned()
  await page.click('#live-keep')
  await page.waitForSelector('#live-plan .bar.kept')
  await page.click('#live-start')
  // The plan is drawn now and then only: what stood there before the stop is to be gone first.
  await page.waitForFunction(() => !document.querySelector('#live-plan .bar'))
  await page.click('#live-start')
  await planned()
  assert.deepEqual((await kept()).filter((one) => one), [])
  await page.evaluate(() => document.querySelector('#live-plan .bar:last-child button:last-child').click())
  await page.waitForSelector('#live-plan .bar.kept')
  assert.equal((await kept()).at(-1), false)
})

test('controls reach the engine: in mode listen it plays nothing', async () => {
  await fresh()
  await page.check('[name=live-mode][value=listen]', { force: true })
  await start()
  await strike(page, 'asdfghjkasdf')
  assert.equal((await state()).jam.model.length, 0)
  assert.equal((await state()).said, '')
})

test('a part plays in the register that it is kept to', async () => {
  await fresh()
  assert.equal(await page.isVisible('[aria-label="Register of part 1"]'), false)
  await page.selectOption('[aria-label="Register of part 2"]', 'high')
  await start()
  const bass = () => continuo.live.jam.score.clip.notes.filter((note) => note.part === 1 && !note.mine)
  // At times it holds notes of two bars.
  for (let phrase = 0; phrase < 24 && (await page.evaluate(bass)).length < 8; phrase++) await strike(page, 'asdfghjkasdf')
  const pitches = (await page.evaluate(bass)).map((note) => note.pitch)
  assert.ok(pitches.length >= 8, pitches.join(' '))
  for (const pitch of pitches) assert.ok(pitch >= 46 && pitch <= 60, pitches.join(' '))
  assert.equal((await state()).said, '')
})

test('every control is taken as it is', async () => {
  await fresh()
  await page.click('#live-controls summary')
  const ranges = await page.$$('#live-controls input[type=range]')
  assert.ok(ranges.length >= 11)
  await page.evaluate(() => {
    for (const input of document.querySelectorAll('#live-controls input[type=range]')) {
      for (const value of [input.min, input.max]) {
        input.value = value
        input.dispatchEvent(new Event('change'))
      }
    }
    for (const select of document.querySelectorAll('#live-controls select')) {
      for (const option of select.options) {
        select.value = option.value
        select.dispatchEvent(new Event('change'))
      }
    }
    const [seed, chords] = document.querySelectorAll('#live-controls details input:not([type=range])')
    seed.value = '17'
    seed.dispatchEvent(new Event('change'))
    chords.value = 'C Am F G7'
    chords.dispatchEvent(new Event('change'))
    for (const mode of document.querySelectorAll('[name=live-mode]')) mode.click()
  })
  await page.click('#live-end')
  await page.waitForTimeout(800)
  assert.equal((await state()).said, '')
})

test('the field of the seed shows the seed that holds, also after what is none', async () => {
  await fresh()
  await page.click('#live-controls summary')
  const seed = page.locator('#live-controls').getByLabel('Seed')
  const enter = async (words) => {
    await seed.fill(words)
    await seed.press('Tab')
    return seed.inputValue()
  }
  assert.equal(await enter('three'), '')
  assert.equal(await enter('17'), '17')
  for (const wrong of ['', 'three', '-4', '1.5']) assert.equal(await enter(wrong), '17')
  assert.equal(await page.evaluate(() => continuo.live.jam.settings.get('seed')), 17)
})

/** A page with a MIDI keyboard, which `pretended.send` plays and `pretended.unplug` takes away. */
async function withKeyboard() {
  page = await open(browser, engine.address, {}, () => {
    const access = { inputs: new Map(), onstatechange: null }
    window.pretended = { id: 'k1', name: 'Pretended Keys', onmidimessage: null }
    window.pretended.send = (...data) => window.pretended.onmidimessage({ data: Uint8Array.from(data) })
    window.pretended.unplug = () => {
      access.inputs.delete('k1')
      access.onstatechange()
    }
    access.inputs.set('k1', window.pretended)
    navigator.requestMIDIAccess = async () => access
  })
  await playLive(page)
  await page.click('#live-midi')
  await page.waitForFunction(() => document.querySelector('#live-said').textContent.includes('Pretended Keys'))
}

test('a MIDI keyboard is heard: keys, a key struck with velocity 0, the pedal', async () => {
  await withKeyboard()
  await start()
  const held = await page.evaluate(() => {
    const { send } = window.pretended
    send(0x90, 60, 100)
    send(0x90, 64, 90)
    send(0xb0, 64, 127)
    send(0x90, 60, 0)
    send(0xf8)
    return [...continuo.live.jam.held]
  })
  assert.deepEqual(held, [64])
  assert.deepEqual(await page.evaluate(() => continuo.live.jam.score.clip.notes.filter((note) => note.mine).map((note) => note.velocity)), [100, 90])
})

/** What the musician holds: pitches, and channels whose pedal is down, as the synthesizer was told. */
const down = () => page.evaluate(() => {
  const pedals = [...window.pedals].filter(([, value]) => value)
  return [[...continuo.live.jam.held], pedals.map(([channel]) => channel)]
})

/** Notes what the synthesizer is told of pedals from now on. */
const watchPedals = () => page.evaluate(() => {
  window.pedals = new Map()
  const { synth } = continuo
  const pedal = synth.pedal.bind(synth)
  synth.pedal = (channel, value) => {
    window.pedals.set(channel, value)
    pedal(channel, value)
  }
})

test('a MIDI keyboard that is unplugged holds nothing down any more', async () => {
  await withKeyboard()
  await watchPedals()
  await page.evaluate(() => {
    window.pretended.send(0x90, 60, 100)
    window.pretended.send(0xb0, 64, 127)
  })
  assert.deepEqual(await down(), [[60], [0]])
  await page.evaluate(() => window.pretended.unplug())
  assert.deepEqual(await down(), [[], []])
})

test('keys of the computer, Shift as the pedal too, come up where the page can no longer hear them let go', async () => {
  await fresh()
  await watchPedals()
  const leave = [() => dispatchEvent(new Event('blur')), () => document.querySelector('#tab-compose').click()]
  for (const act of leave) {
    await page.click('#tab-live')
    await page.evaluate(() => document.activeElement.blur())
    await page.keyboard.down('Shift')
    await page.keyboard.down('a')
    await page.keyboard.press('x')
    assert.deepEqual(await down(), [[], [0]], 'another octave leaves the pedal down')
    await page.keyboard.down('s')
    assert.equal((await down())[0].length, 1)
    await page.evaluate(act)
    assert.deepEqual(await down(), [[], []])
    for (const key of ['s', 'a', 'Shift']) await page.keyboard.up(key)
  }
})

test('nothing is played into a band that is watched, and what was held before is let go', async (t) => {
  await withKeyboard()
  const program = await SocketClient.open(engine, 'watched')
  t.after(() => program.close())
  program.part(3, 'flute', 'musician')
  await page.waitForFunction(() => [...document.querySelector('#live-band').options].some((option) => option.value === 'watched'),
    null, { timeout: 15_000 })
  await page.evaluate(() => window.pretended.send(0x90, 60, 100))
  assert.deepEqual(await page.evaluate(() => [...continuo.live.jam.held]), [60])
  await page.selectOption('#live-band', 'watched')
  await page.waitForFunction(() => continuo.live.watch.parts.some((part) => part.instrument === 'flute'))
  await page.evaluate(() => {
    window.pretended.send(0x90, 62, 100)
    document.activeElement.blur()
  })
  await page.keyboard.press(' ')
  assert.deepEqual(await page.evaluate(() => [[...continuo.live.jam.held], continuo.live.jam.playing]), [[], false])
  program.note(3, 72)
  await page.waitForFunction(() => continuo.live.watch.score.clip.notes.some((note) => note.pitch === 72))
  assert.deepEqual(await page.evaluate(() => continuo.live.watch.score.clip.notes.map((note) => note.pitch)), [72])
})

test('a key of the piano on the page sounds for the first button of the mouse: of another no end might be heard', async () => {
  await fresh()
  await page.hover('[data-pitch="52"]')
  const held = () => page.evaluate(() => [...continuo.live.jam.held])
  await page.mouse.down({ button: 'right' })
  assert.deepEqual(await held(), [])
  await page.mouse.up({ button: 'right' })
  await page.mouse.down()
  assert.deepEqual(await held(), [52])
  await page.mouse.up()
  assert.deepEqual(await held(), [])
})

test('a MIDI file that is dropped here is said to be taken in, or why not', async () => {
  await fresh()
  const drop = (content) => page.evaluate((bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(bytes)], 'dropped.mid', { type: 'audio/midi' }))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, content)
  const says = (words) => page.waitForFunction((part) => document.querySelector('#live-said').textContent.includes(part), words)
  const midi = await page.evaluate(() => continuo.engine.prompt('rock-band').then((clip) => clip.midi))
  await drop([...Buffer.from(midi, 'base64')])
  await says('dropped stands among the beginnings')
  await drop([1, 2, 3])
  await says('dropped.mid: ')
  page.errors = page.errors.filter((error) => !/status of 400/.test(error))
})

test('panic ends everything at once', async () => {
  await fresh()
  await start()
  await strike(page, 'asdfghjk')
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.some((note) => !note.mine), null, { timeout: 30_000 })
  await page.click('#live-panic')
  const { jam } = await state()
  assert.equal(jam.planned, 0)
  assert.equal(jam.sounding, 0)
})

test('what was played is captured and stands among the takes', async () => {
  await fresh()
  await start()
  await strike(page, 'asdfasdf')
  await page.click('#live-capture')
  await page.waitForFunction(() => continuo.compose.tree.takes.size === 1)
  const notes = await page.evaluate(() => continuo.compose.tree.current.clip.notes.length)
  assert.ok(notes >= 8)
})

test('what a program captured is offered when the musician comes back to the page, and can be opened again', async (t) => {
  await fresh()
  const before = await page.evaluate(() => document.querySelector('#captured').options.length)
  const program = await SocketClient.open(engine, 'elsewhere')
  t.after(() => program.close())
  program.part(0, 'piano', 'musician')
  await program.playAndCapture([60, 64, 67])
  await page.click('#tab-compose')
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await page.waitForFunction((count) => document.querySelector('#captured').options.length > count, before)
  const offered = await page.evaluate(() => [...document.querySelector('#captured').options].map(({ value, text }) => ({ value, text })))
  await page.selectOption('#captured', offered[1].value)
  await page.waitForFunction(() => continuo.compose.shown?.take?.clip.notes.length === 3)
  assert.deepEqual(await page.evaluate(() => continuo.compose.shown.take.clip.notes.map((note) => note.pitch)), [60, 64, 67])
  // Each numbers its own.
  const nameIn = (text) => text.replace(/^\d+\. /, '')
  assert.equal(nameIn(await page.evaluate(() => continuo.compose.shown.take.name)), nameIn(offered[1].text))
  assert.equal(await page.evaluate(() => document.querySelector('#captured').value), '')
})

test('a page that was opened from this one, with all that this one keeps, jams by itself; after a reload each has its own band again', async () => {
  await fresh()
  const [other] = await Promise.all([page.context().waitForEvent('page'), page.evaluate(() => { window.open(location.href) })])
  await other.waitForSelector('html[data-ready=yes]')
  await playLive(other)
  const bands = () => Promise.all([page, other].map((one) => one.evaluate(() => continuo.live.band)))
  const before = await bands()
  assert.notEqual(before[0], before[1])
  for (const one of [page, other]) {
    await one.reload()
    await one.waitForSelector('html[data-ready=yes]')
    await playLive(one)
  }
  assert.deepEqual(await bands(), before)
  await other.click('#live-start')
  await other.evaluate(() => document.activeElement.blur())
  await strike(other, 'asdfghjkasdf')
  await other.waitForFunction(() => continuo.live.jam.score.clip.notes.some((note) => !note.mine), null, { timeout: 30_000 })
  assert.equal((await state(other)).said, '')
})

test('two pages and a program play in one band: each sees all of it, who comes late what was played before too', async (t) => {
  await fresh()
  const band = await page.evaluate(() => continuo.live.band)
  const program = await SocketClient.open(engine, band)
  t.after(() => program.close())
  program.part(3, 'flute', 'musician')
  const look = async () => {
    const other = await open(browser, engine.address)
    t.after(() => other.context().close())
    await playLive(other)
    await other.waitForFunction((name) => [...document.querySelector('#live-band').options].some((option) => option.value === name),
      band, { timeout: 15_000 })
    await other.selectOption('#live-band', band)
    return other
  }
  const other = await look()
  // From here on it is told what is played as it is played, not afterwards.
  await other.waitForFunction(() => continuo.live.watch.parts.some((part) => part.instrument === 'flute'))
  await page.bringToFront()
  await start()
  for (let count = 0; count < 8; count++) {
    program.note(3, 72 + count)
    await strike(page, 'asdf'[count % 4])
  }
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.filter((note) => !note.mine).length > 3, null, { timeout: 30_000 })
  await page.waitForTimeout(500)
  const seen = (await state(other)).watch
  assert.equal(seen.playing, true)
  assert.deepEqual(seen.parts.map((part) => [part.channel, part.instrument, part.player]),
    [[0, 'piano', 'musician'], [1, 'bass', 'model'], [3, 'flute', 'musician'], [9, 'drums', 'model']])
  const flute = () => continuo.live.watch.score.clip.notes.filter((note) => note.part === 3).map((note) => note.pitch)
  assert.deepEqual(await other.evaluate(flute), [72, 73, 74, 75, 76, 77, 78, 79])
  assert.ok(seen.mine >= 16, `${seen.mine} notes of musicians`)
  assert.ok(seen.model.length > 3)
  assert.ok(seen.planned > 0)
  const late = await look()
  await late.waitForFunction(() => continuo.live.watch.score.clip.notes.some((note) => note.part === 3))
  assert.deepEqual(await late.evaluate(flute), [72, 73, 74, 75, 76, 77, 78, 79])
  const starts = (notes) => notes.filter((note) => note.at < seen.at - 1).map((note) => `${note.at.toFixed(3)} ${note.part} ${note.pitch}`)
  assert.deepEqual(starts((await state(late)).watch.model), starts(seen.model))
})
