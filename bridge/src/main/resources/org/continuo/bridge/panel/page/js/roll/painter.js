// Draws a piano roll: bars, beats and keys behind; notes in their instruments' colours; lines for what the musician must
// know. Draws what is seen and nothing else.

import { DRUM_ROWS } from '../music/drums.js'
import { instrument } from '../music/instruments.js'

const BLACK = new Set([1, 3, 6, 8, 10])
const COLOURS = {
  ground: '#000000', blackKey: '#0b0c10', octave: '#23262f', beat: '#15171d', bar: '#2c303b', words: '#9aa3b5',
  line: '#ffffff', head: '#ff4d4d', given: 'rgba(255,255,255,0.045)', ghost: '#6b7486', key: '#c9ced8', lane: '#10121a', keyDark: '#1a1c22'
}

/**
 * Draws one frame. `scene`: clip, line (where the continuation starts, or null), head (where it plays or would, or
 * null), playing, ghost (a clip to compare with, or null), audible(part), bars, growing, more.
 */
export function paint(context, view, scene) {
  context.fillStyle = COLOURS.ground
  context.fillRect(0, 0, view.width, view.height)
  rows(context, view)
  if (scene.line > 0) {
    context.fillStyle = COLOURS.given
    const right = Math.min(view.width, view.x(scene.line))
    if (right > view.left) context.fillRect(view.left, view.top, right - view.left, view.height)
  }
  grid(context, view, scene)
  context.save()
  context.beginPath()
  context.rect(view.left, view.top, view.width, view.height)
  context.clip()
  if (scene.ghost) ghosts(context, view, scene.ghost)
  notes(context, view, scene)
  if (scene.line !== null && scene.line !== undefined) line(context, view, scene.line)
  scene.more?.(context, view)
  context.restore()
  if (scene.head !== null && scene.head !== undefined) head(context, view, scene.head)
  keys(context, view)
}

function rows(context, view) {
  const height = view.rowHeight
  context.fillStyle = COLOURS.blackKey
  for (let pitch = view.low; pitch <= view.high; pitch++) {
    if (BLACK.has(pitch % 12)) context.fillRect(view.left, view.y(pitch), view.width, height)
  }
  context.fillStyle = COLOURS.octave
  for (let pitch = Math.ceil(view.low / 12) * 12; pitch <= view.high; pitch += 12) {
    context.fillRect(view.left, Math.round(view.y(pitch) + height) - 1, view.width, 1)
  }
  if (view.drums.length) {
    context.fillStyle = COLOURS.lane
    context.fillRect(view.left, view.lane - 3, view.width, view.height)
  }
}

function grid(context, view, scene) {
  context.font = '11px system-ui, sans-serif'
  context.textBaseline = 'middle'
  const barWidth = 4 * view.perQuarter
  const step = [1, 2, 4, 8, 16, 32].find((bars) => bars * barWidth > 44) ?? 64
  const beats = view.perQuarter > 14
  const to = view.to + 1
  scene.bars.each(Math.max(0, view.from - 8), to, (at, bar) => {
    const x = Math.round(view.x(at))
    if (x < view.left) return
    if (barWidth > 5 || bar % step === 1 % step) {
      context.fillStyle = COLOURS.bar
      context.fillRect(x, view.top, 1, view.height)
    }
    if ((bar - 1) % step === 0 && x + 4 + context.measureText(bar).width < view.width) {
      context.fillStyle = COLOURS.words
      context.fillText(String(bar), x + 4, view.top / 2)
    }
  }, beats ? (at) => {
    const x = Math.round(view.x(at))
    if (x < view.left) return
    context.fillStyle = COLOURS.beat
    context.fillRect(x, view.top, 1, view.height)
  } : null)
}

/** The upper edge of a note. */
export function rowOf(view, clip, note) {
  return clip.isDrum(note) ? view.drumY(note.pitch) : view.y(note.pitch)
}

/** A row's height less the gap to the next, where there is room for one. */
export function thickness(row) {
  return Math.max(2, row - (row > 5 ? 1 : 0))
}

