// What of a plan is kept, as the page can know it (SPEC.md, 6.5).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptPlan, PlanBook } from '../page.js'

/** Kept to the end of a bar, of which the engine knows for sure. */
function keeping(until, planned = until) {
  const kept = new KeptPlan()
  kept.keep(until, planned)
  kept.grow(planned)
  kept.grow(planned)
  return kept
}

test('a plan made anew after what is kept leaves it kept; one from before its end says that nothing is kept any more', () => {
  const kept = keeping(8)
  kept.madeAnew(8)
  kept.madeAnew(8 + 1e-9)
  assert.deepEqual([kept.until, kept.reaches(8)], [8, true])
  kept.madeAnew(5.1)
  assert.deepEqual([kept.until, kept.reaches(8), kept.grow(8)], [0, false, null])
})

test('a bar that is kept before all of it is planned is asked for again as the plan grows, to its end and no further', () => {
  const kept = new KeptPlan()
  kept.keep(8, 6)
  assert.deepEqual([kept.until, kept.reaches(8)], [6, true])
  assert.equal(kept.grow(6), null)
  assert.deepEqual([kept.grow(7), kept.until], [8, 7])
  assert.deepEqual([kept.grow(9), kept.until], [8, 8])
  assert.equal(kept.grow(10), null)
})

test('a plan that was begun before the engine heard what to keep frees nothing: it is asked for again', () => {
  const kept = new KeptPlan()
  kept.keep(8, 8)
  kept.grow(8)
  kept.madeAnew(5.1)
  assert.deepEqual([kept.until, kept.reaches(8)], [5.1, true])
  assert.deepEqual([kept.grow(8), kept.until], [8, 8])
})

test('what is made anew from a bar on leaves the bars before it kept, and those after it not', () => {
  const kept = keeping(12)
  kept.keep(8, 12)
  kept.madeAnew(8)
  assert.deepEqual([kept.until, kept.reaches(8), kept.reaches(12), kept.grow(12)], [8, true, false, null])
})

test('of a plan, nothing is kept after a break, nor in another session', () => {
  for (const act of [(book) => book.breakAt(2, 1), (book) => book.begin()]) {
    const book = new PlanBook({ on() {}, off() {}, missed() {} })
    book.plan(0, 0, 0, 8)
    book.kept.keep(8, book.to)
    act(book)
    assert.equal(book.kept.until, 0)
  }
})
