// How the jam on this page is set up: who plays, tempo, meter, controls. Kept for when the page is loaded again, as its band's name is.

const PLACE = 'continuo.jam'

/** Keeps it in `storage`. */
export function keepJam({ parts, clock: { tempo, numerator, denominator }, settings }, storage) {
  storage.setItem(PLACE, JSON.stringify({ parts, tempo, meter: [numerator, denominator], settings: [...settings] }))
}

/** Sets a jam up as the one that was kept; it stays as it is where there is none, or another program's. */
export function restoreJam(jam, storage) {
  try {
    const { parts, tempo, meter, settings } = JSON.parse(storage.getItem(PLACE))
    jam.setTempo(tempo)
    jam.setMeter(...meter)
    for (const [name, value] of settings) jam.set(name, value)
    jam.setParts(parts)
  } catch {
    // Nothing was kept.
  }
}
