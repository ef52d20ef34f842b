// Bands of several: pages of their own, and pages and a program in one.

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
  await startJam(other)
  await strike(other, 'asdfghjkasdf')
  await other.waitForFunction(() => continuo.live.jam.score.clip.notes.some((note) => !note.mine), null, { timeout: 30_000 })
  assert.equal((await liveState(other)).said, '')
})

test('two pages and a program play in one band: each sees all of it, who comes late what was played before too', async (t) => {
  await fresh()
  const band = await page.evaluate(() => continuo.live.band)
  const program = await SocketClient.open(engine, band)
  t.after(() => program.close())
  program.part(3, 'flute', 'musician')
  const look = async () => {
    const other = await open()
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
  await startJam(page)
  for (let count = 0; count < 8; count++) {
    program.note(3, 72 + count)
    await strike(page, 'asdf'[count % 4])
  }
  await page.waitForFunction(() => continuo.live.jam.score.clip.notes.filter((note) => !note.mine).length > 3, null, { timeout: 30_000 })
  await page.waitForTimeout(500)
  const seen = (await liveState(other)).watch
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
  assert.deepEqual(starts((await liveState(late)).watch.model), starts(seen.model))
})
