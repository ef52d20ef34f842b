// The roll on the page: a canvas that is scrolled, zoomed and clicked, by pointer, finger or keyboard.

import { instrument, inWords } from '../music/instruments.js'
import { Clip } from '../music/clip.js'
import { Overview } from './overview.js'
import { paint } from './painter.js'
import { Viewport } from './viewport.js'

const ZOOM = 1.25
const ROOM = 1.09

/** Tells `seek` (detail: quarter notes) when the musician clicks or steps to a place. */
export class Roll extends EventTarget {
  #dirty = true
  #pointers = new Map()
  #moved = false
  /** Quarter notes that the whole width shows, until the musician scrolls or zooms; else null. */
  #fitted = null

  /** `spoken` is the element in which the place is said to screen readers. */
  constructor(canvas, overview, spoken) {
    super()
    this.canvas = canvas
    this.context = canvas.getContext('2d', { alpha: false })
    this.view = new Viewport()
    this.spoken = spoken
    this.clip = new Clip()
    this.line = null
    this.ghost = null
    this.head = () => null
    /** Whether the head moves by itself: then the view goes along. */
    this.playing = () => false
    this.growing = false
    this.audible = null
    this.frames = []
    this.overview = overview ? new Overview(overview, this) : null
    new ResizeObserver(() => this.#resize()).observe(canvas)
    this.#resize()
    this.#listen()
    const frame = (now) => {
      requestAnimationFrame(frame)
      this.#frame(now)
    }
    requestAnimationFrame(frame)
  }

  /**
   * Shows a clip; `line` is where its continuation begins. `fit` shows it from beginning to end,
   * or to `until` where it will grow so far.
   */
  show(clip, line, { fit = true, until = 0 } = {}) {
    this.clip = clip
    this.line = line
    this.#pitches()
    // A little more than that: a view that is full begins to run.
    if (fit) this.#fit(Math.max(clip.length, (until || (line ?? 0) + 16) * ROOM))
    this.touch()
  }

  /** Something that is shown has changed. */
  touch() {
    this.#dirty = true
  }

  /** A note came in while the music is made: the view goes along with it. */
  grew() {
    this.#pitches()
    if (this.growing && this.clip.length > this.view.to - this.view.span * 0.06) {
      this.view.scrollTo(this.clip.length - this.view.span * 0.8, this.end)
    }
    this.touch()
  }

  get end() {
    return Math.max(16, this.clip.length, this.ghost?.length ?? 0)
  }

  zoom(factor, x = this.view.left + (this.view.width - this.view.left) / 2) {
    this.#fitted = null
    this.view.zoom(factor, x, this.end)
    this.touch()
  }

  scroll(quarters) {
    this.#fitted = null
    this.view.scrollTo(this.view.from + quarters, this.end)
    this.touch()
  }

  fit() {
    this.#fit(this.end)
    this.touch()
  }

  #fit(end) {
    this.#fitted = end
    this.view.fit(end)
  }

