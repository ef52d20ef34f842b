// The parts below the roll: who plays, in their colours; each can be muted or heard alone.

import { h } from '../dom.js'
import { instrument } from '../music/instruments.js'

export class PartStrip {
  constructor(root, player, changed) {
    this.root = root
    this.player = player
    this.changed = changed
    player.addEventListener('change', () => this.#marks())
  }

  show(clip) {
    this.root.replaceChildren(...clip.parts.map((part, index) => {
      const { title, hue } = instrument(part.instrument)
      const twins = clip.parts.filter((other) => other.instrument === part.instrument).length
      const number = clip.parts.slice(0, index + 1).filter((other) => other.instrument === part.instrument).length
      const name = twins > 1 ? `${title} ${number}` : title
      const act = (words, label, act) => h('button', { type: 'button', className: 'small', textContent: words,
        title: `${label} ${name}`, data: { act, part: index }, aria: { label: `${label} ${name}`, pressed: false },
        on: { click: (event) => this.#act(event.currentTarget) } })
      return h('div', { className: 'part', style: { '--hue': hue } }, h('i'), h('span', {}, name),
        act('M', 'Mute', 'mute'), act('S', 'Solo', 'solo'))
    }))
    this.#marks()
  }

  #act(button) {
    const part = Number(button.dataset.part)
    const on = button.getAttribute('aria-pressed') !== 'true'
    if (button.dataset.act === 'mute') this.player.mute(part, on)
    else this.player.soloPart(part, on)
  }

  #marks() {
    for (const button of this.root.querySelectorAll('button')) {
      const set = button.dataset.act === 'mute' ? this.player.muted : this.player.solo
      button.setAttribute('aria-pressed', String(set.has(Number(button.dataset.part))))
    }
    this.root.querySelectorAll('.part').forEach((part, index) => part.classList.toggle('silent', !this.player.audible(index)))
    this.changed()
  }
}
