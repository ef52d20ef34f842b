// Whom a key is for: what has the focus, or the page. Who goes by pointer leaves the focus on what was clicked last, and is done with
// it: there the space bar plays, and letters are a piano's. Where keys took the focus, they are for what has it.

const FIELD = 'input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea'
const PRESSED = 'button, summary, a, input:not([type=range]), [role=treeitem]'
const MOVES = /^(Arrow|Home$|End$|Page)/

/** Whether the musician goes from one thing to the next by keys. */
let byKeys = true

addEventListener('pointerdown', () => { byKeys = false }, true)

addEventListener('keydown', ({ key, target }) => {
  if (key === 'Tab' || (MOVES.test(key) && !target.matches?.(FIELD))) byKeys = true
  // A list that is closed by now would take letters for its own; a field is filled in.
  else if (!byKeys && (target.matches?.('select') || (key === 'Enter' && target.matches?.(FIELD) && !target.form))) target.blur()
}, true)

/** True where a key is typed into what has the focus: a text, a number, a list, a page before this one. */
export function isTyping({ target }) {
  return document.querySelector('dialog[open]') !== null || (target.matches?.(byKeys ? `${FIELD}, select` : FIELD) ?? false)
}

/** True where the space bar is for what has the focus: it presses that. */
export function isPressing({ target }) {
  return byKeys && (target.matches?.(PRESSED) ?? false)
}
