// Figures of the page on this machine, as one line of JSON: first paint, first note after the button, frames of a long take.
//   node figures.js [FOLDER]     with a folder, pictures of the page as well

import { advanced, choose, make, playLive, strike } from './support/acts.js'
import { launch, open } from './support/browser.js'
import { EngineProcess } from './support/engine.js'

const MINUTES = 4
const INSTRUMENTS = ['piano', 'violin', 'cello', 'bass', 'guitar', 'flute', 'clarinet', 'trumpet', 'harp', 'drums']
const folder = process.argv[2]
const engine = await new EngineProcess().start()
const browser = await launch()
const figures = {}
const at = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]
const rounded = (value) => Math.round(value * 10) / 10

try {
  const page = await open(browser, engine.address, { colorScheme: 'dark' })
  await page.waitForFunction(() => continuo.compose.shown)
  const paints = await page.evaluate(() => performance.getEntriesByType('paint').map((entry) => [entry.name, entry.startTime]))
  figures.firstPaintMs = rounded(Object.fromEntries(paints)['first-contentful-paint'])
  await picture(page, 'start')

  figures.firstNoteMs = []
  for (let count = 0; count < 5; count++) {
    await make(page)
    figures.firstNoteMs.push(rounded(await page.evaluate(() => continuo.compose.firstNoteMs)))
  }

  await page.evaluate(() => continuo.compose.tree.clear())
  await choose(page, 'prompt', 'four-bar-band')
  await advanced(page, { instruments: ['piano', 'violin', 'guitar', 'bass', 'flute', 'drums'], bars: 16, seed: 4, takes: 2 })
  await make(page)
  await make(page, () => page.click('text=Go on from here'))
  await picture(page, 'advanced')
  await page.emulateMedia({ colorScheme: 'light' })
  await picture(page, 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  if (await page.isVisible('#style-switch')) {
    await choose(page, 'style-as', 'map')
    await picture(page, 'map')
  }

  await page.evaluate(longTake, { minutes: MINUTES, names: INSTRUMENTS })
  figures.notes = await page.evaluate(() => continuo.compose.roll.clip.notes.length)
  for (const [name, perQuarter] of [['near', 40], ['whole', 0]]) {
    const frames = await page.evaluate(scroll, perQuarter)
    figures[`frame_${name}`] = { p50: rounded(at(frames.gaps, 0.5)), p99: rounded(at(frames.gaps, 0.99)),
      paintP50: rounded(at(frames.paints, 0.5)), paintP99: rounded(at(frames.paints, 0.99)) }
  }
  await picture(page, 'long')

  await playLive(page)
  await page.evaluate(() => continuo.live.jam.setParts([
    { channel: 0, instrument: 'piano', player: 'musician' }, { channel: 1, instrument: 'bass', player: 'model' },
    { channel: 2, instrument: 'guitar', player: 'model' }, { channel: 3, instrument: 'flute', player: 'model' },
    { channel: 9, instrument: 'drums', player: 'model' }]))
  await page.evaluate(() => continuo.live.jam.set('style', 'jazz'))
  await page.click('#live-start')
  await page.evaluate(() => document.activeElement.blur())
  const reactions = []
  for (let count = 0; count < 24; count++) {
    await strike(page, 'adgkgdsfhkhf'[count % 12], 220)
    reactions.push(await page.evaluate(() => continuo.live.jam.reactionMs))
  }
  await page.keyboard.down('d')
  await page.keyboard.down('g')
  await picture(page, 'live')
  figures.live = await page.evaluate(() => ({ late: continuo.live.jam.book.counts.late, revisions: continuo.live.jam.book.counts.revisions,
    sounded: continuo.live.jam.score.clip.notes.filter((note) => !note.mine).length }))
  figures.live.answersP50Ms = rounded(at(reactions.filter(Boolean), 0.5))
  await page.context().close()
  if (folder) await phone()
} finally {
  await browser.close()
  await engine.close()
}
console.log(JSON.stringify(figures))

async function picture(page, name) {
  if (!folder) return
  await page.waitForTimeout(250)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

async function phone() {
  const page = await open(browser, engine.address, { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true })
  await page.waitForFunction(() => continuo.compose.shown)
  await make(page)
  await picture(page, 'phone')
  await page.screenshot({ path: `${folder}/phone-whole.png`, fullPage: true })
  await playLive(page)
  await picture(page, 'phone-live')
}

/** Shows a take of `minutes` in which every instrument plays four notes a second. */
function longTake({ minutes, names }) {
  const notes = []
  const quarters = minutes * 60 * 2
  names.forEach((_, part) => {
    for (let at = 0; at < quarters; at += 0.5) {
      notes.push({ part, at, pitch: 36 + part * 5 + (at * 14 % 7), velocity: 60 + (at * 10 % 60), length: 0.45 })
    }
  })
  const { compose } = continuo
  compose.tree.add([{ name: 'long', made: 0, recipe: null, from: 16, clip: { parts: names.map((instrument, channel) => ({ instrument,
    channel, program: 0 })), notes: notes.sort((a, b) => a.at - b.at), tempos: [{ at: 0, bpm: 120 }],
  meters: [{ at: 0, numerator: 4, denominator: 4 }], length: quarters, midi: '' } }])
}

/** Scrolls for two seconds; gives the time between frames and the time to paint one. 0: the whole piece is seen, and played. */
async function scroll(perQuarter) {
  const { roll, player } = continuo.compose
  const gaps = []
  const paints = []
  roll.fit()
  if (perQuarter) roll.zoom(perQuarter / roll.view.perQuarter)
  roll.view.from = 0
  let last = null
  roll.onFrame = (now, paint) => {
    if (last !== null) gaps.push(now - last)
    last = now
    paints.push(paint)
  }
  const until = performance.now() + 2000
  while (performance.now() < until) {
    if (perQuarter) roll.scroll(1)
    else roll.zoom(1.001)
    roll.touch()
    await new Promise(requestAnimationFrame)
  }
  roll.onFrame = null
  player.stop()
  return { gaps, paints }
}
