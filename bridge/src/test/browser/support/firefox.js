// Debian's Firefox, without a screen, and a sound server of its own that nobody hears: without one its sound device never starts.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'

const PLACES = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox']
const PATIENCE_MS = 60_000

/** What is missing on this machine, with how to get it; '' where Firefox can be had. */
export function lacks() {
  if (!process.env.CONTINUO_HOSTS) return 'CONTINUO_HOSTS=yes asks for it'
  if (!found()) return 'no Firefox: apt-get install firefox-esr, or say where it is with FIREFOX='
  try {
    execFileSync('pulseaudio', ['--version'], { stdio: 'ignore' })
    return ''
  } catch {
    return 'no sound server: apt-get install pulseaudio'
  }
}

function found() {
  return PLACES.find((place) => place && existsSync(place))
}

/** A sound server with one device, which is nobody's loudspeaker. */
export class SoundServer {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'continuo-sound-'))
  }

  /** Resolves when it can be played to. */
  async start() {
    this.process = spawn('pulseaudio', ['--daemonize=no', '--exit-idle-time=-1', '-n', '-L', 'module-null-sink',
      '-L', 'module-native-protocol-unix'], { env: this.environment, stdio: 'ignore' })
    const until = Date.now() + PATIENCE_MS
    while (!existsSync(join(this.folder, 'pulse', 'native'))) {
      if (Date.now() > until || this.process.exitCode !== null) throw new Error('pulseaudio does not start')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return this
  }

  /** For programs that are to play to it. */
  get environment() {
    return { ...process.env, HOME: this.folder, XDG_RUNTIME_DIR: this.folder }
  }

  close() {
    this.process?.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Firefox in such an environment. */
export function launch(env) {
  return puppeteer.launch({ browser: 'firefox', executablePath: found(), headless: true, env, protocolTimeout: PATIENCE_MS })
}

/** A page at the engine's address. Its errors are kept. */
export async function open(browser, address) {
  const page = await browser.newPage()
  page.errors = []
  page.on('pageerror', (error) => page.errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') page.errors.push(message.text())
  })
  await page.setViewport({ width: 1280, height: 800 })
  await page.goto(address)
  await page.waitForSelector('html[data-ready=yes]')
  return page
}
