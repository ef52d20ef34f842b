// The engine at the other end: how often it is asked, and what becomes of a request while it is away.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine, Making } from '../page.js'

/** An engine whose answers the test gives: `state.here` says whether it answers, `state.asked` how often it was asked. */
function asked() {
  const state = { here: true, asked: 0 }
  const engine = new Engine('key', async () => {
    state.asked++
    if (!state.here) throw new TypeError('nobody listens')
    return new Response('{}')
  })
  return { engine, state }
}

/** Lets everything that waits for no clock happen. */
async function settled() {
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve))
}

test('however often the engine went away, it is asked no oftener when it is back', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { engine, state } = asked()
  const pass = async (ms) => {
    context.mock.timers.tick(ms)
    await settled()
  }
  await engine.watch()
  for (let outage = 0; outage < 10; outage++) {
    state.here = false
    await pass(5000)
    assert.equal(engine.here, false)
    const back = engine.back()
    await settled()
    state.here = true
    await pass(1000)
    await back
  }
  await pass(5000)
  state.asked = 0
  for (let count = 0; count < 12; count++) await pass(5000)
  assert.equal(state.asked, 12)
})

/** Asks for takes of an engine that tells `events` of them and is then gone. */
async function cutOff(events) {
  const lines = events.map((event) => JSON.stringify(event) + '\n').join('')
  let gone = false
  const making = new Making(new Engine('key', async () => {
    if (gone) throw new TypeError('nobody listens')
    gone = true
    return new Response(lines)
  }))
  const away = new Promise((resolve) => making.addEventListener('away', resolve))
  const takes = making.run({ takes: 3 })
  await away
  return { making, takes }
}

test('who stops while the engine is away does not wait for it, and keeps the takes that were finished', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const clip = { parts: [{ instrument: 'piano' }], notes: [], midi: 'TVRoZA==' }
  for (const act of ['stop', 'leave']) {
    for (const finished of [0, 1, 2]) {
      const all = [{ event: 'take', take: 0, seed: 7 }, { event: 'finished', clip, report: {}, score: 1 },
        { event: 'take', take: 1, seed: 9 }, { event: 'finished', clip, report: {}, score: 3 }]
      const { making, takes } = await cutOff([{ event: 'begun', request: 1, given: clip, from: 0, recipe: { takes: 3 } },
        ...all.slice(0, 2 * finished), { event: 'take', take: finished, seed: 8 }])
      let kept
      takes.then((all) => { kept = all.map((take) => take.seed) })
      making[act]()
      await settled()
      assert.deepEqual(kept, [[], [7], [9, 7]][finished], `${act}, best first`)
    }
  }
})

test('a page that one engine does not admit is admitted again by its own', async () => {
  let status = 403
  const engine = new Engine('key', async () => new Response('{}', { status }))
  await assert.rejects(engine.capturedTakes())
  assert.equal(engine.admitted, false)
  status = 200
  await engine.capturedTakes()
  assert.equal(engine.admitted, true)
})
