// Musical time, clips, links and the tree of takes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BarLines, Clip, fromLink, LiveClock, TakeTree, TempoMap, toLink, Viewport } from '../page.js'

test('quarter notes and seconds map onto each other through tempo changes', () => {
  const map = new TempoMap([{ at: 0, bpm: 120 }, { at: 4, bpm: 60 }])
  assert.equal(map.seconds(4), 2)
  assert.equal(map.seconds(6), 4)
  assert.equal(map.bpm(5), 60)
  for (const at of [0, 1.5, 4, 4.25, 100]) assert.ok(Math.abs(map.quarters(map.seconds(at)) - at) < 1e-9)
  assert.equal(new TempoMap([], 2).seconds(4), 1)
})

test('bars are counted through meter changes', () => {
  const bars = new BarLines([{ at: 0, numerator: 3, denominator: 4 }, { at: 6, numerator: 7, denominator: 8 }])
  assert.deepEqual(bars.at(5.5), { bar: 2, beat: 3, start: 3, length: 3 })
  assert.deepEqual(bars.at(6), { bar: 3, beat: 1, start: 6, length: 3.5 })
  const lines = []
  bars.each(0, 10, (at, bar) => lines.push([at, bar]))
  assert.deepEqual(lines, [[0, 1], [3, 2], [6, 3], [9.5, 4]])
})

test('a clip keeps its notes in order and leaves out what is no note', () => {
  const clip = new Clip({ parts: [{ instrument: 'piano' }], notes: [
    { part: 0, pitch: 60, at: 2, length: 1 }, { part: 0, pitch: 62, at: 1, length: 4 }, { part: 3, pitch: 60, at: 0 },
    { part: 0, pitch: 200, at: 0 }, { part: 0, pitch: 60, at: NaN }] })
  assert.deepEqual(clip.notes.map((note) => note.pitch), [62, 60])
  assert.equal(clip.length, 5)
  assert.equal(clip.firstNear(4.5), 0)
  assert.equal(clip.firstNear(7), 2)
})

test('a link holds a recipe, a file included', async () => {
  const midi = Buffer.from(Uint8Array.from({ length: 5000 }, (_, index) => index % 251)).toString('base64')
  const recipe = { from: { midi }, style: 'bach', instruments: ['piano'], bars: 8, tokens: null, temperature: 0.95, topP: 0.98,
    seed: 2 ** 52 + 1, takes: 1 }
  const link = await toLink(recipe)
  assert.match(link, /^[\w-]+$/)
  assert.deepEqual(await fromLink(link), recipe)
  assert.deepEqual(await fromLink(await toLink({ from: { prompt: 'spring' }, seed: 1 })), { from: { prompt: 'spring' }, seed: 1 })
  for (const damaged of ['', 'AAAA', link.slice(0, -9), '!!']) await assert.rejects(fromLink(damaged), /damaged/)
})

test('a link that would unpack without end is refused', async () => {
  const { deflateRawSync } = await import('node:zlib')
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')
  await assert.rejects(fromLink(bomb), /damaged/)
})

const take = (name, notes = 1) => ({ name, from: 0, clip: {
  parts: [{ instrument: 'piano' }], midi: null, notes: Array(notes).fill({ part: 0, pitch: 60, at: 0, length: 1 })
} })

test('takes stand under the one they go on from; undo takes back making and removing', () => {
  const tree = new TakeTree()
  const [root] = tree.add([take('a')])
  const [left, right] = tree.add([take('b'), take('c')], root.id)
  assert.deepEqual(tree.children(root.id), [left, right])
  tree.remove(root.id)
  assert.equal(tree.takes.size, 0)
  tree.undo()
  assert.deepEqual([...tree.takes.values()], [root, left, right])
  tree.undo()
  assert.deepEqual([...tree.takes.values()], [root])
  tree.undo()
  assert.equal(tree.takes.size, 0)
  assert.equal(tree.canUndo, false)
})

test('a take stands by itself where another page of this browser took away what it goes on from', () => {
  const tree = new TakeTree()
  const stored = (id, parent) => ({ ...take('x'), id, number: id, parent })
  tree.restore([stored(2, 1), stored(3, 2)], 3)
  assert.deepEqual(tree.children(null).map(({ id }) => id), [2])
  assert.deepEqual(tree.children(2).map(({ id }) => id), [3])
})

test('the tree is bounded: the oldest that nobody went on from leave first', () => {
  const tree = new TakeTree()
  const [kept] = tree.add([take('kept')])
  tree.add([take('its child')], kept.id)
  let dropped = 0
  tree.addEventListener('dropped', ({ detail }) => { dropped += detail })
  for (let count = 0; count < 300; count++) tree.add([take('x')])
  assert.equal(tree.takes.size, 200)
  assert.equal(dropped, 102)
  for (let count = 0; count < 5; count++) tree.add([take('long', 100_000)])
  assert.ok(tree.takes.size < 6)
})

