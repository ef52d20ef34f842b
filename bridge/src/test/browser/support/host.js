// A real host for the plugin: jalv on a JACK server without sound card, a musician who plays into it, and a tap between plugin
// and engine that writes down what both say (native-shim/hosts).

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const SHIM = fileURLToPath(new URL('../../../../../native-shim/', import.meta.url))
const HOSTS = join(SHIM, 'hosts')
const BUNDLES = join(SHIM, 'target', 'native', 'bundles')
// The system's Python, which is the one that Debian's packages are for.
export const PYTHON = process.env.CONTINUO_HOST_PYTHON ?? '/usr/bin/python3'
const PATIENCE_MS = 20_000
export const PLUGIN = 'continuo'

/** What is missing on this machine, with how to get it; '' where a host can be had. */
export function lacks() {
  if (!process.env.CONTINUO_HOSTS) return 'it wants a real host and real time; CONTINUO_HOSTS=yes asks for it'
  const has = (command, ...args) => {
    try {
      execFileSync(command, args, { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  if (!has('sh', '-c', 'command -v jackd')) return 'no jackd: apt-get install jackd2'
  if (!has('sh', '-c', 'command -v jalv')) return 'no jalv: apt-get install jalv'
  if (!has(PYTHON, '-c', 'import jack')) return `${PYTHON} has no module jack: apt-get install python3-jack-client`
  if (!existsSync(join(BUNDLES, 'continuo.lv2', 'manifest.ttl'))) return 'no LV2 plugin: native-shim/build, with lv2-dev installed'
  return ''
}

/** A program of native-shim/hosts. */
export function hostProgram(name, ...args) {
  return spawn(PYTHON, [join(HOSTS, name), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

export class HostProcess {
  #processes = []
  #answers = []

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'continuo-host-'))
    this.band = `host ${process.pid}`
    this.env = { ...process.env, JACK_DEFAULT_SERVER: `continuo-${process.pid}`, JACK_NO_START_SERVER: '1', JACK_NO_AUDIO_RESERVATION: '1',
      LV2_PATH: `${BUNDLES}:${process.env.LV2_PATH ?? '/usr/lib/lv2'}`, CONTINUO_SOCKET: join(this.folder, 'tap.sock'), CONTINUO_ENGINE: 'none',
      CONTINUO_BAND: this.band, PYTHONDONTWRITEBYTECODE: '1' }
    this.log = join(this.folder, 'said.jsonl')
  }

  /** Loads the plugin, which finds the engine; the host stands. */
  async open(engine) {
    this.server = this.#run(join(HOSTS, 'jack_server'), '1024')
    await this.#until('jackd', () => this.#jack('jack.Client("probe")'))
    this.#run(PYTHON, join(HOSTS, 'tap.py'), this.env.CONTINUO_SOCKET, join(engine.folder, 'run', 'engine.sock'), this.log)
    await this.#until('the tap', () => existsSync(this.env.CONTINUO_SOCKET))
    this.musician = this.#run(PYTHON, join(HOSTS, 'musician.py'))
    createInterface(this.musician.stdout).on('line', (line) => this.#answers.shift()?.(JSON.parse(line)))
    await new Promise((resolve) => this.#answers.push(resolve))
    // jalv leaves when its standard input ends: the pipe keeps it.
    this.jalv = this.#run('jalv', '-n', PLUGIN, 'urn:continuo:player')
    await this.#until('jalv', () => this.#jack(`c = jack.Client("probe"); assert c.get_ports("${PLUGIN}:out")`))
    await this.#until('the welcome', () => this.said('welcome').length > 0)
    await this.tell('connect', `${PLUGIN}:in`, `${PLUGIN}:out`)
    // jalv tells the plugin where it stands as soon as that changes; until then the plugin plays in a time of its own.
    await this.tell('seek', 4)
    await this.#until('the host\'s place', () => this.said('transport').some(([flags]) => (flags & 1) === 0))
    await this.tell('seek', 0)
    return this
  }

  /** Tells the musician what to do; gives what was played and heard so far. */
  tell(...words) {
    return new Promise((resolve) => {
      this.#answers.push(resolve)
      this.musician.stdin.write(words.join(' ') + '\n')
    })
  }

  /** The arguments of each message of this name that went between plugin and engine. */
  said(name) {
    const lines = readFileSync(this.log, 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line)).filter(({ address }) => address === `/continuo/${name}`).map((line) => line.arguments)
  }

  async close() {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const hard = setTimeout(() => child.kill('SIGKILL'), child === this.server ? 60_000 : 5000)
      // Who hears the end of its input leaves JACK in order; a server whose clients were killed may wait for them.
      if ([this.server, this.musician, this.jalv].includes(child)) child.stdin.end()
      else child.kill()
      await ended
      clearTimeout(hard)
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  #run(command, ...args) {
    const child = spawn(command, args, { env: this.env, stdio: ['pipe', 'pipe', 'pipe'] })
    child.said = ''
    child.stderr.on('data', (data) => { child.said = (child.said + data).slice(-2000) })
    child.stdout.resume()
    child.stdin.on('error', () => {})
    this.#processes.push(child)
    return child
  }

  #jack(words) {
    execFileSync(PYTHON, ['-c', `import jack; ${words}`], { env: this.env, stdio: 'ignore' })
    return true
  }

  async #until(what, holds) {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      try {
        if (holds()) return
      } catch {
        // Not yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`${what} did not come up: ${this.#processes.map((child) => child.said).join('\n')}`)
  }
}
