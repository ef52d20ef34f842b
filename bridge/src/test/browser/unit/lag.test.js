// How far the synthesizer is behind the sound device, by what its messages say.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lag } from '../page.js'

/** Messages ten times a second from `from` on, for so many seconds, of a synthesizer that is `behind`; each `late` on its way. */
function messages(lag, from, seconds, behind, late = () => 0) {
  for (let count = 0; count < seconds * 10; count++) {
    const now = from + count / 10
    lag.hear(now - behind - late(count), now)
  }
}

test('no lag is known before the first message, and then at once', () => {
  const lag = new Lag()
  assert.equal(lag.seconds, 0)
  lag.hear(1, 1.3)
  assert.ok(Math.abs(lag.seconds - 0.3) < 1e-9)
})

test('slow messages are no lag', () => {
  const lag = new Lag()
  messages(lag, 1, 20, 0.02, (count) => (count % 7 ? 0.5 : 0))
  assert.ok(Math.abs(lag.seconds - 0.02) < 1e-9, `${lag.seconds}`)
})

test('a page that stood still for a second makes no lag of it', () => {
  const lag = new Lag()
  messages(lag, 0, 4, 0)
  for (let count = 0; count < 5; count++) lag.hear(4 + count / 10, 5)
  assert.equal(lag.seconds, 0)
})

test('sound that was left out while it played is lag soon after', () => {
  const lag = new Lag()
  messages(lag, 0, 5, 0)
  messages(lag, 5, 5, 0.1)
  assert.ok(Math.abs(lag.seconds - 0.1) < 1e-9, `${lag.seconds}`)
})

test('a synthesizer that seems ahead is not behind', () => {
  const lag = new Lag()
  messages(lag, 0, 5, -0.003)
  assert.equal(lag.seconds, 0)
})
