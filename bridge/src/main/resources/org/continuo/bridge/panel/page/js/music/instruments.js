// The ten instruments of the model: their colours on the roll and their General MIDI programs.

/** `hue` is a CSS colour that is vivid on black and not the neighbour's; `program` is General MIDI's, from 0. */
export const INSTRUMENTS = [
  { name: 'piano', title: 'Piano', hue: '#ff5fa2', program: 0 },
  { name: 'violin', title: 'Violin', hue: '#ffb020', program: 40 },
  { name: 'cello', title: 'Cello', hue: '#ff7043', program: 42 },
  { name: 'bass', title: 'Bass', hue: '#8f7bff', program: 33 },
  { name: 'guitar', title: 'Guitar', hue: '#5ee06a', program: 25 },
  { name: 'flute', title: 'Flute', hue: '#4fd8ff', program: 73 },
  { name: 'clarinet', title: 'Clarinet', hue: '#3f9bff', program: 71 },
  { name: 'trumpet', title: 'Trumpet', hue: '#ffe14d', program: 56 },
  { name: 'harp', title: 'Harp', hue: '#c8f27a', program: 46 },
  { name: 'drums', title: 'Drums', hue: '#b9c0cc', program: 0, drums: true }
]

const byName = new Map(INSTRUMENTS.map((instrument) => [instrument.name, instrument]))

/** The instrument of that name; an unknown one is shown and played as a piano. */
export function instrument(name) {
  return byName.get(name) ?? INSTRUMENTS[0]
}

const LETTERS = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B']

/** A pitch as musicians say it: 60 is C4. */
export function pitchName(pitch) {
  return LETTERS[pitch % 12] + (Math.floor(pitch / 12) - 1)
}

/** "piano, bass and drums". */
export function inWords(names) {
  if (names.length < 2) return names.join('')
  return names.slice(0, -1).join(', ') + ' and ' + names[names.length - 1]
}
