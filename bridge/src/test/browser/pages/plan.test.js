// The plan's bars, kept and made anew, as the engine understands it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { playLive, startJam, strike } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'

const { open } = engineAndBrowser()

test('a bar of which the half is planned is kept to its end: what the musician plays makes nothing of it anew', async (t) => {
  const page = await open()
  t.after(() => page.context().close())
  await playLive(page)
  // Drums clash with nobody.
  await page.evaluate(() => {
    const { jam } = continuo.live
    jam.setParts(jam.parts.filter((part) => part.instrument !== 'bass'))
    window.revisions = []
    const plan = jam.plan.bind(jam)
    jam.plan = (epoch, revision, from, to) => {
      if (revision > jam.book.revision) window.revisions.push({ from, at: jam.at })
      plan(epoch, revision, from, to)
    }
  })
  await startJam(page)
  await strike(page, 'adgadg')
  const end = await page.waitForFunction(() => {
    const { at, book, score } = continuo.live.jam
    const { bar, start, length } = score.clip.bars.at(at)
    const keep = document.querySelector(`#live-plan [aria-label="Keep the plan to the end of bar ${bar}"]`)
    if (bar < 3 || at - start > 0.7 || book.to > start + length - 1 || book.to < at + 1 || !keep) return 0
    keep.click()
    window.revisions = []
    return start + length
  }, null, { timeout: 30_000 }).then((handle) => handle.jsonValue())
  await strike(page, 'adgadgadg')
  const late = await page.evaluate((until) => window.revisions.filter(({ at }) => at > until - 2.5 && at < until - 0.7), end)
  assert.ok(late.length >= 2, `${late.length} plans were made`)
  for (const { from, at } of late) assert.ok(from > at + 0.6, `made anew from ${from} on at ${at}, though kept to ${end}`)
})
