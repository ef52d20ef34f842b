// Whom a key is for, where the musician goes by pointer and where by keys.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { choose, make, playLive } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'

const { open } = engineAndBrowser()
let page

afterEach(async () => {
  assert.deepEqual(page.errors, [])
  await page.context().close()
})

const playing = (is) => page.waitForFunction((wanted) => continuo.compose.player.playing === wanted, is)

/** Presses Tab until what `selector` names has the focus. */
async function tabTo(selector) {
  for (let count = 0; count < 90; count++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
  }
  assert.fail(`${selector} is not reached by Tab`)
}

test('the space bar plays and stops whatever was clicked before; where keys took the focus it presses what has it', async () => {
  page = await open()
  await choose(page, 'prompt', 'rock-band')
  await make(page)
  const takes = () => page.evaluate(() => continuo.compose.tree.takes.size)
  await page.keyboard.press(' ')
  await playing(true)
  await page.click('#loop')
  await page.keyboard.press(' ')
  await playing(false)
  assert.equal(await page.getAttribute('#loop', 'aria-pressed'), 'true')
  for (const clicked of ['#tree .take .name', '.chip:has([name=prompt]:checked)']) {
    await page.click(clicked)
    await page.keyboard.press(' ')
    await playing(true)
    await page.keyboard.press(' ')
    await playing(false)
  }
  await page.click('#play-start')
  await playing(true)
  await page.keyboard.press(' ')
  await playing(false)
  assert.equal(await takes(), 1)
  await tabTo('#loop')
  await page.keyboard.press(' ')
  assert.equal(await page.getAttribute('#loop', 'aria-pressed'), 'false')
  assert.equal(await page.evaluate(() => continuo.compose.player.playing), false)
})

/** Gives a list the focus as a pointer does, without the menu that would come up. */
const point = (selector) => page.locator(selector).first().evaluate((element) => {
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  element.focus()
})

const held = () => page.evaluate(() => continuo.live.jam.held.size)

test('after a list or a field that a pointer came to, letters play the piano and the space bar starts; what keys came to has them', async () => {
  page = await open()
  await playLive(page)
  const style = '#live-controls select'
  await point(style)
  await page.selectOption(style, 'jazz')
  for (const letter of ['a', 'g', 'b']) await page.keyboard.down(letter)
  assert.equal(await held(), 2)
  for (const letter of ['a', 'g', 'b']) await page.keyboard.up(letter)
  assert.equal(await page.inputValue(style), 'jazz')
  await page.click('#live-tempo')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('96')
  await page.keyboard.press('Enter')
  await page.keyboard.press(' ')
  await page.waitForFunction(() => continuo.live.jam.playing)
  assert.equal(await page.evaluate(() => continuo.live.jam.clock.tempo), 96)
  await page.click('#live-click')
  await page.keyboard.press(' ')
  await page.waitForFunction(() => !continuo.live.jam.playing)
  assert.equal(await page.getAttribute('#live-click', 'aria-pressed'), 'true')
  await tabTo('#live-parts select')
  await page.keyboard.down('d')
  assert.equal(await held(), 0)
  await page.keyboard.up('d')
})
