// A band that is watched: what the page makes of the host's transport, and of another band.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Watch } from '../page.js'

const PLAYING = 1 + 8 + 16 + 32 + 64

/** A watch on a clock that the test moves, and how often it said that something changed. */
function watching() {
  const clock = { now: 0, changes: 0 }
  const watch = new Watch(() => {}, () => clock.now)
  watch.addEventListener('change', () => clock.changes++)
  return { watch, clock }
}

test('bars have the numbers of the host, after a seek and in each pass of a loop too', () => {
  const { watch } = watching()
  const bar = () => watch.score.clip.bars.at(watch.at).bar
  watch.heardTransport(PLAYING, 1, 0, 64, 120, 4, 4, 64)
  assert.equal(bar(), 17)
  watch.heardTransport(PLAYING, 1, 4.5, 68.5, 120, 4, 4, 68)
  assert.equal(bar(), 18)
  watch.heardTransport(PLAYING, 1, 8.25, 64.25, 120, 4, 4, 64)
  assert.equal(bar(), 17)
  assert.equal(watch.score.clip.bars.at(8.25).start, 8)
  watch.heardTransport(PLAYING, 2, 10, 3, 120, 3, 4, 3)
  assert.equal(bar(), 2)
})

test('a host that starts in mid-bar has its bar line where the host has it', () => {
  const { watch } = watching()
  watch.heardTransport(PLAYING, 1, 0, 2, 120, 4, 4, 0)
  assert.deepEqual(watch.score.clip.bars.at(1.5), { bar: 1, beat: 4, start: -2, length: 4 })
  assert.deepEqual(watch.score.clip.bars.at(2), { bar: 2, beat: 1, start: 2, length: 4 })
})

test('who comes back while the host says no bar counts from the beat, and by what it says after that', () => {
  const { watch } = watching()
  watch.heardTransport(PLAYING, 7, 100, 100, 150, 4, 4, 100)
  watch.alone()
  watch.heardTransport(PLAYING - 64, 7, 220.25, 220, 150, 4, 4, 0)
  assert.deepEqual(watch.score.clip.bars.at(221), { bar: 56, beat: 1, start: 220.25, length: 4 })
  watch.heardTransport(PLAYING - 64, 7, 226.25, 226, 150, 4, 4, 0)
  assert.equal(watch.score.clip.bars.at(watch.at).bar, 57)
})

test('whoever comes late sees no bar line but those of the host', () => {
  const { watch } = watching()
  watch.heardTransport(PLAYING, 1, 9.5, 66, 120, 4, 4, 64)
  const lines = []
  watch.score.clip.bars.each(0, 12, (at, bar) => lines.push([at, bar]))
  assert.deepEqual(lines.filter(([at]) => at >= 0), [[3.5, 16], [7.5, 17], [11.5, 18]])
})

test('another tempo is told, also where nothing breaks; the same one is not told again', () => {
  const { watch, clock } = watching()
  watch.heardTransport(PLAYING, 1, 0, 0, 120, 4, 4, 0)
  const begun = clock.changes
  watch.heardTransport(PLAYING, 1, 1, 1, 150, 4, 4, 0)
  watch.heardTransport(PLAYING, 1, 1.1, 1.1, 150, 4, 4, 0)
  assert.equal(clock.changes, begun + 1)
  assert.equal(watch.measure, '150, in 4/4')
})

test('a note that sounded before the host heard of its revision is shown, and ends where the new plan ends it', () => {
  const { watch } = watching()
  watch.heardTransport(PLAYING, 1, 0, 0, 120, 4, 4, 0)
  watch.plan(1, 1, 0, 4)
  watch.planOn(1, 1, 1, 40, 90)
  watch.planOff(1, 2)
  watch.plan(1, 2, 0.9, 4)
  assert.equal(watch.book.planned().length, 0)
  watch.heardSounded(1, 1)
  watch.plan(1, 3, 1.1, 4)
  watch.planOff(1, 1.5)
  watch.heardTransport(PLAYING, 1, 2, 2, 120, 4, 4, 0)
  assert.deepEqual(watch.score.clip.notes.map(({ at, length, pitch, open }) => [at, length, pitch, open]), [[1, 0.5, 40, false]])
})

test('what was played before the page looked is shown, and who comes back sees no note twice', () => {
  const { watch } = watching()
  const tell = () => {
    watch.heardTransport(PLAYING, 1, 9.5, 66, 120, 4, 4, 64)
    watch.heardPlayed('musician', 4, 5.5, 0, 60, 90)
    watch.heardPlayed('model', 6, 10.5, 1, 40, 80)
    watch.heardOn(9, 0, 64, 90)
  }
  const notes = () => watch.score.clip.notes.map(({ at, length, pitch, mine, open }) => [at, length, pitch, mine, open ?? false])
  tell()
  assert.deepEqual(notes().slice(0, 2), [[4, 1.5, 60, true, false], [6, 4.5, 40, false, false]])
  watch.alone()
  tell()
  watch.heardPlayed('model', 7, 7.25, 1, 43, 80)
  watch.heardOff(11, 0, 64)
  assert.deepEqual(notes(), [[4, 1.5, 60, true, false], [6, 4.5, 40, false, false], [7, 0.25, 43, false, false], [9, 2, 64, true, false]])
})

test('of the band before nothing is left: notes, plan, parts, settings, what came late', () => {
  const { watch } = watching()
  watch.heardTransport(PLAYING, 1, 0, 0, 120, 4, 4, 0)
  watch.heardPart(1, 'bass', 'model')
  watch.heardSet('density', 8)
  watch.plan(1, 1, 0, 4)
  watch.planOn(1, 1, 1, 40, 90)
  watch.planOn(2, 2, 1, 43, 90)
  watch.heardSounded(1, 1)
  watch.heardMissed(2)
  watch.forget()
  assert.deepEqual([watch.score.clip.notes.length, watch.book.planned().length, watch.book.to, watch.parts.length, watch.settings.size,
    watch.missedNotes, watch.playing, watch.at], [0, 0, 0, 0, 0, 0, false, 0])
})
