// The key of this engine: what lets the page change anything. It comes in the address that `continuo serve` prints.

const PLACE = 'continuo.key'

/** Takes the key out of the address, where there is one, and keeps it. What else the fragment says stays there. */
export function takeKey(location, history, storage) {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const key = fragment.get('key')
  if (!key) return storage.getItem(PLACE)
  storage.setItem(PLACE, key)
  fragment.delete('key')
  const rest = fragment.toString()
  history.replaceState(null, '', location.pathname + (rest ? '#' + rest : ''))
  return key
}
