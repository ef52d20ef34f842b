// The band of the jam on this page: no other page's, and the same one after a reload.

const PLACE = 'continuo.band'

/** A page that is loaded again may find its name still held by what it was before. */
const PATIENCE_MS = 500

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

function claim(locks, band) {
  if (!locks) return true
  return new Promise((resolve) => {
    locks.request(`${PLACE} ${band}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
      resolve(true)
      return new Promise(() => {}) // held until the page goes
    }).catch(() => resolve(false))
  })
}
