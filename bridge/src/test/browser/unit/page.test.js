// The page's files fit together.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const page = new URL('../../../main/resources/org/continuo/bridge/panel/page/', import.meta.url)
const index = readFileSync(new URL('index.html', page), 'utf8')

/** The modules that are loaded with the one at `address`, itself included. */
function loaded(address, seen = new Set()) {
  if (seen.has(address.href)) return seen
  seen.add(address.href)
  for (const [, other] of readFileSync(address, 'utf8').matchAll(/^(?:import|export) .*?from '(\.[^']+)'/gm)) loaded(new URL(other, address), seen)
  return seen
}

test('what the page needs at once is asked for at once', () => {
  const wanted = loaded(new URL('js/main.js', page))
  wanted.delete(new URL('js/main.js', page).href)
  const asked = [...index.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => new URL(href, page).href)
  assert.deepEqual(asked, [...wanted].sort())
})

test('all that the page names is there, and nothing is inline or elsewhere', () => {
  for (const [, file] of index.matchAll(/(?:href|src)="([^"#]+)"/g)) {
    assert.doesNotMatch(file, /:/)
    assert.ok(existsSync(new URL(file, page)), file)
  }
  assert.doesNotMatch(index, /<style|style=|\son\w+=|<script(?![^>]*src=)/)
})

test('everything that a module finds by its id is on a page', () => {
  const modules = loaded(new URL('js/main.js', page))
  loaded(new URL('js/live/view.js', page), modules)
  const stand = readFileSync(new URL('js/live/stand.js', page), 'utf8') + readFileSync(new URL('js/live/controls.js', page), 'utf8')
  for (const module of modules) {
    for (const [, id] of readFileSync(new URL(module), 'utf8').matchAll(/\bfind\('([\w-]+)'\)/g)) {
      assert.ok(index.includes(`id="${id}"`) || stand.includes(`'${id}'`), `${id} in ${module}`)
    }
  }
})
