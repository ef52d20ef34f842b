// What stands on the computer's keys: they play by their places, which are named (KeyboardEvent.code) by the letters of a US keyboard.
// On others another letter stands there.

const US = { Semicolon: ';' }

/** Knows the letters as far as the browser tells them, and otherwise from each key that is pressed. */
export class KeyLetters {
  #known = new Map()

  /** `root` holds elements that show the letter of the key in `data-code`. */
  constructor(root) {
    this.root = root
  }

  /** Asks the browser, where it has a layout to tell: `keyboard` is its navigator.keyboard. */
  async ask(keyboard) {
    try {
      for (const [code, letter] of await keyboard.getLayoutMap()) this.#known.set(code, capital(letter))
    } catch {
      return // as a US keyboard, until keys are pressed
    }
    this.write()
  }

  /** A key was pressed. */
  hear({ code, key, shiftKey, ctrlKey, metaKey, altKey }) {
    // With others held down it means another letter.
    if (shiftKey || ctrlKey || metaKey || altKey || key?.length !== 1 || this.of(code) === capital(key)) return
    this.#known.set(code, capital(key))
    this.write()
  }

  /** The letter on the key at a place. */
  of(code) {
    return this.#known.get(code) ?? US[code] ?? code.replace('Key', '')
  }

  /** Writes all letters that are shown. */
  write() {
    for (const element of this.root.querySelectorAll('[data-code]')) element.textContent = this.of(element.dataset.code)
  }
}

function capital(letter) {
  const large = letter.toUpperCase()
  return large.length === 1 ? large : letter
}
