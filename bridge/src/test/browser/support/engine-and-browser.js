// What the tests of one file need: a real engine and a real browser, from before the first of them to after the last.

import { after, before } from 'node:test'
import { launch, open } from './browser.js'
import { EngineProcess } from './engine.js'

/**
 * Gives `engine`, and `open`: a page with a profile of its own, at the engine's address or `address`, on which `script` runs before any
 * other; what else it is given is the browser's (`viewport`, `colorScheme`).
 */
export function engineAndBrowser() {
  const engine = new EngineProcess()
  let launched = null
  before(() => (launched = engine.start().then(launch)))
  after(async () => {
    try {
      await (await launched)?.close()
    } finally {
      await engine.close()
    }
  })
  return {
    engine,
    // A file's hooks run side by side: the page that one of them opens waits for what it needs.
    open: async ({ address, script = null, ...options } = {}) => open(await launched, address ?? engine.address, options, script)
  }
}
