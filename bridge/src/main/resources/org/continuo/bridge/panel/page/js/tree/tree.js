// The tree of takes: each take and what was continued from it. Knows no page; whoever shows or stores it listens.

import { takesIn } from './file.js'

const MOST_TAKES = 200
const MOST_BYTES = 24 * 1024 * 1024
const MOST_UNDO = 50

/**
 * A take in it: { id, number, parent, name, made, recipe, from, clip, score, seconds }, clip as the engine's JSON. Tells `change`, and
 * `dropped` (detail: a number) where the oldest takes made way for new ones.
 */
export class TakeTree extends EventTarget {
  #undo = []
  #last = 0
  #number = 1

  /** `now()` in milliseconds: ids come from it, so that two pages never give the same. */
  constructor(now = Date.now) {
    super()
    this.now = now
    this.takes = new Map()
    this.selected = null
  }

  /** Takes over what was stored; ids stay. Another page may have removed what a take goes on from: then it stands by itself. */
  restore(takes, selected) {
    const ids = new Set(takes.map((take) => take.id))
    const alone = (take) => take.parent !== null && !ids.has(take.parent)
    for (const take of takes) this.takes.set(take.id, alone(take) ? { ...take, parent: null } : take)
    this.selected = this.takes.has(selected) ? selected : null
    this.#changed()
  }

  /** Adds takes made at once, all from the same parent; selects the first. Gives them back with their ids. */
  add(takes, parent = null) {
    this.#number = Math.max(0, ...[...this.takes.values()].map((take) => take.number ?? 0)) + 1
    const added = takes.map((take) => {
      const number = this.#number++
      return { ...take, id: this.#id(), number, name: `${number}. ${take.name}`, parent: this.takes.has(parent) ? parent : null }
    })
    this.#take(added, added[0])
    return added
  }

  /** Also tells `change` where it is selected already: whoever shows it may show something else by now. */
  select(id) {
    if (!this.takes.has(id)) return
    this.selected = id
    this.#changed()
  }

  get current() {
    return this.takes.get(this.selected) ?? null
  }

  /** The takes continued from `parent`, oldest first; null for those that were continued from none. */
  children(parent) {
    return [...this.takes.values()].filter((take) => take.parent === parent)
  }

  /** Removes a take and what was continued from it. */
  remove(id) {
    const removed = []
    const gather = (take) => {
      removed.push(take)
      this.children(take.id).forEach(gather)
    }
    if (!this.takes.has(id)) return
    gather(this.takes.get(id))
    this.#remember({ removed, selected: this.selected })
    const parent = this.takes.get(id).parent
    for (const take of removed) this.takes.delete(take.id)
    if (!this.takes.has(this.selected)) {
      this.selected = parent ?? [...this.takes.keys()].at(-1) ?? null
    }
    this.#changed()
  }

  get canUndo() {
    return this.#undo.length > 0
  }

  /** Takes back the last making, importing or removing. */
  undo() {
    const step = this.#undo.pop()
    if (!step) return
    for (const take of step.removed ?? []) this.takes.set(take.id, take)
    // What was added may itself have made way.
    for (const id of step.added ?? []) this.takes.delete(id)
    this.takes = new Map([...this.takes].sort(([a], [b]) => a - b))
    this.selected = this.takes.has(step.selected) ? step.selected : [...this.takes.keys()].at(-1) ?? null
    this.#changed()
  }

  /** Everything as one file's text. */
  toFile() {
    return JSON.stringify({ continuo: 'takes', version: 1, takes: [...this.takes.values()] })
  }

  /** Adds the takes of a file beside those that are there; throws words for people where it is no such file. */
  fromFile(text) {
    const ids = new Map()
    const added = []
    for (const take of takesIn(text).slice(0, MOST_TAKES)) {
      const id = this.#id()
      ids.set(take.id, id)
      added.push({ ...take, name: String(take.name), id, parent: ids.get(take.parent) ?? null })
    }
    this.#take(added, added.at(-1))
    return added.length
  }

  /** Forgets all; can be undone. */
  clear() {
    if (!this.takes.size) return
    this.#remember({ removed: [...this.takes.values()], selected: this.selected })
    this.takes.clear()
    this.selected = null
    this.#changed()
  }

  /** Takes in what was added, all as one step, and selects one of it. */
  #take(added, selected) {
    if (!added.length) return
    const step = { added: added.map((take) => take.id), selected: this.selected }
    for (const take of added) this.takes.set(take.id, take)
    this.selected = selected.id
    step.removed = this.#bound()
    this.#remember(step)
    this.#changed()
  }

  #id() {
    this.#last = Math.max(this.#last + 1, this.now() * 1000 + Math.floor(Math.random() * 1000))
    return this.#last
  }

  #remember(step) {
    this.#undo.push(step)
    if (this.#undo.length > MOST_UNDO) this.#undo.shift()
  }

  /** Lets the oldest go that nobody continued from, until the rest fits. Gives back those. */
  #bound() {
    let bytes = 0
    for (const take of this.takes.values()) bytes += sizeOf(take)
    const dropped = []
    for (const take of [...this.takes.values()]) {
      if (this.takes.size <= MOST_TAKES && bytes <= MOST_BYTES) break
      if (take.id === this.selected || this.children(take.id).length) continue
      this.takes.delete(take.id)
      bytes -= sizeOf(take)
      dropped.push(take)
    }
    if (dropped.length) this.dispatchEvent(new CustomEvent('dropped', { detail: dropped.length }))
    return dropped
  }

  #changed() {
    this.dispatchEvent(new Event('change'))
  }
}

/** About what a take costs to keep, in bytes. */
function sizeOf(take) {
  return 200 + take.clip.notes.length * 80 + (take.clip.midi?.length ?? 0) + (take.recipe?.from?.midi?.length ?? 0)
}
