// What came out: takes that are shown, gone on from, compared and kept, in a real browser.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { advanced, choose, make, said, shown } from '../support/acts.js'
import { engineAndBrowser } from '../support/engine-and-browser.js'

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

const given = (take) => take.clip.notes.filter((note) => note.at < take.from - 1e-6)

test('who chooses another take, or wants to go on, while one is made is told that this comes first, and how it ends', async () => {
  await fresh()
  const first = await make(page)
  const says = () => page.waitForFunction(() => /^bar \d+ of 200\. First this is made; “Stop” ends it/.test(document.querySelector('#said').textContent))
  const acts = [() => page.click(`[data-id="${first.id}"] > .take .name`), () => page.click('text=Go on from here'),
    () => page.evaluate(() => document.activeElement.blur()).then(() => page.keyboard.press('g'))]
  await advanced(page, { bars: 200 })
  for (const [count, act] of acts.entries()) {
    await page.click('#make')
    await page.waitForFunction(() => /^bar \d+ of 200$/.test(document.querySelector('#said').textContent))
    await act()
    await says()
    const bar = parseInt((await said(page)).slice(4))
    await page.waitForFunction((before) => parseInt(document.querySelector('#said').textContent.slice(4)) > before, bar)
    await says()
    assert.equal(await page.evaluate(() => continuo.compose.shown.clip === continuo.compose.making.current.clip), true)
    await page.click('#make')
    await page.waitForFunction((size) => !continuo.compose.making && continuo.compose.tree.takes.size === size, count + 2)
  }
  await page.click(`[data-id="${first.id}"] > .take .name`)
  assert.equal((await shown(page)).id, first.id)
})

test('a take is shown again when it is chosen in the tree, though it was chosen already', async () => {
  await fresh()
  const take = await make(page)
  const item = `[role=treeitem][data-id="${take.id}"]`
  // While another beginning is on its way and the take is still on show.
  let arrive
  const held = new Promise((resolve) => { arrive = resolve })
  await page.route('**/prompts/swan-lake*', async (route) => {
    await held
    await route.continue()
  })
  await choose(page, 'prompt', 'swan-lake')
  await page.click(`${item} > .take`)
  const arrived = page.waitForResponse('**/prompts/swan-lake*')
  arrive()
  await (await arrived).finished()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
  assert.equal((await shown(page))?.id, take.id)
  for (const again of [() => page.click(`${item} > .take`), () => page.press(item, 'Enter')]) {
    await choose(page, 'prompt', 'rock-band')
    await page.waitForFunction(() => continuo.compose.shown.take === null)
    assert.equal(await page.isDisabled('#save-midi'), true)
    // This one may be on its way yet.
    await choose(page, 'prompt', 'turkish-march')
    await again()
    await page.waitForFunction((id) => continuo.compose.shown.take?.id === id, take.id)
    assert.equal(await page.isDisabled('#save-midi'), false)
  }
})

test('the take that was shown is shown after a reload, also where the beginning that is chosen arrives later', async () => {
  await fresh()
  await choose(page, 'prompt', 'rock-band')
  const take = await make(page)
  await page.evaluate(() => continuo.compose.takes.store.saved())
  let arrive
  const held = new Promise((resolve) => { arrive = resolve })
  await page.route('**/prompts/rock-band*', async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  await page.waitForFunction((id) => continuo.compose.shown?.take?.id === id, take.id)
  const arrived = page.waitForResponse('**/prompts/rock-band*')
  arrive()
  await (await arrived).finished()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
  assert.equal((await shown(page)).id, take.id)
})

test('takes grow into a tree that is kept, undone, saved and opened', async () => {
  await fresh()
  const root = await make(page)
  const child = await make(page, () => page.click('text=Go on from here'))
  assert.equal(child.parent, root.id)
  assert.ok(child.from >= root.clip.length - 4)
  assert.deepEqual(given(child).length, root.clip.notes.length)
  await page.click(`[data-id="${root.id}"] > .take`)
  await make(page, () => page.click('text=Go on from here'))
  assert.equal(await page.locator('[role=treeitem][aria-level="2"]').count(), 2)

  const [file] = await Promise.all([page.waitForEvent('download'), page.click('#takes-save')])
  await page.evaluate(() => continuo.compose.takes.store.saved())
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  assert.equal(await page.locator('[role=treeitem]').count(), 3)

  await page.click('#takes-clear')
  assert.equal(await page.locator('[role=treeitem]').count(), 0)
  await page.click('#undo')
  assert.equal(await page.locator('[role=treeitem]').count(), 3)
  await page.click('#takes-clear')
  await page.setInputFiles('#takes-load', await file.path())
  await page.waitForFunction(() => document.querySelectorAll('[role=treeitem]').length === 3)
  assert.equal(await page.locator('[role=treeitem][aria-level="2"]').count(), 2)
  await page.setInputFiles('#takes-load', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await page.waitForFunction(() => document.querySelector('#takes-said').textContent.includes('no file of takes'))
})

test('what is made or removed while the one before is being kept is kept as well', async () => {
  await fresh()
  const names = () => page.evaluate(() => [...continuo.compose.tree.takes.values()].map((take) => take.name))
  await page.evaluate(async () => {
    const { tree, store } = continuo.compose.takes
    const take = (name) => ({ name, from: 0, clip: { parts: [{ instrument: 'piano' }], midi: null, notes: [] } })
    const [first] = tree.add([take('first')])
    await store.saved()
    tree.add([take('second')])
    // By now it is being written.
    for (let count = 0; count < 20; count++) await Promise.resolve()
    tree.add([take('third')])
    tree.remove(first.id)
    await store.saved()
  })
  const before = await names()
  await page.reload()
  await page.waitForSelector('html[data-ready=yes]')
  assert.deepEqual(await names(), before)
})

test('a file of takes that there is no room for says how many left, and undo brings those back', async () => {
  await fresh()
  const takes = Array.from({ length: 150 }, (_, index) => ({ id: index + 1, name: 'x', from: 0, parent: null,
    clip: { parts: [{ instrument: 'piano' }], midi: null, notes: [{ part: 0, pitch: 60, at: 0, length: 1 }] } }))
  const file = { name: 'takes.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ continuo: 'takes', version: 1, takes })) }
  const ids = () => page.evaluate(() => [...continuo.compose.tree.takes.keys()])
  const saysOpened = () => page.waitForFunction(() => document.querySelector('#takes-said').textContent.includes('150 takes opened.'))
  await page.setInputFiles('#takes-load', file)
  await saysOpened()
  const before = await ids()
  await page.evaluate(() => { document.querySelector('#takes-said').textContent = '' })
  await page.setInputFiles('#takes-load', file)
  await saysOpened()
  assert.equal(await page.textContent('#takes-said'), '150 takes opened. There was no room: the 100 oldest takes left.')
  await page.click('#undo')
  assert.deepEqual(await ids(), before)
})

test('two takes are compared: one stands behind the other', async () => {
  await fresh()
  await choose(page, 'prompt', 'greensleeves')
  await advanced(page, { takes: 2 })
  const first = await make(page)
  await page.click('text=Compare')
  await page.click(`[role=treeitem]:not([data-id="${first.id}"]) > .take`)
  const ghost = await page.evaluate(() => continuo.compose.roll.ghost.notes.length)
  assert.equal(ghost, first.clip.notes.length)
  assert.notEqual((await shown(page)).id, first.id)
  await page.click('text=Stop comparing')
  assert.equal(await page.evaluate(() => continuo.compose.roll.ghost), null)
})
