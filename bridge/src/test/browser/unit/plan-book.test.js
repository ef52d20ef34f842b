// SPEC.md, 8.4, rule by rule.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PlanBook } from '../page.js'

function book() {
  const told = []
  const one = new PlanBook({
    on: ({ note, at, channel, pitch }) => told.push(['on', note, at, channel, pitch]),
    off: ({ note }, at) => told.push(['off', note, at]),
    missed: (note) => told.push(['missed', note])
  })
  return { one, told }
}

test('events are played at their moments, ends before beginnings', () => {
  const { one, told } = book()
  one.plan(0, 0, 0, 4)
  one.planOn(2, 1, 1, 43, 80, 0)
  one.planOn(1, 0.5, 1, 40, 80, 0)
  one.planOff(1, 1)
  one.due(0.6)
  assert.deepEqual(told, [['on', 1, 0.5, 1, 40]])
  one.due(1.1)
  assert.deepEqual(told.slice(1), [['off', 1, 1], ['on', 2, 1, 1, 43]])
})

test('a plan of another epoch is dropped and counted, with its events', () => {
  const { one, told } = book()
  one.plan(1, 0, 0, 4)
  one.planOn(1, 0.5, 1, 40, 80, 0)
  one.due(4)
  assert.deepEqual(told, [])
  assert.equal(one.counts.plan_epoch, 1)
})

test('a lower revision is dropped and counted', () => {
  const { one, told } = book()
  one.plan(0, 5, 0, 4)
  one.plan(0, 4, 0, 4)
  one.planOn(1, 0.5, 1, 40, 80, 0)
  one.due(4)
  assert.deepEqual(told, [])
  assert.equal(one.counts.plan_stale, 1)
})

test('a higher revision voids what stands at or after its beginning, and the worked sequence 9.1 holds', () => {
  const { one, told } = book()
  one.plan(0, 5, 8, 10)
  one.planOn(70, 8.5, 1, 40, 80, 8)
  one.planOff(70, 9)
  one.planOn(71, 9, 1, 43, 80, 8)
  one.planOff(71, 9.5)
  one.due(8.6)
  one.plan(0, 6, 8.7, 10)
  one.planOff(70, 9)
  one.planOn(72, 9, 1, 41, 80, 8.62)
  one.planOff(72, 9.75)
  one.due(10)
  assert.deepEqual(told, [['on', 70, 8.5, 1, 40], ['off', 70, 9], ['on', 72, 9, 1, 41], ['off', 72, 9.75]])
})

test('the same revision extends the plan', () => {
  const { one, told } = book()
  one.plan(0, 5, 0, 2)
  one.planOn(1, 1, 1, 40, 80, 0)
  one.plan(0, 5, 2, 4)
  one.planOff(1, 2.5)
  one.due(4)
  assert.deepEqual(told, [['on', 1, 1, 1, 40], ['off', 1, 2.5]])
  assert.equal(one.to, 4)
})

test('a note that comes too late is not played, is told, and its end is ignored', () => {
  const { one, told } = book()
  one.plan(0, 20, 50, 52)
  one.planOn(95, 50.1, 1, 40, 80, 50.2)
  one.planOff(95, 50.6)
  one.planOn(96, 50.5, 1, 43, 80, 50.2)
  one.due(51)
  assert.deepEqual(told, [['missed', 95], ['on', 96, 50.5, 1, 43]])
  assert.equal(one.counts.late, 1)
})

test('where the pitch sounds already, that note is ended first', () => {
  const { one, told } = book()
  one.plan(0, 0, 0, 4)
  one.planOn(1, 1, 1, 40, 80, 0)
  one.planOn(2, 2, 1, 40, 80, 0)
  one.planOff(1, 3)
  one.due(4)
  assert.deepEqual(told, [['on', 1, 1, 1, 40], ['off', 1, 2], ['on', 2, 2, 1, 40]])
})

test('a note whose end is void keeps sounding until the new revision ends it, and 32 quarter notes at the longest', () => {
  const { one, told } = book()
  one.plan(0, 0, 0, 4)
  one.planOn(1, 1, 1, 40, 80, 0)
  one.planOff(1, 3)
  one.due(1.5)
  one.plan(0, 1, 2, 4)
  one.due(20)
  assert.deepEqual(told, [['on', 1, 1, 1, 40]])
  one.due(33.5)
  assert.deepEqual(told.at(-1), ['off', 1, 33.5])
})

test('a note that was handed over just before it was taken back is ended by the revision that has heard of it', () => {
  const { one, told } = book()
  one.plan(0, 0, 0, 4)
  one.planOn(1, 1, 1, 40, 80, 0)
  one.planOff(1, 2)
  one.due(1.01)
  one.plan(0, 1, 1, 4)
  one.plan(0, 2, 1.5, 4)
  one.planOff(1, 1.5)
  one.due(3)
  assert.deepEqual(told, [['on', 1, 1, 1, 40], ['off', 1, 1.5]])
})

test('a break voids what was to come and ends what sounds', () => {
  const { one, told } = book()
  one.plan(0, 0, 0, 4)
  one.planOn(1, 1, 1, 40, 80, 0)
  one.planOn(2, 2, 1, 41, 80, 0)
  one.due(1.5)
  one.breakAt(1.6, 1)
  one.due(9)
  assert.deepEqual(told, [['on', 1, 1, 1, 40], ['off', 1, 1.6]])
  one.plan(0, 1, 2, 4)
  assert.equal(one.counts.plan_epoch, 1)
})

test('whatever plans come, everything that begins ends', () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed
    const random = (most) => (state = (state * 48271) % 2147483647) % most
    const { one, told } = book()
    let now = 0
    let note = 1
    let revision = 0
    for (let step = 0; step < 60; step++) {
      revision += random(3) === 0 ? 1 : 0
      one.plan(0, revision, now + random(3) / 4, now + 4)
      for (let count = random(5); count > 0; count--) {
        const at = now + random(16) / 8
        one.planOn(note, at, random(2), 60 + random(3), 80, now)
        if (random(5)) one.planOff(note, at + random(9) / 8)
        note++
      }
      now += random(8) / 8
      one.due(now)
    }
    one.breakAt(now)
    const sounding = new Set()
    for (const [word, number] of told) {
      if (word === 'on') sounding.add(number)
      if (word === 'off') assert.ok(sounding.delete(number), `seed ${seed}: ${number} ended twice`)
    }
    assert.equal(sounding.size, 0, `seed ${seed}`)
  }
})
