// The band of the jam on this page: no other page's, and the same one after a reload.

const PLACE = 'continuo.band'

/** A page that is loaded again may find its name still held by what it was before: so often it is asked for, so far apart. */
const TRIES = 6
const BETWEEN_MS = 100

/**
 * Resolves with the band's name; it is this page's as long as the page lives. A browser copies what one page keeps in `storage` into
 * another that is opened from it: who has the lock of a name stays with it, the other takes a new one. Without locks it may be shared.
 */
export async function ownBand(storage, locks) {
  let band = storage.getItem(PLACE)
  while (!band || !await claim(locks, band)) band = `jam ${Math.floor(Math.random() * 9000 + 1000)}`
  storage.setItem(PLACE, band)
  return band
}

async function claim(locks, band) {
  if (!locks) return true
  for (let count = 0; count < TRIES; count++) {
    if (count) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
    if (await taken(locks, band)) return true
  }
  return false
}

function taken(locks, band) {
  return new Promise((resolve) => {
    locks.request(`${PLACE} ${band}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock && new Promise(() => {}) // held until the page goes
    }).catch(() => resolve(false))
  })
}
