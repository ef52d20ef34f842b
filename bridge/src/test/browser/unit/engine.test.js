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
