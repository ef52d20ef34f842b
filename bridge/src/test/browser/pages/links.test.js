// Links to takes, and what the page's address says: followed whenever they come, and true to what is shown.

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
  await page.waitForFunction(() => continuo.compose.shown)
  return page
}

afterEach(async () => {
  assert.deepEqual(page.errors, [], 'errors in the browser')
  await page.context().close()
})

/** The link to a take, as Share gives it. */
const linkTo = (take, one = page) => one.evaluate(async (recipe) => {
  const { toLink } = await import('./js/net/share.js')
  return toLink(recipe)
}, take.recipe)

/** As when a link is pasted into the address bar of this page. */
const follow = (link, one = page) => one.evaluate((text) => { location.hash = '#take=' + text }, link)

/** Begins a take that is not soon over. */
async function beginLong() {
  await advanced(page, { bars: 200 })
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.making?.current?.clip.notes.some((note) => note.at > continuo.compose.shown.line))
}

const idle = (takes) => page.waitForFunction((count) => !continuo.compose.making && continuo.compose.tree.takes.size === count, takes,
  { timeout: 90_000 })

test('a link that comes while a take is made is followed when that one is there, and says so meanwhile', async () => {
  await fresh()
  await choose(page, 'prompt', 'rock-band')
  const first = await make(page)
  const recipe = { ...first.recipe, seed: 77, bars: 2 }
  await beginLong()
  await follow(await linkTo(first))
  await follow(await linkTo({ recipe }))
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('link'))
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.tree.takes.size === 3 && !continuo.compose.making, null, { timeout: 90_000 })
  assert.deepEqual((await shown(page)).recipe, recipe)
})

test('a link to a take that is there waits as well: what grows on the roll stays there', async () => {
  await fresh()
  const first = await make(page)
  await beginLong()
  await follow(await linkTo(first))
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('link'))
  assert.equal(await page.evaluate(() => continuo.compose.shown.clip === continuo.compose.making.current.clip), true)
  await page.click('#make')
  await idle(2)
  await page.waitForFunction((id) => continuo.compose.shown.take?.id === id, first.id)
})

test('a link that waits is followed too where the address names the take before', async () => {
  await fresh()
  await choose(page, 'prompt', 'rock-band')
  const first = await make(page)
  await make(page)
  await page.click('#share')
  await page.waitForFunction(() => location.hash.startsWith('#take='))
  await beginLong()
  await follow(await linkTo(first))
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('link'))
  await page.click('#make')
  await idle(3)
  await page.waitForFunction((id) => continuo.compose.shown.take?.id === id, first.id)
  assert.match(page.url(), /#take=/)
})

test('a link of which nothing comes does not stay in the address', async () => {
  await fresh()
  const first = await make(page)
  await follow(await linkTo({ recipe: { ...first.recipe, style: 'no-such-style' } }))
  await page.waitForFunction(() => /no-such-style/.test(document.querySelector('#said').textContent))
  await page.waitForFunction(() => !location.hash)
  page.errors = page.errors.filter((error) => !/status of 400/.test(error))
})

test('a link that waits is forgotten where everything is cleared', async () => {
  await fresh()
  const first = await make(page)
  await beginLong()
  await follow(await linkTo(first))
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('link'))
  await page.click('#reset')
  await page.waitForFunction(() => !continuo.compose.making)
  await page.waitForTimeout(200)
  assert.equal(await page.evaluate(() => continuo.compose.shown), null)
})

test('after a link the button says what it goes on from', async () => {
  await fresh()
  await choose(page, 'prompt', 'swan-lake')
  const take = await make(page)
  await choose(page, 'prompt', 'rock-band')
  await page.waitForFunction(() => document.querySelector('#make').textContent.includes('Rock band'))
  await follow(await linkTo(take))
  await page.waitForFunction((id) => continuo.compose.shown.take?.id === id, take.id)
  assert.match(await page.textContent('#make'), /Swan Lake/)
})

test('a link with a file in it makes that file the beginning, and its take has no other file\'s name', async () => {
  await fresh()
  await page.setInputFiles('#midi-file', example)
  await page.waitForSelector('[name=prompt][value=" own"]:checked', { state: 'attached' })
  await advanced(page, { bars: 2 })
  const link = await linkTo(await make(page))
  const other = await open()
  const rock = await other.evaluate(() => continuo.engine.prompt('rock-band').then((clip) => clip.midi))
  await other.setInputFiles('#midi-file', { name: 'another.mid', mimeType: 'audio/midi', buffer: Buffer.from(rock, 'base64') })
  await other.waitForSelector('[name=prompt][value=" own"]:checked', { state: 'attached' })
  await follow(link, other)
  await other.waitForFunction(() => continuo.compose.tree.takes.size === 1 && !continuo.compose.making)
  assert.doesNotMatch((await shown(other)).name, /another/)
  assert.doesNotMatch(await other.textContent('#make'), /another/)
  const asked = await other.evaluate(() => continuo.compose.form.request().from.midi)
  assert.deepEqual(notesOf(Buffer.from(asked, 'base64')), notesOf(readFileSync(example)))
  await choose(other, 'prompt', 'rock-band')
  await other.waitForFunction(() => !continuo.compose.shown.take)
  await follow(link, other)
  await other.waitForFunction(() => continuo.compose.shown.take)
  assert.equal(await other.evaluate(() => continuo.compose.form.request().from.midi), asked)
  assert.deepEqual(other.errors, [])
  await other.context().close()
})

test('the address names the take that was shared only while that one is shown: a reload shows what was shown', async () => {
  await fresh()
  await choose(page, 'prompt', 'rock-band')
  const first = await make(page)
  await page.click('#share')
  await page.waitForFunction(() => location.hash.startsWith('#take='))
  await page.evaluate(() => continuo.compose.takes.store.saved())
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  assert.equal((await shown(page)).id, first.id)
  assert.match(page.url(), /#take=/)
  const second = await make(page)
  await page.evaluate(() => continuo.compose.takes.store.saved())
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  assert.equal((await shown(page)).id, second.id)
  assert.deepEqual(notesOfClip((await shown(page)).clip), notesOfClip(second.clip))
})

test('a link whose recipe is none is said to be damaged, and the form stays as it is', async () => {
  await fresh()
  const before = await page.evaluate(() => continuo.compose.form.request())
  for (const recipe of [5, [], { from: 7, instruments: 3 }]) {
    await page.evaluate(() => continuo.compose.say(''))
    await follow(await linkTo({ recipe }))
    await page.waitForFunction(() => document.querySelector('#said').textContent.includes('damaged'))
  }
  assert.equal(await said(page), 'This link is damaged: a piece of it is missing. Ask for it again.')
  assert.deepEqual(await page.evaluate(() => continuo.compose.form.request()), before)
})
