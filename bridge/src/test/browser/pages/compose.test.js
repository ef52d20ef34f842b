// Composing in a real browser, against a real engine with the model that ships: what is asked for, and what comes of it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { advanced, choose, make, said, shown } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'
import { notesOf, notesOfClip } from '../support/midi.js'

const example = fileURLToPath(new URL('../../../../../installers/examples/fur-elise.mid', import.meta.url))
const { open } = engineAndBrowser()
let page

async function fresh() {
  page = await open()
  await page.waitForSelector('[name=prompt]', { state: 'attached' })
  return page
}

afterEach(async () => {
  // A refusal that a test asked for is an error to the browser, and none to us.
  assert.deepEqual(page.errors.filter((error) => !/status of 400/.test(error)), [], 'errors in the browser')
  assert.deepEqual(page.foreign, [], 'requests to other hosts')
  await page.context().close()
})

const made = (take) => take.clip.notes.filter((note) => note.at >= take.from - 1e-6)
const given = (take) => take.clip.notes.filter((note) => note.at < take.from - 1e-6)

test('one button plays on from the beginning that is chosen, and what was given stays', async () => {
  await fresh()
  await choose(page, 'prompt', 'turkish-march')
  const prompt = await page.evaluate(() => continuo.engine.prompt('turkish-march'))
  await page.waitForFunction((count) => continuo.compose.shown?.clip.notes.length === count, prompt.notes.length)
  const take = await make(page)
  assert.ok(made(take).length > 0)
  assert.deepEqual(given(take).map(({ pitch, at }) => [pitch, at]), prompt.notes.map(({ pitch, at }) => [pitch, at]))
  assert.match(await said(page), /\d+ notes in/)
})

test('notes stream into the roll before the take is finished', async () => {
  await fresh()
  await advanced(page, { instruments: ['piano', 'bass', 'drums'], bars: 48 })
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.making?.current?.clip.notes.some((note) => note.at > continuo.compose.shown.line))
  assert.equal(await page.evaluate(() => continuo.compose.tree.takes.size), 0)
  await page.click('#make')
  await page.waitForFunction(() => !continuo.compose.making)
  const take = await page.evaluate(() => continuo.compose.tree.current)
  assert.match(take.name, /stopped after \d+ bar/)
  assert.ok(made(take).length > 0 && take.clip.length < take.from + 48 * 4)
  assert.ok(take.clip.midi)
  assert.match(await said(page), /\d+ notes in/)
})

test('advanced: the larger model makes the take where it is asked to', async () => {
  await fresh()
  await advanced(page, { bars: 2, seed: 11 })
  await page.selectOption('#model', 'm')
  const take = await make(page)
  assert.equal(take.recipe.model, 'm')
  await page.selectOption('#model', 's')
  const other = await make(page)
  assert.equal(other.recipe.seed, take.recipe.seed)
  assert.notDeepEqual(made(other), made(take))
})

test('advanced: the chosen instruments play, in as many bars and takes as asked', async () => {
  await fresh()
  await choose(page, 'prompt', 'four-bar-band')
  await advanced(page, { instruments: ['guitar', 'bass', 'drums'], bars: 6, takes: 2, seed: 11 })
  const take = await make(page)
  const takes = await page.evaluate(() => [...continuo.compose.tree.takes.values()])
  assert.equal(takes.length, 2)
  assert.notDeepEqual(takes[0].clip.notes, takes[1].clip.notes)
  const names = new Set(made(take).map((note) => take.clip.parts[note.part].instrument))
  for (const name of names) assert.ok(['guitar', 'bass', 'drums'].includes(name), name)
  assert.ok(take.clip.length <= take.from + 6 * 4 + 1e-6)
})

test('simple: what stands in the fields that are hidden holds nothing up', async () => {
  await fresh()
  await advanced(page, { bars: 1000, seed: 'seven' })
  await choose(page, 'mode', 'simple')
  const take = await make(page)
  assert.equal(take.recipe.bars, await page.evaluate(() => continuo.engine.about.defaults.bars))
})

test('the same seed makes the same take', async () => {
  await fresh()
  await advanced(page, { bars: 4, seed: 5 })
  const first = await make(page)
  const second = await make(page)
  assert.deepEqual(second.clip, first.clip)
})

