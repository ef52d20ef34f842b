// A clock's tick that a page in the background keeps: timers of a worker are not slowed down there.

/** Calls `tick` about every `milliseconds` until `stop`. */
export class Ticker {
  #worker = null

  constructor(milliseconds, tick) {
    this.milliseconds = milliseconds
    this.tick = tick
  }

  start() {
    if (this.#worker) return
    this.#worker = new Worker(new URL('./tick-worker.js', import.meta.url))
    this.#worker.onmessage = () => this.tick()
    this.#worker.postMessage(this.milliseconds)
  }

  stop() {
    this.#worker?.terminate()
    this.#worker = null
  }
}
