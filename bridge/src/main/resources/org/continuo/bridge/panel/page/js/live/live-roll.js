// The roll of a live session: it runs with the playhead. What was played is full of colour, what is only planned is lighter.

import { drumRow } from '../music/drums.js'
import { instrument } from '../music/instruments.js'
import { rowOf, thickness } from '../roll/painter.js'
import { Roll } from '../roll/roll.js'

const HEAD_PLACE = 0.58

export class LiveRoll extends Roll {
  #rangeAt = 0
  /** Once there, a row of drums stays: rows that come and go would shake the roll. */
  #drums = new Set()

  /** `session()` gives the jam or the band that is watched, or null. */
  constructor(canvas, spoken, session) {
    super(canvas, null, spoken)
    this.session = session
    this.view.perQuarter = 46
    this.head = () => this.#run()
    this.playing = () => false
    this.more = (context, view) => this.#paintPlan(context, view)
  }

  get end() {
    return Math.max(64, (this.session()?.at ?? 0) + 64)
  }

  #run() {
    const session = this.session()
    if (!session) return null
    session.tick?.()
    this.clip = session.score.clip
    const { at } = session
    this.view.from = Math.max(0, at - this.view.span * HEAD_PLACE)
    const now = performance.now()
    if (now - this.#rangeAt > 400) this.#fitPitches(now, session)
    return at
  }

  #fitPitches(now, session) {
    this.#rangeAt = now
    let low = 52
    let high = 76
    const see = (note) => {
      if (this.clip.isDrum(note)) this.#drums.add(drumRow(note.pitch))
      else {
        low = Math.min(low, note.pitch)
        high = Math.max(high, note.pitch)
      }
    }
    const notes = this.clip.notes
    for (let index = this.clip.firstNear(this.view.from); index < notes.length; index++) see(notes[index])
    for (const { pitch, channel } of session.book.planned()) see({ pitch, part: channel })
    this.view.rows(Math.max(0, low - 3), Math.min(127, high + 3), [...this.#drums].sort())
    this.touch()
  }

  #paintPlan(context, view) {
    const session = this.session()
    if (!session) return
    const { at, book, score } = session
    const head = view.x(at)
    if (book.to > at && session.playing) {
      context.fillStyle = 'rgba(255,255,255,0.055)'
      context.fillRect(head, view.top, view.x(book.to) - head, view.height)
    }
    if (book.kept.until > at) {
      context.fillStyle = 'rgba(94,224,106,0.10)'
      context.fillRect(head, view.top, view.x(book.kept.until) - head, view.height)
    }
    context.lineWidth = 1
    for (const note of book.planned()) {
      const { hue } = instrument(score.clip.parts[note.channel].instrument)
      const x = view.x(note.at)
      const [y, height] = this.#row(view, { pitch: note.pitch, part: note.channel })
      const width = Math.max(3, (note.end - note.at) * view.perQuarter - 1)
      context.globalAlpha = 0.3
      context.fillStyle = hue
      context.fillRect(x, y, width, height)
      context.globalAlpha = 0.85
      context.strokeStyle = hue
      context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
    }
    context.globalAlpha = 1
    context.strokeStyle = '#ffffff'
    const notes = this.clip.notes
    for (let index = this.clip.firstNear(view.from); index < notes.length; index++) {
      const note = notes[index]
      if (!note.mine) continue
      const [y, height] = this.#row(view, note)
      context.strokeRect(view.x(note.at) + 0.5, y + 0.5, Math.max(3, note.length * view.perQuarter - 1), height - 1)
    }
  }

  #row(view, note) {
    return [rowOf(view, this.clip, note), Math.max(3, thickness(this.clip.isDrum(note) ? view.drumHeight : view.rowHeight))]
  }
}
