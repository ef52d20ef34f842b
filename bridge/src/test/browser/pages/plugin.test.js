// The plugin in a real host, and two browsers that watch its band: one jam, seen and ruled from three places. With
// CONTINUO_KEEP=FOLDER pictures of both pages stay there.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'
import { playLive } from '../support/acts.js'
import { launch, open } from '../support/browser.js'
import { EngineProcess } from '../support/engine.js'
import { HostProcess, lacks } from '../support/host.js'
import { SocketClient } from '../support/socket-client.js'
import { deaf, stopped } from '../support/slow.js'

const missing = lacks()
const options = { skip: missing ? `left out: ${missing}` : false }
const figures = []
const SLOW_SECONDS = 20
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000))
const sum = (counts) => Object.entries(counts).reduce((all, [channel, count]) => all + (channel === '0' ? 0 : count), 0)

let engine
let host
let counter
const browsers = []
const pages = []

before(async () => {
  if (missing) return
  engine = await new EngineProcess().start()
  host = await new HostProcess().open(engine)
  counter = await SocketClient.open(engine, 'counter')
  for (let count = 0; count < 2; count++) {
    browsers.push(await launch())
    pages.push(await open(browsers[count], engine.address, { colorScheme: count ? 'light' : 'dark' }))
    await playLive(pages[count])
    await pages[count].waitForSelector(`#live-band option[value="${host.band}"]`, { state: 'attached', timeout: 15_000 })
    await pages[count].selectOption('#live-band', host.band)
    await pages[count].waitForFunction(() => continuo.live.watch.parts.length === 3)
  }
})

after(async () => {
  if (figures.length) console.log(`two pages beside jalv: ${figures.join('; ')}`)
  for (const browser of browsers) await browser.close()
  counter?.close()
  await host?.close()
  await engine?.close()
})

/** What a page shows of the band, times in thousandths of a quarter note. */
const shown = (page) => page.evaluate(() => {
  const { watch } = continuo.live
  const at = (note) => Math.round(note.at * 1000)
  const row = (note) => [note.part, note.pitch, at(note)].join(' ')
  const { notes } = watch.score.clip
  return {
    mine: notes.filter((note) => note.mine).map((note) => note.pitch),
    model: notes.filter((note) => !note.mine).map(row).sort(),
    open: notes.filter((note) => note.open).length,
    planned: watch.book.planned().map((note) => [note.note, note.channel, note.pitch, at(note)].join(' ')),
    playing: watch.playing, missed: watch.missedNotes, bar: watch.score.clip.bars.at(watch.at).bar,
    beat: watch.score.clip.bars.at(watch.at).beat
  }
})
const both = () => Promise.all(pages.map(shown))

/** What the tap heard the engine plan, and which of it the plugin said to have let sound. */
function performed() {
  const plan = new Map(host.said('plan/on').map(([note, at, channel, pitch]) => [note, { at: Math.round(at * 1000), channel, pitch }]))
  return {
    plan: new Set([...plan].map(([note, { at, channel, pitch }]) => [note, channel, pitch, at].join(' '))),
    sounded: host.said('sounded').map(([note, at]) => [plan.get(note).channel, plan.get(note).pitch, Math.round(at * 1000)].join(' ')),
    missed: host.said('missed').length
  }
}

async function picture(name, of = pages) {
  if (!process.env.CONTINUO_KEEP) return
  for (const [index, page] of of.entries()) await page.screenshot({ path: join(process.env.CONTINUO_KEEP, `plugin-${name}-${index}.png`) })
}

const said = (words) => Promise.all(pages.map((page) => page.waitForFunction((text) =>
  document.querySelector('#live-state').textContent.includes(text), words, { timeout: 5000 })))

/** Waits for a beat of the host's. */
async function until(beat) {
  while ((await host.tell('tell')).beat < beat) await seconds(0.02)
}

/** Waits for the musician's last note: JACK's time stands where the machine is too busy for it. */
async function played() {
  for (let count = 0; count < 200 && (await host.tell('tell')).to_play; count++) await seconds(0.1)
}

/** The musician plays on while the host rolls; gives how many notes of the model came out of the plugin. */
async function notesIn(count) {
  const begun = sum((await host.tell('play', count)).out)
  await seconds(count)
  return sum((await host.tell('tell')).out) - begun
}

test('two pages show what the musician in a host plays, what is planned and what sounds, note for note', options, async () => {
  await said('stands still')
  await picture('stands')
  const heard = performed().sounded.length
  await host.tell('play', 12)
  await host.tell('start')
  await said('plays at 120')
  await until(9.5)
  const [midway, { beat: midwayBeat }] = [await both(), await host.tell('tell')]
  await said('plays at 150')
  await picture('plays')
  await played()
  await seconds(1)
  await host.tell('stop')
  await said('stands still')
  await seconds(0.5)
  await picture('stopped')
  const [now, told] = [await both(), await host.tell('tell')]
  const { plan, sounded, missed } = performed()
  // What JACK itself loses, where it is not called in time, the plugin never had.
  const given = host.said('note/on').map(([, , pitch]) => pitch)
  assert.ok(told.xruns ? given.length > 24 : given.length === told.played, `${given.length} of ${told.played} notes reached the plugin`)
  assert.ok(told.xruns || told.hanging === 0, `${told.hanging} notes hang`)
  assert.ok(sounded.length - heard > 8, `${sounded.length} notes of the model`)
  for (const [index, page] of now.entries()) {
    assert.deepEqual(pages[index].errors, [])
    assert.deepEqual(page.mine, given)
    assert.deepEqual(page.model, sounded.slice(heard).sort())
    assert.ok(page.missed <= missed)
    assert.deepEqual([page.open, page.planned.length, page.playing], [0, 0, false])
    assert.ok(midway[index].planned.length > 0)
    for (const note of midway[index].planned) assert.ok(plan.has(note), note)
    assert.equal(midway[index].bar, Math.floor(midwayBeat / 4) + 1)
  }
  figures.push(`${given.length} notes of the musician and ${sounded.length - heard} of the model on both pages, of ${told.played} played in`)
})

