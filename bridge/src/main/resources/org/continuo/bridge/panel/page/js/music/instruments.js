// The ten instruments of the model: their colours on the roll and their General MIDI programs.

/**
 * `hue` is a CSS colour that is vivid on black and not the neighbour's; `program` is General MIDI's, from 0; `low` and `high`
 * are pitches, as far as players go.
 */
export const INSTRUMENTS = [
  { name: 'piano', title: 'Piano', hue: '#ff5fa2', program: 0, low: 21, high: 108 },
  { name: 'violin', title: 'Violin', hue: '#ffb020', program: 40, low: 55, high: 103 },
  { name: 'cello', title: 'Cello', hue: '#ff7043', program: 42, low: 36, high: 76 },
  { name: 'bass', title: 'Bass', hue: '#8f7bff', program: 33, low: 28, high: 60 },
  { name: 'guitar', title: 'Guitar', hue: '#5ee06a', program: 25, low: 40, high: 84 },
  { name: 'flute', title: 'Flute', hue: '#4fd8ff', program: 73, low: 60, high: 96 },
  { name: 'clarinet', title: 'Clarinet', hue: '#3f9bff', program: 71, low: 50, high: 94 },
  { name: 'trumpet', title: 'Trumpet', hue: '#ffe14d', program: 56, low: 52, high: 84 },
  { name: 'harp', title: 'Harp', hue: '#c8f27a', program: 46, low: 24, high: 103 },
  { name: 'drums', title: 'Drums', hue: '#b9c0cc', program: 0, drums: true }
]

const byName = new Map(INSTRUMENTS.map((instrument) => [instrument.name, instrument]))

/** The instrument of that name; an unknown one is shown and played as a piano. */
export function instrument(name) {
  return byName.get(name) ?? INSTRUMENTS[0]
}

/** The parts of an instrument's range that a player may be kept to, with names; they overlap a little. */
export const REGISTERS = [
  ['any', 'high and low', 0, 1], ['low', 'low only', 0, 0.45], ['middle', 'in the middle', 0.3, 0.7], ['high', 'high only', 0.55, 1]
]

/** Lowest and highest pitch of an instrument's register; 0 and 127 for any, and for drums. */
export function register(name, reach) {
  const { low, high } = instrument(name)
  const [, , from, to] = REGISTERS.find(([known]) => known === reach) ?? REGISTERS[0]
  return low === undefined || to - from === 1 ? [0, 127]
    : [Math.round(low + from * (high - low)), Math.round(low + to * (high - low))]
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
