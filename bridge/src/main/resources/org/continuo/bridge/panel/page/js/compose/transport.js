// The buttons above the roll: play, stop, loop, tempo, and where it stands.

import { find } from '../dom.js'

/** Joins the buttons to the player; `music()` gives { clip, line } of what is shown, or null. */
export class Transport {
  constructor(player, roll, music, said) {
    this.player = player
    this.music = music
    this.said = said
    find('play-start').onclick = () => this.play(0)
    find('play-line').onclick = () => this.play(this.music()?.line ?? 0)
    find('stop').onclick = () => this.stop()
    find('loop').onclick = () => this.loop()
    find('tempo').onchange = (event) => this.#tempo(Number(event.target.value))
    player.addEventListener('change', () => this.#show())
    roll.addEventListener('seek', (event) => player.seek(Math.min(event.detail, this.music()?.clip.length ?? 0)))
    const place = find('place')
    setInterval(() => {
      const clip = this.music()?.clip
      if (!clip || find('compose').hidden) return
      const { bar, beat } = clip.bars.at(player.position)
      const words = `${bar}.${beat}`
      if (place.value !== words) place.value = words
    }, 60)
    this.#show()
  }

  async play(at) {
    if (!this.music()) return
    this.from = at
    if (this.player.loop) this.player.setLoop(at)
    try {
      await this.player.play(at)
    } catch (error) {
      this.said(`No sound: ${error.message}.`)
    }
  }

  stop() {
    this.player.stop()
  }

  /** Space: from where it stands, or stop. */
  toggle() {
    if (this.player.playing) return this.stop()
    const music = this.music()
    if (music) this.play(this.player.position >= music.clip.length - 1e-3 ? 0 : this.player.position)
  }

  loop() {
    this.player.setLoop(this.player.loop ? null : this.from ?? 0)
  }

  /** Another clip is shown: the tempo that it is played in stands in the field. */
  shown(clip) {
    this.written = clip.tempoMap().bpm(0)
    find('tempo').value = Math.round(this.written * this.player.rate)
    this.#show()
  }

  #tempo(wanted) {
    const bpm = Math.min(400, Math.max(20, wanted || this.written))
    find('tempo').value = Math.round(bpm)
    this.player.setRate(bpm / this.written)
  }

  #show() {
    const { playing, loop } = this.player
    find('play-start').classList.toggle('on', playing)
    find('stop').disabled = !playing
    find('loop').setAttribute('aria-pressed', String(Boolean(loop)))
  }
}