test('what one page sets the other shows, and the plugin plays by it', options, async () => {
  const [first, second] = pages
  await host.tell('start')
  await said('plays at')
  await first.check('[name=live-mode][value=listen]', { force: true })
  await second.waitForFunction(() => document.querySelector('[name=live-mode]:checked').value === 'listen')
  await notesIn(1.5)
  assert.equal(await notesIn(4), 0)
  await picture('listens')
  await second.check('[name=live-mode][value=accompany]', { force: true })
  await first.waitForFunction(() => document.querySelector('[name=live-mode]:checked').value === 'accompany')
  const density = (page) => page.locator('label.row', { hasText: 'Density' })
  const shows = (page, value) => page.waitForFunction((text) => [...document.querySelectorAll('label.row')].find((row) =>
    row.textContent.includes('Density')).querySelector('output').value === text, value, { timeout: 5000 })
  await density(first).locator('input').press('Home')
  for (let count = 0; count < 2; count++) await density(first).locator('input').press('ArrowRight')
  await shows(second, '1')
  await notesIn(3)
  const sparse = await notesIn(6)
  // The first page's slider still has the focus.
  await density(second).locator('input').press('End')
  await shows(first, '10')
  await notesIn(3)
  const dense = await notesIn(6)
  await picture('dense')
  assert.ok(dense > 2 * sparse, `${sparse} notes at density 1, ${dense} at 10`)
  figures.push(`at density 1 / 10 it played ${sparse} / ${dense} notes in 6 s`)
  await host.tell('stop')
  await said('stands still')
})

test('a browser that stands still and a page that reads nothing are let go, and no note comes late for them', options, async () => {
  const [first, second] = pages
  await host.tell('start')
  await said('plays at')
  const alike = await twentySeconds(first)
  const before = await counter.counters()
  // It is let go when it is full: sooner where more is played, and on nobody's clock.
  const hung = deaf(engine, host.band, 2 * SLOW_SECONDS)
  const still = await stopped(browsers[1])
  let beside
  try {
    beside = await twentySeconds(first)
    await picture('beside', [first])
  } finally {
    still.release()
  }
  const { dropped, after: letGo } = await hung
  const now = await counter.counters()
  assert.equal(dropped, true)
  assert.equal(now.net_slow_readers - before.net_slow_readers, 1)
  assert.equal(now.sessions_silent - before.sessions_silent, 1)
  assert.ok(beside.late <= alike.late + beside.sounded / 100, `${beside.late} notes late, ${alike.late} before`)
  for (const { given, mine, sounded, model } of [alike, beside]) {
    assert.equal(mine, given)
    assert.equal(model, sounded)
  }
  await second.waitForFunction(() => continuo.live.socket.isOpen && continuo.live.watch.playing, null, { timeout: 15_000 })
  await host.tell('stop')
  await said('stands still')
  await seconds(0.5)
  await picture('back')
  // Who was away stands where the other stands, and where the host does.
  const [stayed, back, { beat }] = [...await both(), await host.tell('tell')]
  assert.deepEqual([back.bar, back.beat], [stayed.bar, stayed.beat])
  assert.equal(back.bar, Math.floor(beat / 4) + 1)
  figures.push(`late ${beside.late} of ${beside.sounded} beside two that do not read for ${SLOW_SECONDS} s, ${alike.late} of ${alike.sounded} before`,
    `net_slow_readers ${now.net_slow_readers} after ${letGo} s`, `sessions_silent ${now.sessions_silent}`,
    `round trip of the other page ${beside.trip} ms, ${alike.trip} before`)
})

/** A musician plays for so long; what of it the plugin, the engine and a page have. */
async function twentySeconds(page) {
  const state = async () => {
    const { mine, model } = await shown(page)
    const { sounded, missed } = performed()
    return { given: host.said('note/on').length, mine: mine.length, sounded: sounded.length, model: model.length, late: missed }
  }
  const mode = (name) => page.check(`[name=live-mode][value=${name}]`, { force: true })
  // Counted while nothing is under way.
  const quiet = async () => {
    await mode('listen')
    await seconds(2)
  }
  await quiet()
  const begun = await state()
  await mode('accompany')
  await host.tell('play', SLOW_SECONDS)
  const trips = []
  for (let count = 0; count < SLOW_SECONDS; count++) {
    await seconds(1)
    trips.push(await page.evaluate(() => continuo.live.socket.roundTripMs))
  }
  await played()
  await quiet()
  const ended = await state()
  const grown = Object.fromEntries(Object.keys(begun).map((name) => [name, ended[name] - begun[name]]))
  return { ...grown, trip: Math.round(trips.sort((a, b) => a - b)[SLOW_SECONDS / 2] * 10) / 10 }
}
