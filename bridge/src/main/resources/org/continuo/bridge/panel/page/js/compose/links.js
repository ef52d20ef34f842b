// Takes as links: what the page's address says is shown, or made; a take that is shared stands in the address, as long as it is
// the one that is shown.

import { fromBase64 } from '../music/clip.js'
import { fromLink, toLink } from '../net/share.js'

export class Links {
  /** Of the links that came while something was made: the latest one's recipe. */
  #next = null
  /** Id of the take that the address names, once that was shown. */
  #named = null
  /** While a link's take is made: ids of the takes that were there before, of which none is the link's; else null. */
  #before = null

  /** `compose` is the view in which takes are shown and made. */
  constructor(compose) {
    this.compose = compose
  }

  /** Whether a link is followed when what is being made is there. */
  get waits() {
    return this.#next !== null
  }

  /** Shows a link's take, or makes it; says what is wrong with it. While something else is made it waits. */
  async follow(link) {
    try {
      const recipe = await fromLink(link)
      if (this.compose.making) this.#next = recipe
      else await this.#open(recipe)
    } catch (error) {
      this.compose.say(error.message)
    }
  }

  /** Nothing is made any more: follows the link that waited for that. */
  async free() {
    const recipe = this.#next
    this.#next = null
    if (recipe) await this.#open(recipe)
  }

  /** The address says nothing any more, and no link waits. */
  forget() {
    this.#next = this.#before = null
    this.#unname()
  }

  /** `take` is shown now, or null where it is none. What was shown before is not what the address names. */
  shown(take) {
    if (take && this.#before && !this.#before.has(take.id)) this.#named = take.id
    else if (this.#named !== null && take?.id !== this.#named) this.#unname()
  }

  /** A link to a take: into the address, and where the browser lets us, into the clipboard. */
  async share(take) {
    const address = `${location.origin}/#take=${await toLink(take.recipe)}`
    this.#named = take.id
    history.replaceState(null, '', address)
    try {
      await navigator.clipboard.writeText(address)
      this.compose.say('The link is copied. It makes this very take again wherever this model plays.')
    } catch {
      this.compose.say('The link stands in the address bar: copy it from there.')
    }
  }

  async #open(recipe) {
    const { compose } = this
    // The address speaks of this link by now, and of nothing that is shown.
    this.#named = null
    if (compose.engine.about) {
      await this.#ownFile(recipe)
      if (compose.making) { // begun while the file was looked at
        this.#next = recipe
        return
      }
      compose.form.take(recipe)
    }
    const made = JSON.stringify(recipe)
    const known = [...compose.tree.takes.values()].find((take) => JSON.stringify(take.recipe) === made)
    if (known) {
      this.#named = known.id
      compose.showAgain(known)
      return
    }
    this.#before = new Set(compose.tree.takes.keys())
    await compose.make(recipe, null)
    if (this.#before && this.#named === null) this.#unname() // refused, or stopped before there was anything of it
    this.#before = null
  }

  /** The address says nothing any more, but of a link that waits. */
  #unname() {
    this.#named = null
    if (!this.waits) history.replaceState(null, '', location.pathname)
  }

  /** The file that a link brings is what the form begins with. */
  async #ownFile({ from }) {
    if (!from?.midi || from.midi === this.compose.form.own?.midi) return
    try {
      const clip = await this.compose.engine.clipOf(fromBase64(from.midi))
      this.compose.form.offerOwn({ name: 'the link’s file', midi: from.midi, clip })
    } catch {
      // Whoever makes the take says what is wrong with it.
    }
  }
}
