// The engine at the other end: asks it over HTTP, streams takes, and notices when it goes away and when it is back.

const FORBIDDEN = 403

/** What is answered only to who has the key. */
const NEEDS_KEY = /^\/api\/(clips|takes|session)/

/** The engine said no, in words for people. */
export class Refused extends Error {
  constructor(words, status) {
    super(words)
    this.status = status
  }
}

/** The engine did not answer, or stopped in the middle of an answer. */
export class Away extends Error {}

/** Tells `change` (here or away, admitted or not). All methods throw Refused or Away. */
export class Engine extends EventTarget {
  #looking = null
  #next = null

  constructor(key, request = (...args) => fetch(...args)) {
    super()
    this.key = key
    this.request = request
    this.here = null
    /** False where it has another key than this page, or the page none. */
    this.admitted = Boolean(key)
    this.about = null
  }

  /** Asks until the engine answers, then goes on asking now and then: one question at a time, however many want to know. */
  watch() {
    clearTimeout(this.#next)
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
      this.#next = setTimeout(() => this.watch(), this.here ? 5000 : 1000)
    })
    return this.#looking
  }

  async #look() {
    try {
      const about = await this.#json('/api/about')
      if (JSON.stringify(about) !== JSON.stringify(this.about)) {
        this.about = about
        this.dispatchEvent(new Event('about'))
      }
    } catch {
      // Said by #ask already; asked again soon.
    }
  }

  /** Resolves when the engine answers again. */
  back() {
    if (this.here) return Promise.resolve()
    this.watch()
    return new Promise((resolve) => {
      const heard = () => {
        if (!this.here) return
        this.removeEventListener('change', heard)
        resolve()
      }
      this.addEventListener('change', heard)
    })
  }

  prompt(name) {
    return this.#json('/api/prompts/' + encodeURIComponent(name))
  }

  clipOf(midi) {
    return this.#json('/api/clips', { method: 'POST', body: midi, headers: { 'Content-Type': 'audio/midi' } })
  }

  capturedTakes() {
    return this.#json('/api/session/takes')
  }

  capturedTake(number) {
    return this.#json(`/api/session/takes/${number}`)
  }

  /** The events of a request for takes, as they are made. Aborting `signal` stops the computing. */
  async *takes(request, signal) {
    const response = await this.#ask('/api/takes', {
      method: 'POST', body: JSON.stringify(request), signal, headers: { 'Content-Type': 'application/json' }
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    let finished = false
    for (;;) {
      const { value, done } = await this.#unbroken(reader.read(), signal)
      const lines = (rest + (value ?? '')).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        if (!line.trim()) continue
        const event = JSON.parse(line)
        finished ||= event.event === 'done' || event.event === 'failed'
        yield event
      }
      if (!done) continue
      if (!finished) this.#lost()
      return
    }
  }

  /** Ends a request for takes, numbered as `begun` told, with what there is of them. */
  endTakes(number) {
    return this.#json(`/api/takes/${number}/end`, { method: 'POST' })
  }

  async #json(path, options) {
    const response = await this.#ask(path, options)
    return this.#unbroken(response.json(), options?.signal)
  }

  async #ask(path, options = {}) {
    const headers = { ...options.headers }
    if (this.key) headers['Continuo-Key'] = this.key
    const response = await this.#unbroken(this.request(path, { ...options, headers, cache: 'no-store' }), options.signal)
    this.#seen(true)
    if (response.status === FORBIDDEN) this.#admit(false)
    else if (response.ok && NEEDS_KEY.test(path)) this.#admit(true)
    if (response.ok) return response
    const said = await response.json().catch(() => ({}))
    throw new Refused(said.error ?? `the engine answered ${response.status}`, response.status)
  }

  async #unbroken(promise, signal) {
    try {
      return await promise
    } catch (error) {
      if (signal?.aborted) throw error
      return this.#lost()
    }
  }

  #lost() {
    this.#seen(false)
    throw new Away('the engine is away')
  }

  #admit(admitted) {
    if (this.admitted === admitted) return
    this.admitted = admitted
    this.dispatchEvent(new Event('change'))
  }

  #seen(here) {
    if (this.here === here) return
    this.here = here
    this.dispatchEvent(new Event('change'))
    if (!here) this.watch()
  }
}
