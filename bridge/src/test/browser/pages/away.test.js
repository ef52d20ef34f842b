// The engine goes away and comes back: nothing is lost, and nobody has to load the page again.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { advanced, choose, make, playLive, shown, strike } from '../support/acts.js'
import { launch, open } from '../support/browser.js'
import { EngineProcess } from '../support/engine.js'
import { SocketClient } from '../support/socket-client.js'

let engine
let browser
let page

before(async () => {
  engine = await new EngineProcess().start()
  browser = await launch()
  page = await open(browser, engine.address)
})

after(async () => {
  await browser?.close()
  await engine?.close()
})

test('without the key the page says where it is to be had', async () => {
  const stranger = await open(browser, engine.origin + '/')
  assert.match(await stranger.textContent('#banner'), /Open the address that/)
  await stranger.waitForSelector('[name=prompt]', { state: 'attached' })
  await stranger.click('#make')
  await stranger.waitForFunction(() => document.querySelector('#said').textContent.length > 0)
  assert.match(await stranger.textContent('#said'), /key/)
  await stranger.context().close()
})

test('with the key of another engine the page says so too, and does not take this one for away', async () => {
  const stranger = await open(browser, engine.origin + '/#key=of-another')
  await stranger.waitForFunction(() => !document.querySelector('#banner').hidden)
  assert.match(await stranger.textContent('#banner'), /Open the address that/)
  await stranger.click('#tab-live')
  await stranger.waitForFunction(() => continuo.live)
  await stranger.evaluate(() => {
    window.heard = []
    continuo.live.socket.addEventListener('away', () => window.heard.push(document.querySelector('#live-said').textContent))
  })
  await stranger.waitForFunction(() => window.heard.length >= 2)
  assert.deepEqual([...new Set(await stranger.evaluate(() => window.heard))],
    ['Without its key this page may not play. Open the address that “continuo serve” printed.'])
  await stranger.context().close()
})

test('the key is taken out of the address', async () => {
  assert.doesNotMatch(page.url(), /key/)
})

test('a take that was cut off is made again, the same, when the engine is back', async () => {
  await choose(page, 'prompt', 'bossa-nova')
  await advanced(page, { bars: 6, seed: 3 })
  const whole = await make(page)
  await page.fill('#length', '80')
  await page.click('#make')
  await page.waitForFunction(() => continuo.compose.making?.current?.clip.notes.length > 30)
  const [soFar, recipe] = await page.evaluate(() => {
    const { clip, from } = continuo.compose.making.current
    return [clip.notes.filter((note) => note.at >= from && note.at < from + 8 && note.length), continuo.compose.making.request]
  })
  await engine.stop('SIGKILL')
  await page.waitForFunction(() => document.querySelector('#engine').textContent.includes('away'))
  assert.match(await page.textContent('#banner'), /nothing is lost/)
  assert.equal(await page.evaluate(() => continuo.compose.tree.takes.size), 1)
  await engine.start()
  await page.waitForFunction(() => continuo.compose.tree.takes.size === 2 && !continuo.compose.making, null, { timeout: 240_000 })
  const take = await shown(page)
  assert.deepEqual(take.recipe, recipe)
  const key = ({ at, pitch, length }) => `${at} ${pitch} ${length}`
  const again = new Set(take.clip.notes.map(key))
  for (const note of soFar) assert.ok(again.has(key(note)), key(note))
  assert.equal(await page.isVisible('#banner'), false)
  assert.ok(whole.clip.notes.length > 0)
})

test('a jam survives the engine: the keys sound on, and the band is said again', async () => {
  await playLive(page)
  await page.click('#live-start')
  await page.evaluate(() => document.activeElement.blur())
  await strike(page, 'asdf')
  const before = await page.evaluate(() => [continuo.live.jam.at, continuo.live.jam.clock.epoch])
  await engine.stop('SIGKILL')
  await page.waitForFunction(() => document.querySelector('#live-said').textContent.includes('away'))
  await strike(page, 'gh')
  assert.equal(await page.evaluate(() => continuo.live.jam.book.sounding.size), 0)
  await engine.start()
  await page.waitForFunction(() => continuo.live.socket.isOpen, null, { timeout: 60_000 })
  const begun = await page.evaluate(() => continuo.live.jam.score.clip.notes.length)
  await strike(page, 'asdfghjkasdf')
  await page.waitForFunction((count) => continuo.live.jam.score.clip.notes.slice(count).some((note) => !note.mine), begun,
    { timeout: 30_000 })
  const now = await page.evaluate(() => [continuo.live.jam.at, continuo.live.jam.clock.epoch])
  assert.ok(now[0] > before[0])
  assert.equal(now[1], before[1])
  assert.equal(await page.evaluate(() => continuo.live.jam.score.clip.notes.filter((note) => note.mine).length), 18)
})

test('what the engine refuses is said as long as it is there; when it is gone, that it is away', async (t) => {
  const others = await Promise.all(Array.from({ length: 8 }, (_, count) => SocketClient.open(engine, `band ${count}`)))
  const other = await open(browser, engine.address)
  t.after(() => other.context().close())
  const says = (words) => other.waitForFunction((part) => document.querySelector('#live-said')?.textContent.includes(part), words)
  await other.click('#tab-live')
  await says('in no band')
  await engine.stop('SIGKILL')
  await says('is away')
  for (const client of others) client.close()
  await engine.start()
})

test('playing live can be opened while the engine is away, and begins when it is back', async (t) => {
  const other = await open(browser, engine.address)
  t.after(() => other.context().close())
  await engine.stop('SIGKILL')
  await other.click('#tab-live')
  await other.waitForSelector('#live-start')
  await engine.start()
  await other.waitForFunction(() => continuo.live.socket.isOpen, null, { timeout: 60_000 })
})
