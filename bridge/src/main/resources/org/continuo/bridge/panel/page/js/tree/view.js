// The tree of takes on the page: a tree that arrow keys walk, with what can be done to the take that is shown.

import { h } from '../dom.js'
import { isPressing } from '../focus.js'
import { instrument, inWords } from '../music/instruments.js'

/**
 * Tells `choose` where a take is chosen, `continue` (go on from the take that is shown) and `compare` (detail: id of the other take, or null).
 */
export class TreeView extends EventTarget {
  constructor(root, tree) {
    super()
    this.root = root
    this.tree = tree
    this.compared = null
    tree.addEventListener('change', () => this.draw())
    root.addEventListener('keydown', (event) => this.#key(event))
    this.draw()
  }

  draw() {
    const focused = this.root.contains(document.activeElement)
    if (!this.tree.takes.has(this.compared)) this.compare(null)
    this.root.replaceChildren(...this.tree.children(null).map((take) => this.#item(take, 1)))
    this.root.classList.toggle('empty', this.tree.takes.size === 0)
    const selected = this.root.querySelector('[aria-selected=true]')
    selected?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (focused) selected?.focus({ preventScroll: true })
  }

  #item(take, level) {
    const children = this.tree.children(take.id)
    const selected = take.id === this.tree.selected
    const item = h('li', { role: 'treeitem', tabIndex: selected ? 0 : -1, aria: { selected, level },
      data: { id: take.id } })
    if (children.length) item.setAttribute('aria-expanded', 'true')
    const names = [...new Set(take.clip.parts.map((part) => part.instrument))]
    item.setAttribute('aria-label', `${take.name}, ${inWords(names.map((name) => instrument(name).title.toLowerCase()))}`)
    item.append(h('div', { className: 'take', on: { click: () => this.#select(take.id) } },
      h('span', { className: 'dots', aria: { hidden: true } },
        ...names.map((name) => h('i', { style: { background: instrument(name).hue } }))),
      h('span', { className: 'name' }, take.name),
      h('span', { className: 'facts' }, facts(take)),
      this.compared === take.id && h('span', { className: 'tag' }, 'compared')))
    if (selected) item.firstChild.append(this.#acts(take))
    if (children.length) item.append(h('ul', { role: 'group' }, ...children.map((child) => this.#item(child, level + 1))))
    return item
  }

  #acts(take) {
    const act = (words, label, run) => h('button', { type: 'button', className: 'small', textContent: words,
      aria: { label: `${label} ${take.name}` },
      on: { click: (event) => {
        event.stopPropagation()
        run()
      } } })
    const others = this.tree.takes.size > 1
    return h('span', { className: 'acts' },
      act('Go on from here', 'Go on from', () => this.dispatchEvent(new Event('continue'))),
      others && (this.compared === null
        ? act('Compare', 'Compare another take with', () => this.compare(take.id))
        : act('Stop comparing', 'Stop comparing', () => this.compare(null))),
      act('Delete', 'Delete', () => this.tree.remove(take.id)))
  }

  /** The take marked now is drawn as outlines behind whichever take is chosen next. */
  compare(id) {
    if (this.compared === id) return
    this.compared = id
    this.dispatchEvent(new CustomEvent('compare', { detail: id }))
    this.draw()
  }

  #select(id) {
    this.tree.select(id)
    this.dispatchEvent(new Event('choose'))
  }

  #key(event) {
    const items = [...this.root.querySelectorAll('[role=treeitem]')]
    const at = items.indexOf(document.activeElement)
    if (at < 0 || (event.key === ' ' && !isPressing(event))) return
    const item = items[at]
    const to = {
      ArrowDown: () => items[at + 1], ArrowUp: () => items[at - 1], Home: () => items[0], End: () => items.at(-1),
      ArrowRight: () => item.querySelector('[role=treeitem]'), ArrowLeft: () => item.parentElement.closest('[role=treeitem]'),
      Enter: () => item, ' ': () => item
    }[event.key]
    if (to) {
      event.preventDefault()
      event.stopPropagation()
      const next = to()
      if (next) {
        this.#select(Number(next.dataset.id))
        this.root.querySelector(`[data-id="${next.dataset.id}"]`)?.focus()
      }
    }
    if (event.key === 'Delete') this.tree.remove(Number(item.dataset.id))
  }
}

function facts(take) {
  const notes = take.clip.notes.filter((note) => note.at >= take.from - 1e-6).length
  return `${notes} ${notes === 1 ? 'note' : 'notes'}`
}
