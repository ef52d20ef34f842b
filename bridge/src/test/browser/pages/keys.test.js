// The musician's keys: MIDI keyboards, the computer's, the piano on the page; and when they are nobody's.

import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { playLive, startJam } from '../support/acts.js'
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

/** What stands on the piano's keys, on the octaves' buttons, in the hint, and on the page of keys. */
const lettersShown = () => page.evaluate(() => {
  const words = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent).join(' ')
  return [words('#live-keys span'), words('.piano-head kbd'), words('#live-hint').match(/: (.*?) …/)[1], words('#help dd kbd, #help dt [data-code]')]
})

test('the letters on the piano are those of the keyboard that is there, where the browser knows them', async () => {
  page = await open({ script: () => {
    const french = { KeyA: 'q', KeyQ: 'a', KeyW: 'z', KeyZ: 'w', Semicolon: 'm' }
    const all = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => ['Key' + letter, letter.toLowerCase()])
    const map = new Map([...all, ...Object.entries(french)])
    Object.defineProperty(navigator, 'keyboard', { value: { getLayoutMap: async () => map } })
  } })
  await playLive(page)
  assert.deepEqual(await lettersShown(), ['Q Z S E D F T G Y H U J K O L P M', 'W X', 'Q S D F', 'Q Z S K W X Shift'])
})

test('where the browser does not know them, a key that is pressed tells its letter', async () => {
  page = await open({ script: () => Object.defineProperty(navigator, 'keyboard', { value: undefined }) })
  await playLive(page)
  assert.deepEqual(await lettersShown(), ['A W S E D F T G Y H U J K O L P ;', 'Z X', 'A S D F', 'A W S K Z X Shift'])
  const press = (code, key, more = {}) => page.evaluate((init) => {
    for (const type of ['keydown', 'keyup']) document.body.dispatchEvent(new KeyboardEvent(type, { bubbles: true, ...init }))
  }, { code, key, ...more })
  await press('KeyY', 'z')
  await press('KeyZ', 'y')
  await press('Semicolon', 'ö')
  await press('Semicolon', ':', { shiftKey: true })
  await press('KeyW', 'Dead')
  assert.deepEqual((await lettersShown()).slice(0, 2), ['A W S E D F T G Z H U J K O L P Ö', 'Y X'])
})

/** A page with a MIDI keyboard, which `pretended.send` plays and `pretended.unplug` takes away. */
async function withKeyboard() {
  page = await open({ script: () => {
    const access = { inputs: new Map(), onstatechange: null }
    window.pretended = { id: 'k1', name: 'Pretended Keys', onmidimessage: null }
    window.pretended.send = (...data) => window.pretended.onmidimessage({ data: Uint8Array.from(data) })
    window.pretended.unplug = () => {
      access.inputs.delete('k1')
      access.onstatechange()
    }
    access.inputs.set('k1', window.pretended)
    navigator.requestMIDIAccess = async () => access
  } })
  await playLive(page)
  await page.click('#live-midi')
  await page.waitForFunction(() => document.querySelector('#live-said').textContent.includes('Pretended Keys'))
}

test('a MIDI keyboard is heard: keys, a key struck with velocity 0, the pedal', async () => {
  await withKeyboard()
  await startJam(page)
  const held = await page.evaluate(() => {
    const { send } = window.pretended
    send(0x90, 60, 100)
    send(0x90, 64, 90)
    send(0xb0, 64, 127)
    send(0x90, 60, 0)
    send(0xf8)
    return [...continuo.live.jam.held]
  })
  assert.deepEqual(held, [64])
  assert.deepEqual(await page.evaluate(() => continuo.live.jam.score.clip.notes.filter((note) => note.mine).map((note) => note.velocity)), [100, 90])
})

/** What the musician holds: pitches, and channels whose pedal is down, as the synthesizer was told. */
const down = () => page.evaluate(() => {
  const pedals = [...window.pedals].filter(([, value]) => value)
  return [[...continuo.live.jam.held], pedals.map(([channel]) => channel)]
})

