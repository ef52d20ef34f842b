// Playing live: jams on the page with scripted keys, what is planned, what is captured.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { liveState, playLive, startJam, strike } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'
import { SocketClient } from '../support/socket-client.js'

const { engine, open } = engineAndBrowser()
let page

async function fresh() {
  page = await open()
  await playLive(page)
  return page
}

afterEach(async () => {
  assert.deepEqual(page.errors, [])
  assert.deepEqual(page.foreign, [])
  await page.context().close()
})

test('keys of the computer are played, the model plays beside them, and all it began it ends', async () => {
  await fresh()
  await startJam(page)
  await strike(page, 'asdfghjkasdfghjkasdf')
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.filter((note) => !note.mine).length > 8, null, { timeout: 30_000 })
  const playing = await liveState(page)
  assert.ok(playing.jam.mine >= 20)
  assert.ok(new Set(playing.jam.model.map((note) => note.part)).size >= 1)
  for (const note of playing.jam.model) assert.ok([1, 9].includes(note.part), `channel ${note.part}`)
  await page.click('#live-start')
  const stopped = await liveState(page)
  assert.equal(stopped.jam.playing, false)
  assert.equal(stopped.jam.planned, 0)
  assert.equal(stopped.jam.sounding, 0)
  assert.ok(stopped.jam.model.every((note) => !note.open && note.length < 32))
})

test('what is planned stands on the roll before it sounds, and can be kept or made anew', async () => {
  await fresh()
  await startJam(page)
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
  assert.equal((await liveState(page)).said, '')
})

test('bars are shown as kept as long as the engine keeps them: until a break, and those before what is made anew', async () => {
  await fresh()
  // So that no tail of the first bar is all there is of it.
  await page.evaluate(() => continuo.live.jam.set('lookahead', 8))
  await startJam(page)
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
  await startJam(page)
  await strike(page, 'asdfghjkasdf')
  assert.equal((await liveState(page)).jam.model.length, 0)
  assert.equal((await liveState(page)).said, '')
})

test('a part plays in the register that it is kept to', async () => {
  await fresh()
  assert.equal(await page.isVisible('[aria-label="Register of part 1"]'), false)
  await page.selectOption('[aria-label="Register of part 2"]', 'high')
  await startJam(page)
  const bass = () => continuo.live.jam.score.clip.notes.filter((note) => note.part === 1 && !note.mine)
  // At times it holds notes of two bars.
  for (let phrase = 0; phrase < 24 && (await page.evaluate(bass)).length < 8; phrase++) await strike(page, 'asdfghjkasdf')
  const pitches = (await page.evaluate(bass)).map((note) => note.pitch)
  assert.ok(pitches.length >= 8, pitches.join(' '))
  for (const pitch of pitches) assert.ok(pitch >= 46 && pitch <= 60, pitches.join(' '))
  assert.equal((await liveState(page)).said, '')
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
  assert.equal((await liveState(page)).said, 'It comes to an end after 4 bars.')
})

test('the bar that the music ends with is told, and that it goes on after all', async () => {
  await fresh()
  await startJam(page)
  await page.waitForFunction(() => continuo.live.jam.at > 4.5)
  const bar = () => page.evaluate(() => Math.floor(continuo.live.jam.at / 4) + 1)
  const before = await bar()
  await page.click('#live-end')
  const [, end] = (await liveState(page)).said.match(/^It comes to an end with bar (\d+);/)
  assert.ok(end >= before + 3 && end <= await bar() + 3, `bar ${end}, asked for in bar ${before}`)
  await page.click('.ending button.small')
  assert.equal((await liveState(page)).said, 'It plays on.')
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

test('who loads the page again while playing live plays on there; the sound waits for a click; a link leads to Compose', async () => {
  // Whatever a test asks a page counts as a click of the musician's.
  page = await open({ script: () => {
    let active = false
    addEventListener('pointerdown', () => { active = true }, true)
    Object.defineProperty(navigator, 'userActivation', { value: { get hasBeenActive() { return active } } })
  } })
  await playLive(page)
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  assert.equal(await page.getAttribute('#tab-live', 'aria-selected'), 'true')
  await page.waitForFunction(() => continuo.live.socket.isOpen)
  assert.equal(await page.evaluate(() => continuo.synth.context), null)
  await startJam(page)
  await strike(page, 'asdf')
  assert.deepEqual([(await liveState(page)).jam.mine, (await liveState(page)).said], [4, ''])
  await page.evaluate(() => { location.hash = '#take=AAAA' })
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('damaged'))
  assert.equal(await page.isVisible('#said'), true)
  assert.equal((await liveState(page)).jam.playing, false)
})

test('a jam is set up after a reload as it was before: who plays, tempo, meter, controls', async () => {
  await fresh()
  await page.selectOption('[aria-label="Instrument of part 2"]', 'guitar')
  await page.selectOption('[aria-label="Register of part 2"]', 'high')
  await page.click('[aria-label="Remove part 3"]')
  await page.fill('#live-tempo', '96')
  await page.selectOption('#live-meter', '3/4')
  await page.check('[name=live-mode][value=trade]', { force: true })
  await page.selectOption('#live-controls select', 'jazz')
  const setUp = () => page.evaluate(() => {
    const { parts, settings, clock: { tempo, numerator, denominator } } = continuo.live.jam
    return { parts, settings: [...settings], tempo, numerator, denominator,
      fields: [...document.querySelectorAll('#live :is(input, select):not([type=range], #live-band)')].map(({ type, checked, value }) =>
        (type === 'radio' ? checked : value)) }
  })
  const before = await setUp()
  assert.deepEqual(before.parts, [{ channel: 0, instrument: 'piano', player: 'musician' },
    { channel: 1, instrument: 'guitar', player: 'model', reach: 'high' }])
  assert.deepEqual([before.tempo, before.numerator, before.denominator, before.settings], [96, 3, 4, [['mode', 'trade'], ['style', 'jazz']]])
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  await playLive(page)
  assert.deepEqual(await setUp(), before)
  assert.equal((await liveState(page)).said, '')
})

test('who has no part is told so, and second drums are not to be chosen', async () => {
  await fresh()
  const told = () => page.textContent('#live-state')
  assert.equal(await told(), '')
  await page.selectOption('[aria-label="Who plays part 1"]', 'model')
  assert.match(await told(), /^No part is “me”/)
  await page.selectOption('[aria-label="Who plays part 2"]', 'musician')
  assert.equal(await told(), '')
  const free = await page.evaluate(() => [...document.querySelectorAll('#live-parts [value=drums]')].map((option) => !option.disabled))
  assert.deepEqual(free, [false, false, true])
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
  await startJam(page)
  await strike(page, 'asdfghjk')
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.some((note) => !note.mine), null, { timeout: 30_000 })
  await page.click('#live-panic')
  const { jam } = await liveState(page)
  assert.equal(jam.planned, 0)
  assert.equal(jam.sounding, 0)
})

test('what was played is captured and stands among the takes', async () => {
  await fresh()
  await startJam(page)
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
