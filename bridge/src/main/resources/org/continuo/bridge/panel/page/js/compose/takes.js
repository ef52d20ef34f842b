// What came out, below the roll: the tree of takes, its keeping in this browser and in files, and what was captured live.

import { download, find } from '../dom.js'
import { TakeStore } from '../tree/store.js'
import { TakeTree } from '../tree/tree.js'
import { TreeView } from '../tree/view.js'
import { CapturedList } from './captured.js'
import { named } from './form.js'

export class Takes {
  /** `form` knows what styles and the musician's own file are called; `say` is told what cannot be done. */
  constructor(engine, form, say) {
    this.engine = engine
    this.form = form
    this.say = say
    this.tree = new TakeTree()
    this.view = new TreeView(find('tree'), this.tree)
    this.store = new TakeStore(this.tree, (words) => this.#note(words))
    this.capturedList = new CapturedList(find('captured'), engine, (number) => this.openCaptured(number))
    this.tree.addEventListener('change', () => this.#offer())
    this.tree.addEventListener('dropped', ({ detail }) => {
      this.#note(`There was no room: the ${detail === 1 ? 'oldest take' : detail + ' oldest takes'} left.`)
    })
    this.#buttons()
  }

  /** Brings back what this browser kept. */
  open() {
    return this.store.open()
  }

  /** Puts what was made into the tree, below the take that it goes on from. */
  keep(takes, parent) {
    this.tree.add(takes.map((take) => ({
      name: this.#name(take, parent), made: Date.now(), recipe: take.recipe, from: take.from, clip: take.clip.toJSON(),
      score: take.score, seconds: take.report?.seconds
    })), parent)
  }

  /** A take was captured on this page. */
  async captured(number) {
    this.capturedList.look()
    await this.openCaptured(number)
  }

  /** A take that was captured while playing live: it stands in the tree, to be heard and continued. */
  async openCaptured(number) {
    try {
      const { name, clip } = await this.engine.capturedTake(number)
      this.tree.add([{ name, made: Date.now(), recipe: null, from: 0, clip, score: null }])
    } catch (error) {
      this.say(`What was captured could not be read: ${error.message}`)
    }
  }

  #name({ recipe, report }, parent) {
    const from = parent !== null ? 'goes on' : recipe.from?.prompt ? this.#title(recipe.from.prompt)
      : recipe.from?.midi ? this.#ownName(recipe.from.midi) : 'from nothing'
    const style = recipe.style ? `, ${this.form.styleTitle(recipe.style)}` : ''
    const size = report?.complete === false ? `stopped after ${report.bars} ${report.bars === 1 ? 'bar' : 'bars'}`
      : recipe.bars ? recipe.bars + ' bars' : recipe.tokens + ' tokens'
    return `${from}${style}, ${size}`
  }

  /** The form may have another file by now. */
  #ownName(midi) {
    const { own } = this.form
    return own?.midi === midi ? own.name : 'own file'
  }

  #title(prompt) {
    const known = this.engine.about?.prompts.find((one) => one.name === prompt)
    return known ? named(known) : prompt
  }

  #buttons() {
    this.#offer()
    find('undo').onclick = () => this.tree.undo()
    find('takes-save').onclick = () => download('continuo-takes.json', this.tree.toFile(), 'application/json')
    find('takes-clear').onclick = () => this.tree.clear()
    find('takes-load').onchange = async (event) => {
      const file = event.target.files[0]
      event.target.value = ''
      this.#note('')
      try {
        const count = this.tree.fromFile(await file.text())
        // Before what is said of those that left for them.
        find('takes-said').prepend(`${count} ${count === 1 ? 'take' : 'takes'} opened. `)
      } catch (error) {
        this.#note(error.message)
      }
    }
  }

  #offer() {
    find('undo').disabled = !this.tree.canUndo
    find('takes-save').disabled = find('takes-clear').disabled = !this.tree.takes.size
  }

  #note(words) {
    find('takes-said').textContent = words
  }
}
