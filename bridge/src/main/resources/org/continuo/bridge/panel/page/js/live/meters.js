// How well it keeps up: how soon it answers, how far it plans, what came too late.

import { h } from '../dom.js'

const EVERY_MS = 200

export class Meters {
  constructor(root, session, socket) {
    this.session = session
    this.socket = socket
    this.items = [
      meter('Answers in', 60, 'from a key to a plan that knows of it', () => this.session().reactionMs, ms),
      meter('Ahead', 8, 'quarter notes', () => this.#ahead(), (value) => `${value.toFixed(1)} beats`),
      meter('Round trip', 30, 'from the page to the engine', () => this.socket.roundTripMs, ms),
      meter('Came late', 40, 'notes that were planned too late to sound, and by how much at most', () => this.#late(),
        (value) => this.#lateness(value), 'bad'),
      meter('Plans made', 0, 'how often it thought again', () => this.session().book.counts.revisions, String)
    ]
    root.replaceChildren(...this.items.map((item) => item.element))
    setInterval(() => root.closest('main').hidden || this.#show(), EVERY_MS)
  }

  #ahead() {
    const { book, at, playing } = this.session()
    return playing ? Math.max(0, book.to - at) : null
  }

  #late() {
    const session = this.session()
    return session.missedNotes ?? session.book.counts.late
  }

  #lateness(count) {
    const { lateMs } = this.session()
    return lateMs ? `${count}, by ${ms(lateMs)}` : String(count)
  }

  #show() {
    for (const { element, value, words, bar, most, figure } of this.items) {
      const now = value()
      // What this session cannot know is no figure that is still to come.
      element.hidden = now === undefined
      const said = now === null || now === undefined ? '–' : words(now)
      if (figure.textContent !== said) figure.textContent = said
      if (bar) bar.style.setProperty('--part', most && now ? Math.min(1, now / most) : 0)
    }
  }
}

const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`

function meter(title, most, explained, value, words, kind = '') {
  const figure = h('b', {}, '–')
  const bar = most ? h('i', { className: kind }) : null
  const element = h('div', { className: 'meter', title: explained }, h('span', { className: 'quiet' }, title), figure, bar)
  return { element, most, value, words, bar, figure }
}
