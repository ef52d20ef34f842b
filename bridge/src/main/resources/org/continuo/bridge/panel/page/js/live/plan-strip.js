// The bars that are planned, each to be kept or made anew before it sounds.

import { h } from '../dom.js'
import { say } from '../osc/words.js'

const EVERY_MS = 150

export class PlanStrip {
  #shown = ''

  constructor(root, session, send) {
    this.root = root
    this.session = session
    this.send = send
    setInterval(() => {
      this.#keepOn()
      if (!root.closest('main').hidden) this.#show()
    }, EVERY_MS)
  }

  keepAll() {
    const { book } = this.session()
    book.kept.keep(book.to, book.to)
    this.send(say.keep())
  }

  discardAll() {
    this.session().book.kept.free()
    this.send(say.discard())
  }

  /** A bar may be kept before all of it is planned. */
  #keepOn() {
    const { book } = this.session()
    const until = book.kept.grow(book.to)
    if (until !== null) this.send(say.keepUntil(until))
  }

  #show() {
    const session = this.session()
    const bars = session.playing ? this.#bars(session) : []
    const shown = bars.map((bar) => `${bar.bar} ${session.book.kept.reaches(bar.end)}`).join()
    if (shown === this.#shown) return
    const focused = this.root.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null
    this.#shown = shown
    this.root.replaceChildren(...bars.map((bar) => this.#item(session, bar)))
    if (focused) this.root.querySelector(`[aria-label="${focused}"]`)?.focus()
  }

  /** From the bar that is played to the plan's end. */
  #bars({ at, book, score }) {
    const bars = []
    for (let from = at; from < book.to - 1e-3 && bars.length < 4;) {
      const { bar, start, length } = score.clip.bars.at(from)
      bars.push({ bar, start, end: start + length })
      from = start + length
    }
    return bars
  }

  #item(session, { bar, start, end }) {
    const kept = session.book.kept.reaches(end)
    const act = (words, label, run, pressed) => h('button', { type: 'button', className: 'small', textContent: words,
      aria: { label: `${label} bar ${bar}`, ...(pressed === undefined ? {} : { pressed }) }, on: { click: run } })
    return h('span', { className: kept ? 'bar kept' : 'bar' }, h('b', {}, `Bar ${bar}`),
      act('Keep', 'Keep the plan to the end of', () => {
        session.book.kept.keep(end, session.book.to)
        this.send(say.keepUntil(end))
      }, kept),
      act('Anew', 'Make the plan anew from', () => {
        // What is planned before it stands from now on, as after keep.
        session.book.kept.keep(start, session.book.to)
        this.send(say.discardFrom(Math.max(start, session.at)))
      }))
  }
}