test('undo brings back what left for want of room, with making and opening alike, and takes nothing for it', () => {
  const tree = new TakeTree()
  for (let count = 0; count < 150; count++) tree.add([take('x')])
  const before = [...tree.takes.values()]
  let dropped = 0
  tree.addEventListener('dropped', ({ detail }) => { dropped += detail })
  assert.equal(tree.fromFile(tree.toFile()), 150)
  assert.equal(tree.takes.size, 200)
  assert.equal(dropped, 100)
  tree.undo()
  assert.deepEqual([...tree.takes.values()], before)
  tree.add(Array(60).fill(take('y')))
  assert.equal(tree.takes.size, 200)
  tree.undo()
  assert.deepEqual([...tree.takes.values()], before)
})

test('undo leaves nothing of what was added, where some of it had no room itself', () => {
  const tree = new TakeTree()
  let parent = null
  for (let count = 0; count < 199; count++) [{ id: parent }] = tree.add([take('x')], parent)
  const before = [...tree.takes.values()]
  tree.add(Array(4).fill(take('y')))
  assert.equal(tree.takes.size, 200)
  tree.undo()
  assert.deepEqual([...tree.takes.values()], before)
})

test('a file of takes is opened beside what is there, its tree as it was', () => {
  const tree = new TakeTree()
  const [root] = tree.add([take('a')])
  tree.add([take('b')], root.id)
  const text = tree.toFile()
  assert.equal(tree.fromFile(text), 2)
  const [, , again, child] = [...tree.takes.values()]
  assert.equal(child.parent, again.id)
  for (const wrong of ['', '[]', '{"continuo":"takes","version":2,"takes":[]}']) assert.throws(() => tree.fromFile(wrong), /no file of takes/)
  const damaged = (change) => {
    const file = JSON.parse(text)
    change(file.takes[1])
    assert.throws(() => tree.fromFile(JSON.stringify(file)), /damaged/)
  }
  damaged((one) => { delete one.clip })
  damaged((one) => { one.clip.notes[0] = null })
  damaged((one) => { one.clip.notes[0].part = 7 })
  damaged((one) => { one.clip.parts[0] = {} })
  damaged((one) => { one.id = 'x' })
})

test('a file of takes whose bars, tempos, numbers or MIDI file cannot be is damaged: the page would stand still with it, again after each reload', () => {
  const clip = { ...take('a').clip, tempos: [{ at: 0, bpm: 120 }], meters: [{ at: 0, numerator: 3, denominator: 4 }], length: 4, midi: 'TVRoZA==' }
  const opened = (change) => {
    const one = { id: 1, number: 1, ...take('a'), recipe: null, clip: structuredClone(clip) }
    change(one)
    return new TakeTree().fromFile(JSON.stringify({ continuo: 'takes', version: 1, takes: [one] }))
  }
  assert.equal(opened(() => {}), 1)
  const wrong = [
    ({ clip }) => { clip.meters = 5 }, ({ clip }) => { clip.meters[0].numerator = 0 }, ({ clip }) => { clip.meters[0].denominator = 1e9 },
    ({ clip }) => { clip.meters[0].at = 'x' }, ({ clip }) => { clip.tempos = {} }, ({ clip }) => { clip.tempos[0] = null },
    ({ clip }) => { clip.tempos[0].bpm = -1 }, ({ clip }) => { clip.length = 'long' }, ({ clip }) => { clip.midi = 'no base64!' },
    (one) => { one.number = 'first' }, (one) => { one.recipe = 7 }
  ]
  for (const change of wrong) assert.throws(() => opened(change), /damaged/, String(change))
})

test('performance time runs while it plays, at the tempo, and never goes back', () => {
  let now = 10
  const clock = new LiveClock(() => now)
  clock.setTempo(120)
  assert.equal(clock.at(), 0)
  clock.start()
  now = 11
  assert.equal(clock.at(), 2)
  clock.setTempo(60)
  now = 12
  assert.equal(clock.at(), 3)
  assert.equal(clock.time(4), 13)
  clock.stop()
  now = 20
  assert.equal(clock.at(), 3)
  assert.equal(clock.epoch, 2)
})

test('what is under the pointer stays there when the roll is zoomed', () => {
  const view = new Viewport()
  Object.assign(view, { width: 840, height: 400 })
  view.fit(64)
  const at = view.at(500)
  view.zoom(4, 500, 64)
  assert.ok(Math.abs(view.at(500) - at) < 1e-9)
})

test('drums stand in rows of their own below the pitches, and take no room where there are none', () => {
  const parts = [{ instrument: 'bass' }, { instrument: 'drums' }]
  const clip = new Clip({ parts, notes: [{ at: 0, part: 0, pitch: 40 }, { at: 0, part: 1, pitch: 36 }, { at: 1, part: 1, pitch: 90 }] })
  const { low, high, drums } = clip.range()
  assert.deepEqual([low, high], [37, 43])
  const view = new Viewport()
  Object.assign(view, { width: 840, height: 400 })
  view.rows(low, high, [])
  assert.equal(view.y(view.low) + view.rowHeight, 400)
  view.rows(low, high, drums)
  assert.ok(view.y(view.low) + view.rowHeight < view.drumY(36))
  assert.ok(view.drumY(36) < view.drumY(90))
  assert.equal(view.drumY(90) + view.drumHeight, 400)
})
