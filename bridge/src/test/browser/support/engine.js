// A real engine for the tests: `continuo serve` in a folder of its own, with the model that ships.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const launcher = process.env.CONTINUO ?? fileURLToPath(new URL('../../../../../installers/continuo', import.meta.url))
const START_MS = 60_000

export class EngineProcess {
  #process = null

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'continuo-browser-'))
    this.port = 0
  }

  /** Starts it; again on the same port, with the same key, where it ran before. */
  async start() {
    const child = this.#process = spawn(launcher, ['serve', '--no-osc', '--http-port', String(this.port),
      '--socket', join(this.folder, 'run', 'engine.sock'), '--takes', join(this.folder, 'takes')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: this.folder } })
    this.said = []
    const address = new Promise((resolve, reject) => {
      const hear = (line) => {
        this.said.push(line)
        const found = line.match(/http:\/\/127\.0\.0\.1:(\d+)\/#key=(\S+)/)
        if (found) resolve(found)
      }
      createInterface(child.stdout).on('line', hear)
      createInterface(child.stderr).on('line', hear)
      child.on('exit', (code) => reject(new Error(`continuo serve ended with ${code}: ${this.said.join('\n')}`)))
      setTimeout(() => reject(new Error(`continuo serve did not start: ${this.said.join('\n')}`)), START_MS).unref()
    })
    const [, port, key] = await address
    this.port = Number(port)
    this.key = key
    this.origin = `http://127.0.0.1:${port}`
    this.address = `${this.origin}/#key=${key}`
    return this
  }

  /** Ends it and waits for that. */
  async stop(signal = 'SIGTERM') {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  async close() {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
