// The page's OSC against the protocol's golden files (SPEC.md, section 12).

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { hear, say } from '../page.js'

const folder = new URL('../../../../../protocol/src/main/resources/org/continuo/protocol/golden/', import.meta.url)

function golden(file) {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
  const calls = lines[0].replace(/^# SPEC \S+ ?/, '').split('; ').filter(Boolean).map((call) => {
    const [name, ...args] = call.match(/"(?:[^"\\]|\\.)*"|\S+/g)
    return [name, ...args.map((word) => (word.startsWith('"') ? JSON.parse(word) : isNaN(word) ? word : Number(word)))]
  })
  const hex = lines.map((line) => line.replace(/#.*/, '')).join(' ').trim()
  return { calls, bytes: Uint8Array.from(hex ? hex.split(/\s+/) : [], (pair) => parseInt(pair, 16)) }
}

function heard(bytes) {
  const calls = []
  hear(bytes, new Proxy({}, {
    get: (_, name) => (...args) => calls.push([name === 'refusedBy' ? 'refused' : name, ...args])
  }))
  return calls
}

const files = readdirSync(folder)

test('there are golden files of every kind', () => {
  for (const kind of ['to-engine-', 'from-engine-', 'accepted-from-engine-', 'refused-from-engine-', 'panel-to-engine-', 'panel-from-engine-']) {
    assert.ok(files.some((file) => file.startsWith(kind)), kind)
  }
})

for (const file of files.filter((name) => /^(panel-)?to-engine-/.test(name))) {
  test(`says ${file} byte for byte`, () => {
    const { calls, bytes } = golden(file)
    assert.equal(calls.length, 1)
    const [name, ...args] = calls[0]
    assert.deepEqual(say[name](...args), bytes)
  })
}

for (const file of files.filter((name) => /^(accepted-|refused-|panel-)?from-engine-/.test(name))) {
  test(`hears ${file}`, () => {
    const { calls, bytes } = golden(file)
    assert.deepEqual(heard(bytes), calls)
  })
}

test('whatever bytes are changed, nothing is thrown', () => {
  for (const file of files) {
    const { bytes } = golden(file)
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 0x2f, 0x7f, 0xff]) {
        const changed = bytes.slice()
        changed[at] = value
        heard(changed)
        heard(changed.subarray(0, at & ~3))
      }
    }
  }
})