  #pitches() {
    const own = this.clip.range()
    const other = this.ghost?.notes.length ? this.ghost.range() : own
    const drums = [...new Set([...own.drums, ...other.drums])].sort()
    this.view.rows(Math.min(own.low, other.low), Math.max(own.high, other.high), drums)
  }

  #resize() {
    const { width, height } = this.canvas.getBoundingClientRect()
    const scale = Math.min(2, window.devicePixelRatio || 1)
    this.view.width = Math.max(60, width)
    this.view.height = Math.max(60, height)
    this.canvas.width = Math.round(this.view.width * scale)
    this.canvas.height = Math.round(this.view.height * scale)
    this.context.setTransform(scale, 0, 0, scale, 0, 0)
    // What was shown while the page looked elsewhere was fitted to no width.
    if (this.#fitted !== null && this.view.from === 0) this.view.fit(this.#fitted)
    this.touch()
  }

  #frame(now) {
    const head = this.head()
    if (head !== this.lastHead) this.#dirty = true
    this.lastHead = head
    if (!this.#dirty) return
    this.#dirty = false
    const playing = this.playing()
    if (playing && !this.growing && head !== null && (head > this.view.to - this.view.span * 0.08 || head < this.view.from)) {
      this.view.scrollTo(head - this.view.span * 0.1, this.end)
    }
    const begun = performance.now()
    paint(this.context, this.view, {
      clip: this.clip, line: this.line, head, playing, ghost: this.ghost, audible: this.audible, bars: this.clip.bars,
      growing: this.growing, more: this.more
    })
    this.overview?.paint()
    this.lastPaintMs = performance.now() - begun
    this.onFrame?.(now, this.lastPaintMs)
  }

  #listen() {
    const canvas = this.canvas
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault()
      if (event.ctrlKey || event.metaKey) this.zoom(event.deltaY < 0 ? ZOOM : 1 / ZOOM, event.offsetX)
      else this.scroll((event.deltaX || event.deltaY) / this.view.perQuarter)
    }, { passive: false })
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId)
      this.#pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY, startX: event.offsetX })
      this.#moved = this.#pointers.size > 1
    })
    canvas.addEventListener('pointermove', (event) => this.#drag(event))
    const up = (event) => {
      if (this.#pointers.delete(event.pointerId) && event.type === 'pointerup' && !this.#moved) {
        this.#seek(Math.max(0, this.view.at(event.offsetX)))
      }
    }
    canvas.addEventListener('pointerup', up)
    canvas.addEventListener('pointercancel', up)
    canvas.addEventListener('keydown', (event) => this.#key(event))
  }

  /** One finger scrolls, two zoom. */
  #drag(event) {
    const pointer = this.#pointers.get(event.pointerId)
    if (!pointer) return
    const others = [...this.#pointers.values()].filter((other) => other !== pointer)
    const x = event.offsetX
    if (others.length) {
      const before = Math.abs(pointer.x - others[0].x) || 1
      const after = Math.abs(x - others[0].x) || 1
      this.zoom(after / before, (x + others[0].x) / 2)
    } else if (this.#moved || Math.abs(x - pointer.startX) > 4) {
      this.#moved = true
      this.scroll((pointer.x - x) / this.view.perQuarter)
    }
    pointer.x = x
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const bar = this.clip.bars.at(this.lastHead ?? this.view.from)
    const acts = {
      ArrowRight: () => this.#step(bar.start + bar.length),
      ArrowLeft: () => this.#step(Math.max(0, this.clip.bars.at(Math.max(0, bar.start - 0.01)).start)),
      Home: () => this.#step(0),
      End: () => this.#step(Math.max(0, this.clip.bars.at(this.clip.length - 0.01).start)),
      '+': () => this.zoom(ZOOM), '=': () => this.zoom(ZOOM), '-': () => this.zoom(1 / ZOOM), 0: () => this.fit()
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #step(at) {
    if (at > this.end) return
    this.#seek(at)
    if (at < this.view.from || at > this.view.to) this.view.scrollTo(at - this.view.span * 0.1, this.end)
    this.spoken.textContent = this.inWords(at)
  }

  #seek(at) {
    this.dispatchEvent(new CustomEvent('seek', { detail: at }))
    this.touch()
  }

  /** What stands in the bar at `at`, said. */
  inWords(at) {
    const { bar, start, length } = this.clip.bars.at(at)
    const counts = new Map()
    for (const note of this.clip.notes) {
      if (note.at < start || note.at >= start + length) continue
      const { title } = instrument(this.clip.parts[note.part].instrument)
      counts.set(title, (counts.get(title) ?? 0) + 1)
    }
    const said = [...counts].map(([title, count]) => `${title} ${count} ${count === 1 ? 'note' : 'notes'}`)
    const where = this.line !== null && start >= this.line - 1e-6 ? '' : ', given'
    return `Bar ${bar}${where}: ${said.length ? inWords(said) : 'silence'}`
  }
}
