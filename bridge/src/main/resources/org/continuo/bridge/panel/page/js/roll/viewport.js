// What part of the music the roll shows: quarter notes across, pitches up, drums in rows of their own below, and pixels for each.

import { drumRow } from '../music/drums.js'

const MIN_WIDTH = 1
const MAX_WIDTH = 400
const TALLEST_DRUM = 10
const LANE_GAP = 6

export class Viewport {
  /** Pixels to the left that belong to the keyboard, and above to the bar numbers. */
  constructor({ left = 40, top = 22 } = {}) {
    this.left = left
    this.top = top
    this.width = 300
    this.height = 200
    this.from = 0
    this.perQuarter = 28
    this.low = 36
    this.high = 84
    this.drums = []
  }

  /** Quarter notes that are shown. */
  get span() {
    return Math.max(1, this.width - this.left) / this.perQuarter
  }

  get to() {
    return this.from + this.span
  }

  get rowHeight() {
    return (this.lane - (this.drums.length ? LANE_GAP : 0) - this.top) / (this.high - this.low + 1)
  }

  get drumHeight() {
    return Math.min(TALLEST_DRUM, this.height / 36)
  }

  /** Where the drums begin; the lower edge where there are none. */
  get lane() {
    return this.height - this.drums.length * this.drumHeight
  }

  x(at) {
    return this.left + (at - this.from) * this.perQuarter
  }

  y(pitch) {
    return this.top + (this.high - pitch) * this.rowHeight
  }

  /** The upper edge of a drum's row. */
  drumY(pitch) {
    return this.lane + Math.max(0, this.drums.indexOf(drumRow(pitch))) * this.drumHeight
  }

  at(x) {
    return this.from + (x - this.left) / this.perQuarter
  }

  /** Twice as large with `factor` 2; the moment under `x` stays where it is. */
  zoom(factor, x, end) {
    const held = this.at(x)
    const least = Math.max(MIN_WIDTH, (this.width - this.left) / Math.max(16, end * 1.2))
    this.perQuarter = Math.min(MAX_WIDTH, Math.max(least, this.perQuarter * factor))
    this.scrollTo(held - (x - this.left) / this.perQuarter, end)
  }

  scrollTo(from, end) {
    this.from = Math.max(0, Math.min(from, Math.max(0, end - this.span * 0.5)))
  }

  /** Shows everything until `end`. */
  fit(end) {
    this.perQuarter = Math.min(80, Math.max(MIN_WIDTH, (this.width - this.left - 12) / Math.max(8, end)))
    this.from = 0
  }

  /**
   * Pitches that are shown, at least two octaves, so that a melody of three notes is not three beams; and rows of drums, from
   * the top.
   */
  rows(low, high, drums) {
    this.drums = drums
    const missing = Math.max(0, 24 - (high - low))
    this.low = Math.max(0, low - (missing >> 1))
    this.high = Math.min(127, this.low + Math.max(24, high - low))
  }
}
