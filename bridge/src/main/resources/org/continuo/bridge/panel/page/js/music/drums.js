// The drums on the roll: General MIDI's keys in a few rows, from the top as they stand around a drummer.

const ROWS = [
  ['cymbals', [49, 51, 52, 53, 55, 57, 59]],
  ['hi-hat', [42, 44, 46]],
  ['toms', [41, 43, 45, 47, 48, 50]],
  ['snare', [31, 37, 38, 39, 40]],
  ['kick', [35, 36]],
  ['other', []]
]
const OTHER = ROWS.length - 1
const ROW_OF = Array(128).fill(OTHER)
ROWS.forEach(([, pitches], row) => pitches.forEach((pitch) => { ROW_OF[pitch] = row }))

/** What each row is called. */
export const DRUM_ROWS = ROWS.map(([name]) => name)

/** The row of a drum, 0 at the top. */
export function drumRow(pitch) {
  return ROW_OF[pitch] ?? OTHER
}
