// For everyone: by keyboard alone, on a phone's width, read aloud, in dark and in light.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advanced, choose, make, playLive, shown } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'

const { open } = engineAndBrowser()

/** Presses Tab until what `selector` names has the focus. */
async function tabTo(page, selector, most = 90) {
  for (let count = 0; count < most; count++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
  }
  assert.fail(`${selector} is not reached by Tab`)
}

test('by keyboard alone: a beginning, a style, the button, the roll, the takes, playing', async () => {
  const page = await open()
  await page.waitForSelector('[name=prompt]', { state: 'attached' })
  await tabTo(page, '[name=prompt]')
  await page.keyboard.press('ArrowDown')
  await tabTo(page, '[name=style]')
  for (let count = 0; count < 3; count++) await page.keyboard.press('ArrowDown')
  await tabTo(page, '#make')
  const take = await make(page, () => page.keyboard.press('Enter'))
  assert.ok(take.recipe.style)
  await tabTo(page, '#roll')
  await page.keyboard.press('ArrowRight')
  assert.match(await page.textContent('#roll-said'), /^Bar 2/)
  await page.keyboard.press('End')
  assert.match(await page.textContent('#roll-said'), /Bar \d+/)
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.waitForFunction(() => continuo.compose.player.playing)
  await page.keyboard.press('Space')
  await page.waitForFunction(() => !continuo.compose.player.playing)
  await make(page, () => page.keyboard.press('g'))
  await tabTo(page, '[role=treeitem]')
  await page.keyboard.press('ArrowUp')
  assert.equal((await shown(page)).id, take.id)
  await page.keyboard.press('Control+z')
  assert.equal(await page.evaluate(() => continuo.compose.tree.takes.size), 1)
  await page.context().close()
})

test('a key that is held down acts once, and none acts behind the page of keys', async () => {
  const page = await open()
  await page.waitForFunction(() => continuo.compose.shown)
  await page.evaluate(() => document.activeElement.blur())
  /** As a keyboard does with a key that is held: down again and again, up once. An even number: acted on each time it does nothing. */
  const hold = async (key) => {
    for (let count = 0; count < 6; count++) {
      await page.keyboard.down(key)
      await page.waitForTimeout(60)
    }
    await page.keyboard.up(key)
  }
  // While the sounds are loaded each press would be one to play.
  await page.keyboard.press(' ')
  await page.waitForFunction(() => continuo.compose.player.playing)
  await page.keyboard.press(' ')
  await hold(' ')
  await page.waitForFunction(() => continuo.compose.player.playing)
  await page.keyboard.press(' ')
  await hold('l')
  assert.equal(await page.getAttribute('#loop', 'aria-pressed'), 'true')
  await page.click('#help-open')
  await page.keyboard.press('l')
  assert.equal(await page.getAttribute('#loop', 'aria-pressed'), 'true')
  await page.keyboard.press('Escape')
  await playLive(page)
  await page.evaluate(() => document.activeElement.blur())
  await hold(' ')
  await page.waitForFunction(() => continuo.live.jam.playing)
  await page.click('#help-open')
  await page.keyboard.down('a')
  assert.deepEqual(await page.evaluate(() => [...continuo.live.jam.held]), [])
  await page.keyboard.up('a')
  await page.context().close()
})

test('live: who changes a part by keyboard keeps the place', async () => {
  const page = await open()
  await playLive(page)
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)
  const acts = [['Instrument of part 2', 'ArrowDown'], ['Who plays part 2', 'End'], ['Register of part 2', 'ArrowDown']]
  await page.selectOption('[aria-label="Who plays part 2"]', 'model')
  for (const [label, key] of [acts[0], acts[2], acts[1]]) {
    await page.focus(`[aria-label="${label}"]`)
    await page.keyboard.press(key)
    await page.waitForTimeout(50)
    assert.equal(await focused(), label)
  }
  await page.focus('text=Another part')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'Another part')
  await page.focus('[aria-label="Remove part 4"]')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'Remove part 3')
  await page.context().close()
})

for (const width of [1280, 360]) {
  test(`a file's name of any length leaves the form as it is, ${width} wide`, async () => {
    const page = await open({ viewport: { width, height: 800 } })
    await page.waitForFunction(() => continuo.compose.shown)
    const midi = Buffer.from(await page.evaluate(() => continuo.engine.prompt('rock-band').then((clip) => clip.midi)), 'base64')
    const heights = []
    for (const name of ['short', 'Strings_and_more_of_them_'.repeat(8), 'strings and more of them '.repeat(8)]) {
      await page.setInputFiles('#midi-file', { name: name + '.mid', mimeType: 'audio/midi', buffer: midi })
      await page.waitForFunction((words) => continuo.compose.form.own?.name === words, name)
      const { over, chip, button, title } = await page.evaluate(() => {
        const over = [...document.querySelectorAll('body, .choices, .go, .stage')].filter((box) => box.scrollWidth > box.clientWidth)
        const height = (selector) => document.querySelector(selector).getBoundingClientRect().height
        return { over: over.map((box) => box.className), chip: height('.chip:has([value=" own"]) span'), button: height('#make'),
          title: document.querySelector('#make').title }
      })
      assert.deepEqual(over, [], name)
      assert.ok(title.endsWith(name), title)
      heights.push([chip, button])
    }
    const [[chip, button], ...long] = heights
    for (const [other, wider] of long) assert.ok(other <= 2.2 * chip && wider <= 2 * button, JSON.stringify(heights))
    await page.context().close()
  })
}

