// The styles as the model hears them: near each other where it takes one for the other. Clicked, or walked by arrow keys.

import { h } from '../dom.js'

/** What a name takes of the map, in percent. */
const WIDTH = 24
const HEIGHT = 3.1

/** Picks what is clicked; nothing where that was picked already. */
export class StyleMap {
  /** `styles` have x and y in any unit; `chosen(name)` is called with what is picked. */
  constructor(root, styles, chosen) {
    this.places = spread(styles)
    this.chosen = chosen
    this.items = new Map()
    for (const { name, title, composer, left, top } of this.places) {
      const item = h('button', { type: 'button', role: 'radio', tabIndex: -1, className: composer ? 'composer' : 'style',
        style: { left: left + '%', top: top + '%' }, on: { click: () => this.chosen(item.getAttribute('aria-checked') === 'true' ? '' : name) } }, h('i'), h('span', {}, title))
      this.items.set(name, item)
    }
    root.setAttribute('role', 'radiogroup')
    root.setAttribute('aria-label', 'Map of styles')
    root.replaceChildren(...this.items.values())
    root.onkeydown = (event) => this.#key(event)
  }

  select(name) {
    for (const [other, item] of this.items) {
      item.setAttribute('aria-checked', String(other === name))
      item.tabIndex = other === name ? 0 : -1
    }
    if (!this.items.has(name)) this.items.values().next().value.tabIndex = 0
  }

  /** To the nearest style in the arrow's direction. */
  #key(event) {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!direction) return
    event.preventDefault()
    const here = this.places.find((place) => this.items.get(place.name) === document.activeElement)
    let best = null
    for (const place of this.places) {
      const x = place.left - here.left
      const y = place.top - here.top
      const along = x * direction[0] + y * direction[1]
      const aside = Math.abs(x * direction[1] + y * direction[0])
      const cost = along + 2 * aside
      if (along > 0.01 && aside <= along * 2 && (!best || cost < best.cost)) best = { cost, place }
    }
    if (!best) return
    this.chosen(best.place.name)
    this.items.get(best.place.name).focus()
  }
}

/** Places in percent of the map's sides. Names that would lie on each other are moved apart a little. */
function spread(styles) {
  const scale = (pick, low, high) => {
    const values = styles.map(pick)
    const least = Math.min(...values)
    const range = Math.max(...values) - least || 1
    return (style) => low + (pick(style) - least) / range * (high - low)
  }
  const left = scale((style) => style.x, 4, 82)
  const top = scale((style) => -style.y, 4, 95)
  const places = styles.map((style) => ({ ...style, left: left(style), top: top(style) })).sort((a, b) => a.top - b.top)
  for (let round = 0; round < 120; round++) {
    for (const a of places) {
      for (const b of places) {
        if (a === b || Math.abs(a.left - b.left) > WIDTH || Math.abs(a.top - b.top) >= HEIGHT) continue
        const push = (HEIGHT - Math.abs(a.top - b.top)) / 4
        const sign = a.top < b.top || (a.top === b.top && a.name < b.name) ? -1 : 1
        a.top = Math.min(96, Math.max(3, a.top + sign * push))
        b.top = Math.min(96, Math.max(3, b.top - sign * push))
      }
    }
  }
  return places
}
