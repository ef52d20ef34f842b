// A real browser: Debian's Chromium, without a screen.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where it is on this machine, or undefined. */
export function found() {
  return PLACES.find((place) => place && existsSync(place))
}

export async function launch() {
  const executablePath = found()
  if (!executablePath) throw new Error('no Chromium: apt-get install chromium, or say where it is with CHROMIUM=')
  return chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--autoplay-policy=no-user-gesture-required'] })
}

/**
 * A page with a profile of its own, at the engine's address, on which `script` runs before any other. What it asks of other hosts,
 * and its errors, are kept.
 */
export async function open(browser, address, options = {}, script = null) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  if (script) await context.addInitScript(script)
  const page = await context.newPage()
  page.foreign = []
  page.errors = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.host !== new URL(address).host && !['blob:', 'data:'].includes(url.protocol)) page.foreign.push(request.url())
  })
  page.on('pageerror', (error) => page.errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') page.errors.push(message.text())
  })
  await page.goto(address)
  await page.waitForSelector('html[data-ready=yes]')
  return page
}
