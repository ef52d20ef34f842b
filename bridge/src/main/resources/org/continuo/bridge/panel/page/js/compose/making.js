// One request for takes, from the button to the last note. Where the engine goes away in the middle it is asked again for
// the very same when it is back: the recipe has the seed, so the same notes come.

import { Clip } from '../music/clip.js'
import { Away } from '../net/engine.js'

/**
 * Tells `begun`, `waiting` (detail: how many before), `take`, `part`, `note`, `progress` ({bar, bars}), `finished`
 * (a take), `away`, `again`. A take: { index, seed, recipe, clip, from, score, report }.
 */
export class Making extends EventTarget {
  #stopper = new AbortController()
  #left = new Promise((resolve) => this.#stopper.signal.addEventListener('abort', resolve, { once: true }))

  constructor(engine) {
    super()
    this.engine = engine
    this.takes = []
    this.current = null
    this.stopped = false
  }

  /** Resolves with the takes, best first; rejects with Refused, or with an Error of words for people. */
  async run(request) {
    this.request = request
    for (;;) {
      try {
        return await this.#once()
      } catch (error) {
        if (this.stopped) return this.#bestFirst()
        if (!(error instanceof Away)) throw error
      }
      this.#tell('away')
      await Promise.race([this.engine.back(), this.#left])
      if (this.stopped) return this.#bestFirst()
      this.takes = []
      this.current = null
      this.#tell('again')
    }
  }

  /** Ends it with what there is: the take that is being made ends where it stands, and is kept. */
  async stop() {
    this.stopped = true
    try {
      await this.engine.endTakes(this.number)
    } catch {
      this.leave() // not begun yet, ended meanwhile, or the engine is away
    }
  }

  /** Ends it and keeps nothing of what is not finished; the engine stops computing at once. */
  leave() {
    this.stopped = true
    this.#stopper.abort()
  }

  /** What is finished, where the engine has not said which is best: by its scores, as the engine orders them. */
  #bestFirst() {
    return [...this.takes].sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity))
  }

  async #once() {
    let best = null
    for await (const event of this.engine.takes(this.request, this.#stopper.signal)) {
      if (event.event === 'failed') throw new Error(event.error)
      if (event.event === 'done') best = event.best
      this['on_' + event.event]?.(event)
    }
    return (best ?? []).map((index) => this.takes.find((take) => take.index === index)).filter(Boolean)
  }

  on_begun({ request, given, from, recipe }) {
    this.number = request
    this.given = given
    this.from = from
    this.request = recipe
    this.#tell('begun')
  }

  on_waiting({ before }) {
    this.#tell('waiting', before)
  }

  on_take({ take, seed }) {
    this.current = {
      index: take, seed, from: this.from, recipe: { ...this.request, seed, takes: 1 }, clip: new Clip(this.given), open: new Map()
    }
    this.current.clip.midi = null
    this.#tell('take')
  }

  on_part({ part }) {
    this.current.clip.parts.push(part)
    this.#tell('part')
  }

  on_note({ index, note }) {
    const added = this.current.clip.add(note)
    if (added && index !== undefined) this.current.open.set(index, added)
    this.#tell('note', added)
  }

  on_end({ index, length }) {
    const note = this.current.open.get(index)
    if (note) this.current.clip.end(note, length)
    this.current.open.delete(index)
    this.#tell('note', note)
  }

  on_progress({ bar, bars }) {
    this.#tell('progress', { bar, bars })
  }

  on_finished({ clip, report, score }) {
    const { index, seed, recipe, from } = this.current
    const take = { index, seed, recipe, from, clip: new Clip(clip), score, report }
    this.takes.push(take)
    this.#tell('finished', take)
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}