test('the map of styles: a click and an arrow key choose', async (context) => {
  const page = await open()
  await page.waitForSelector('[name=style]', { state: 'attached' })
  if (!await page.isVisible('#style-switch')) {
    context.skip('this model has no map')
    await page.context().close()
    return
  }
  await choose(page, 'style-as', 'map')
  await page.click('#style-map [role=radio] >> text=Bach')
  assert.equal(await page.evaluate(() => continuo.compose.form.request().style), 'bach')
  await page.keyboard.press('ArrowDown')
  const next = await page.evaluate(() => continuo.compose.form.request().style)
  assert.notEqual(next, 'bach')
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-checked')), 'true')
  const apart = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('#style-map button')].map((item) => item.getBoundingClientRect())
    let worst = 0
    for (const a of boxes) {
      for (const b of boxes) {
        if (a === b) continue
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (width > 0 && height > 0) worst = Math.max(worst, width * height / (a.width * a.height))
      }
    }
    return worst
  })
  assert.ok(apart < 0.7, `names lie on each other: ${apart}`)
  await page.context().close()
})

for (const view of ['compose', 'live']) {
  test(`${view}: everything that can be used has a name`, async () => {
    const page = await open()
    await page.waitForSelector('[name=prompt]', { state: 'attached' })
    if (view === 'live') await playLive(page)
    else await advanced(page)
    const nameless = await page.evaluate(() => {
      const name = (element) => element.getAttribute('aria-label') || element.textContent.trim() || element.title ||
        [...element.labels ?? []].map((label) => label.textContent.trim()).join('')
      return [...document.querySelectorAll('button, input, select, canvas[tabindex], [role=treeitem], [role=tab]')]
        .filter((element) => !name(element)).map((element) => element.outerHTML)
    })
    assert.deepEqual(nameless, [])
    await page.context().close()
  })

  test(`${view}: a phone's width holds it, and fingers find the buttons`, async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
    await page.waitForSelector('[name=prompt]', { state: 'attached' })
    if (view === 'live') await playLive(page)
    else {
      await choose(page, 'prompt', 'four-bar-band')
      await make(page)
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
    const small = await page.evaluate(() => [...document.querySelectorAll('button')].filter((button) => {
      const { width, height } = button.getBoundingClientRect()
      return width && !button.closest('.keys') && (width < 24 || height < 24)
    }).map((button) => button.outerHTML))
    assert.deepEqual(small, [])
    await page.context().close()
  })
}

for (const width of [1280, 1024, 360]) {
  test(`live: each figure stands in a line of its own or beside its name, ${width} wide`, async () => {
    const page = await open({ viewport: { width, height: 800 } })
    await playLive(page)
    await page.evaluate(() => {
      const { jam } = continuo.live
      jam.book.counts.late = 12
      jam.lateMs = 124
    })
    await page.waitForFunction(() => document.querySelector('#live-meters').textContent.includes('12, by 124 ms'))
    const broken = await page.evaluate(() => [...document.querySelectorAll('.meter :is(span, b)')].filter((words) => {
      const range = document.createRange()
      range.selectNodeContents(words)
      return words.offsetWidth && range.getClientRects().length > 1
    }).map((words) => words.textContent))
    assert.deepEqual(broken, [])
    const over = await page.evaluate(() => [...document.querySelectorAll('.meter')].filter((box) => box.scrollWidth > box.clientWidth).length)
    assert.equal(over, 0)
    await page.context().close()
  })
}

for (const [colorScheme, view] of ['dark', 'light'].flatMap((scheme) => [[scheme, 'compose'], [scheme, 'live']])) {
  test(`${view}: in the ${colorScheme}, words stand out from what they stand on`, async () => {
    const page = await open({ colorScheme })
    await page.waitForSelector('[name=prompt]', { state: 'attached' })
    if (view === 'live') await playLive(page)
    const weak = await page.evaluate(() => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
      const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1)
        canvas.fillStyle = colour
        canvas.fillRect(0, 0, 1, 1)
        return [...canvas.getImageData(0, 0, 1, 1).data]
      }
      const light = ([r, g, b]) => [r, g, b].map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0)
      const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = rgb(getComputedStyle(at).backgroundColor)
          if (colour[3] > 250) return colour
        }
        return [255, 255, 255]
      }
      return [...document.querySelectorAll('button, select, label span, legend, .quiet, small, h1, h2, .engine')]
        .filter((element) => element.offsetWidth && element.textContent.trim() && !element.closest(':disabled, .roll, .hued'))
        .map((element) => {
          const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x)
          return [element.textContent.trim().slice(0, 30), (a + 0.05) / (b + 0.05)]
        }).filter(([, contrast]) => contrast < 4.5)
    })
    assert.deepEqual(weak, [])
    await page.context().close()
  })
}