/** One path a colour: thousands of notes cost ten fills. */
function notes(context, view, { clip, audible, head, playing, growing }) {
  const piles = new Map()
  const all = clip.notes
  const to = view.to
  const gap = view.perQuarter > 10 ? 1 : 0
  for (let index = clip.firstNear(view.from); index < all.length; index++) {
    const note = all[index]
    if (note.at > to) break
    const end = note.at + (note.length || (growing ? Math.max(0.1, clip.length - note.at) : 0.1))
    if (end < view.from) continue
    const quiet = audible && !audible(note.part)
    const sounding = playing && note.at <= head && end > head && !quiet
    const shade = quiet ? 0 : sounding ? 3 : note.velocity > 72 || !note.velocity ? 2 : 1
    const pile = note.part * 4 + shade
    let rects = piles.get(pile)
    if (!rects) piles.set(pile, rects = [])
    const x = view.x(note.at)
    rects.push(x, rowOf(view, clip, note), Math.max(2, (end - note.at) * view.perQuarter - gap))
  }
  for (const [pile, rects] of piles) {
    const shade = pile % 4
    context.globalAlpha = [0.22, 0.86, 1, 1][shade]
    context.fillStyle = shade === 3 ? '#ffffff' : instrument(clip.parts[pile >> 2].instrument).hue
    context.beginPath()
    const height = thickness(instrument(clip.parts[pile >> 2].instrument).drums ? view.drumHeight : view.rowHeight)
    const rounded = height > 6 && rects.length < 3000
    for (let at = 0; at < rects.length; at += 3) {
      if (rounded) context.roundRect(rects[at], rects[at + 1], rects[at + 2], height, 2)
      else context.rect(rects[at], rects[at + 1], rects[at + 2], height)
    }
    context.fill()
  }
  context.globalAlpha = 1
}

function ghosts(context, view, clip) {
  context.strokeStyle = COLOURS.ghost
  context.lineWidth = 1
  context.beginPath()
  for (let index = clip.firstNear(view.from); index < clip.notes.length; index++) {
    const note = clip.notes[index]
    if (note.at > view.to) break
    const height = clip.isDrum(note) ? view.drumHeight : Math.max(2, view.rowHeight)
    context.rect(view.x(note.at) + 0.5, rowOf(view, clip, note) + 0.5, Math.max(2, note.length * view.perQuarter - 1), height - 1)
  }
  context.stroke()
}

/** Left of this line is what was given. */
function line(context, view, at) {
  const x = Math.round(view.x(at))
  context.fillStyle = COLOURS.line
  context.globalAlpha = 0.9
  context.fillRect(x - 1, view.top, 2, view.height)
  context.beginPath()
  context.moveTo(x + 1, view.top)
  context.lineTo(x + 11, view.top + 6)
  context.lineTo(x + 1, view.top + 12)
  context.fill()
  context.globalAlpha = 1
}

function head(context, view, at) {
  const x = Math.round(view.x(at))
  if (x < view.left || x > view.width) return
  context.fillStyle = COLOURS.head
  context.fillRect(x, view.top - 6, 2, view.height)
  context.beginPath()
  context.moveTo(x - 5, view.top - 8)
  context.lineTo(x + 7, view.top - 8)
  context.lineTo(x + 1, view.top)
  context.fill()
}

function drumNames(context, view) {
  context.fillRect(0, view.lane - 3, view.left, view.height)
  if (view.drumHeight < 8) return
  context.fillStyle = COLOURS.words
  context.font = '8.5px system-ui, sans-serif'
  view.drums.forEach((row, place) => {
    context.fillText(DRUM_ROWS[row], 2, view.lane + (place + 0.5) * view.drumHeight)
  })
}

function keys(context, view) {
  const height = view.rowHeight
  context.fillStyle = COLOURS.key
  context.fillRect(0, view.top, view.left - 4, view.height)
  context.fillStyle = COLOURS.keyDark
  for (let pitch = view.low; pitch <= view.high; pitch++) {
    if (BLACK.has(pitch % 12)) context.fillRect(0, view.y(pitch), (view.left - 4) * 0.62, Math.max(1, height))
  }
  context.fillStyle = COLOURS.ground
  context.fillRect(view.left - 4, 0, 4, view.height)
  context.fillRect(0, 0, view.left, view.top)
  if (view.drums.length) drumNames(context, view)
  if (height * 12 < 14) return
  context.fillStyle = '#3a4050'
  context.font = `${Math.min(10, Math.max(8, height))}px system-ui, sans-serif`
  for (let pitch = Math.ceil(view.low / 12) * 12; pitch <= view.high; pitch += 12) {
    context.fillText('C' + (pitch / 12 - 1), view.left - 22, view.y(pitch) + height / 2)
  }
}