/** Notes what the synthesizer is told of pedals from now on. */
const watchPedals = () => page.evaluate(() => {
  window.pedals = new Map()
  const { synth } = continuo
  const pedal = synth.pedal.bind(synth)
  synth.pedal = (channel, value) => {
    window.pedals.set(channel, value)
    pedal(channel, value)
  }
})

test('a MIDI keyboard that is unplugged holds nothing down any more', async () => {
  await withKeyboard()
  await watchPedals()
  await page.evaluate(() => {
    window.pretended.send(0x90, 60, 100)
    window.pretended.send(0xb0, 64, 127)
  })
  assert.deepEqual(await down(), [[60], [0]])
  await page.evaluate(() => window.pretended.unplug())
  assert.deepEqual(await down(), [[], []])
})

test('keys of the computer, Shift as the pedal too, come up where the page can no longer hear them let go', async () => {
  await fresh()
  await watchPedals()
  const leave = [() => dispatchEvent(new Event('blur')), () => document.querySelector('#tab-compose').click()]
  for (const act of leave) {
    await page.click('#tab-live')
    await page.evaluate(() => document.activeElement.blur())
    await page.keyboard.down('Shift')
    await page.keyboard.down('a')
    await page.keyboard.press('x')
    assert.deepEqual(await down(), [[], [0]], 'another octave leaves the pedal down')
    await page.keyboard.down('s')
    assert.equal((await down())[0].length, 1)
    await page.evaluate(act)
    assert.deepEqual(await down(), [[], []])
    for (const key of ['s', 'a', 'Shift']) await page.keyboard.up(key)
  }
})

test('while Compose is shown a MIDI keyboard plays nothing into the jam, and what it held before is let go', async () => {
  await withKeyboard()
  await watchPedals()
  const send = (...data) => page.evaluate((bytes) => window.pretended.send(...bytes), data)
  await send(0x90, 60, 100)
  await send(0xb0, 64, 127)
  assert.deepEqual(await down(), [[60], [0]])
  await page.click('#tab-compose')
  assert.deepEqual(await down(), [[], []])
  await send(0x90, 62, 100)
  await send(0xb0, 64, 127)
  assert.deepEqual(await down(), [[], []])
  await page.click('#tab-live')
  await send(0x90, 64, 100)
  assert.deepEqual(await down(), [[64], []])
})

test('nothing is played into a band that is watched, and what was held before is let go', async (t) => {
  await withKeyboard()
  const program = await SocketClient.open(engine, 'watched')
  t.after(() => program.close())
  program.part(3, 'flute', 'musician')
  await page.waitForFunction(() => [...document.querySelector('#live-band').options].some((option) => option.value === 'watched'),
    null, { timeout: 15_000 })
  await page.evaluate(() => window.pretended.send(0x90, 60, 100))
  assert.deepEqual(await page.evaluate(() => [...continuo.live.jam.held]), [60])
  await page.selectOption('#live-band', 'watched')
  await page.waitForFunction(() => continuo.live.watch.parts.some((part) => part.instrument === 'flute'))
  await page.evaluate(() => {
    window.pretended.send(0x90, 62, 100)
    document.activeElement.blur()
  })
  await page.keyboard.press(' ')
  assert.deepEqual(await page.evaluate(() => [[...continuo.live.jam.held], continuo.live.jam.playing]), [[], false])
  program.note(3, 72)
  await page.waitForFunction(() => continuo.live.watch.score.clip.notes.some((note) => note.pitch === 72))
  assert.deepEqual(await page.evaluate(() => continuo.live.watch.score.clip.notes.map((note) => note.pitch)), [72])
})

test('a key of the piano on the page sounds for the first button of the mouse: of another no end might be heard', async () => {
  await fresh()
  await page.hover('[data-pitch="52"]')
  const held = () => page.evaluate(() => [...continuo.live.jam.held])
  await page.mouse.down({ button: 'right' })
  assert.deepEqual(await held(), [])
  await page.mouse.up({ button: 'right' })
  await page.mouse.down()
  assert.deepEqual(await held(), [52])
  await page.mouse.up()
  assert.deepEqual(await held(), [])
})