test('a MIDI file of one\'s own is continued, and a broken one is refused in words', async () => {
  await fresh()
  await choose(page, 'mode', 'advanced')
  await page.setInputFiles('#midi-file', { name: 'broken.mid', mimeType: 'audio/midi', buffer: Buffer.from('no music') })
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('broken.mid'))
  await page.setInputFiles('#midi-file', example)
  await page.waitForSelector('[name=prompt][value=" own"]:checked', { state: 'attached' })
  const take = await make(page)
  assert.deepEqual(notesOfClip({ ...take.clip, notes: given(take) }), notesOf(readFileSync(example)))
  assert.ok(made(take).length > 0)
})

test('a MIDI file that is dropped is taken as well', async () => {
  await fresh()
  const bytes = [...readFileSync(example)]
  await page.evaluate((content) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(content)], 'dropped.mid', { type: 'audio/midi' }))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, bytes)
  await page.waitForSelector('[name=prompt][value=" own"]:checked', { state: 'attached' })
  assert.match(await page.textContent('#make'), /dropped/)
})

test('the tempo that is set stays for what is made of a beginning, but not for the next beginning', async () => {
  await fresh()
  const tempo = () => page.inputValue('#tempo').then(Number)
  /** Chooses a beginning; gives the tempo that it is written in. */
  const begin = async (prompt) => {
    await choose(page, 'prompt', prompt)
    const { notes, tempos } = await page.evaluate((name) => continuo.engine.prompt(name), prompt)
    await page.waitForFunction((count) => continuo.compose.shown?.clip.notes.length === count && !continuo.compose.shown.take, notes.length)
    return Math.round(tempos[0].bpm)
  }
  const slow = await begin('fur-elise')
  assert.equal(await tempo(), slow)
  await page.fill('#tempo', String(slow + 31))
  await make(page)
  assert.equal(await tempo(), slow + 31)
  const other = await begin('rock-band')
  assert.notEqual(other, slow)
  assert.equal(await tempo(), other)
})

test('the downloaded file has the notes that are shown', async () => {
  await fresh()
  await choose(page, 'prompt', 'rock-band')
  const take = await make(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('#save-midi')])
  assert.match(file.suggestedFilename(), /\.mid$/)
  assert.deepEqual(notesOf(readFileSync(await file.path())), notesOfClip(take.clip))
})

test('a link makes the same take in another profile, own file included', async () => {
  await fresh()
  await choose(page, 'mode', 'advanced')
  await page.setInputFiles('#midi-file', example)
  await page.waitForSelector('[name=prompt][value=" own"]:checked', { state: 'attached' })
  const take = await make(page)
  await page.click('#share')
  await page.waitForFunction(() => location.hash.startsWith('#take='))
  const link = page.url()
  const other = await open()
  await other.goto('about:blank')
  await other.goto(link)
  await other.waitForFunction(() => continuo.compose.tree.takes.size === 1)
  const again = await shown(other)
  assert.deepEqual(again.clip, take.clip)
  await other.context().close()
})

test('a damaged link is said to be one', async () => {
  await fresh()
  await page.evaluate(() => { location.hash = '#take=AAAA' })
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('damaged'))
})

test('reset clears the roll and leaves the takes', async () => {
  await fresh()
  await make(page)
  await page.click('#reset')
  await page.waitForFunction(() => !continuo.compose.shown)
  assert.equal(await page.evaluate(() => continuo.compose.tree.takes.size), 1)
  assert.equal(await page.isVisible('#roll-empty'), true)
})

test('reset in the midst of making clears the roll as well, though there are takes', async () => {
  await fresh()
  await make(page)
  await advanced(page, { bars: 200 })
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.making?.current?.clip.notes.some((note) => note.at > continuo.compose.shown.line))
  await page.click('#reset')
  await page.waitForFunction(() => !continuo.compose.making)
  assert.equal(await page.evaluate(() => continuo.compose.shown), null)
  assert.equal(await page.isVisible('#roll-empty'), true)
})

test('what the engine refuses is said in its words', async () => {
  await fresh()
  await advanced(page, { seed: 1 })
  await page.evaluate(() => continuo.compose.make({ ...continuo.compose.form.request(), temperature: -3 }, null))
  assert.match(await said(page), /temperature/)
})
