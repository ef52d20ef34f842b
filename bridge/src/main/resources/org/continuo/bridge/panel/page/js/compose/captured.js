// What bands were asked to capture, on this page or in a workstation: chosen here, it stands among the takes.

import { h } from '../dom.js'

export class CapturedList {
  /** `open(number)` is called with the take that the musician chooses. */
  constructor(select, engine, open) {
    this.select = select
    this.engine = engine
    select.onchange = () => {
      const number = Number(select.value)
      select.selectedIndex = 0
      if (number) open(number)
    }
    engine.addEventListener('about', () => this.look())
    // It was captured in a workstation, and the musician comes back here.
    addEventListener('focus', () => this.look())
  }

  /** Asks what there is now, the latest first. */
  async look() {
    if (!this.engine.key || !this.engine.here) return
    let takes
    try {
      takes = (await this.engine.capturedTakes()).takes
    } catch {
      return // said by the engine's state; what was offered stays
    }
    this.select.replaceChildren(
      h('option', { value: '' }, 'Captured live'),
      ...takes.reverse().map((take) => h('option', { value: String(take.number) }, `${take.number}. ${take.name}`)))
    this.select.hidden = !takes.length
  }
}
