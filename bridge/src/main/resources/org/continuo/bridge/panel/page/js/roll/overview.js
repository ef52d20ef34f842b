// The whole piece in a strip below the roll, with the part that is shown; dragged, it scrolls.

import { drumRow } from '../music/drums.js'
import { instrument } from '../music/instruments.js'

export class Overview {
  #picture = null
  #of = ''

  constructor(canvas, roll) {
    this.canvas = canvas
    this.roll = roll
    this.context = canvas.getContext('2d', { alpha: false })
    const move = (event) => {
      if (!event.buttons && event.type !== 'pointerdown') return
      const at = event.offsetX / canvas.clientWidth * roll.end
      roll.view.scrollTo(at - roll.view.span / 2, roll.end)
      roll.touch()
    }
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId)
      move(event)
    })
    canvas.addEventListener('pointermove', move)
  }

  paint() {
    const { canvas, context, roll } = this
    const width = canvas.clientWidth
    const height = canvas.clientHeight
    if (!width || !height) return
    const { clip } = roll
    // The notes are drawn again only when there are more of them.
    const of = [width, height, clip.notes.length, roll.end, clip.parts.length].join()
    if (of !== this.#of || this.clip !== clip) this.#draw(width, height, clip)
    this.#of = of
    this.clip = clip
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    context.drawImage(this.#picture, 0, 0)
    const scale = width / roll.end
    if (roll.view.from > 0 || roll.view.span < roll.end) {
      context.fillStyle = 'rgba(255,255,255,0.14)'
      context.fillRect(roll.view.from * scale, 0, roll.view.span * scale, height)
    }
    if (roll.line) {
      context.fillStyle = '#ffffff'
      context.fillRect(roll.line * scale, 0, 1, height)
    }
    if (roll.lastHead !== null && roll.lastHead !== undefined) {
      context.fillStyle = '#ff4d4d'
      context.fillRect(roll.lastHead * scale, 0, 2, height)
    }
  }

  #draw(width, height, clip) {
    this.#picture ??= new OffscreenCanvas(width, height)
    this.#picture.width = width
    this.#picture.height = height
    const context = this.#picture.getContext('2d')
    context.fillStyle = '#0a0b0f'
    context.fillRect(0, 0, width, height)
    const { low, high, drums } = clip.range()
    const rows = high - low + 1 + drums.length
    const scale = width / this.roll.end
    for (const note of clip.notes) {
      const row = clip.isDrum(note) ? high - low + 1 + drums.indexOf(drumRow(note.pitch)) : high - note.pitch
      context.fillStyle = instrument(clip.parts[note.part].instrument).hue
      context.fillRect(note.at * scale, row / rows * height, Math.max(1, note.length * scale), 1.5)
    }
  }
}
