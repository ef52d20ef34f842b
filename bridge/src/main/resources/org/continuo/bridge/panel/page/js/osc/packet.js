// OSC 1.0 packets as bytes (protocol/SPEC.md, section 3): written one message a packet, read with every limit checked first.

const MAX_PACKET = 8192
const MAX_ARGUMENTS = 16
const MAX_DEPTH = 4
const BUNDLE = '#bundle'
const strictText = new TextDecoder('utf-8', { fatal: true })
const plainText = new TextEncoder()

/** A packet was not OSC within the limits. `counter` is its name in section 10. */
export class Refusal extends Error {
  constructor(counter) {
    super(counter)
    this.counter = counter
  }
}

/**
 * The bytes of one message. `tags` has a letter for each argument: i (int32), d (float64) or s (text).
 */
export function encode(address, tags, ...args) {
  const texts = [text(address), text(',' + tags)]
  let size = texts[0].length + texts[1].length
  const fields = args.map((value, index) => {
    const tag = tags[index]
    const field = tag === 's' ? text(value) : new Uint8Array(tag === 'd' ? 8 : 4)
    if (tag === 'i') new DataView(field.buffer).setInt32(0, value)
    if (tag === 'd') new DataView(field.buffer).setFloat64(0, value)
    size += field.length
    return field
  })
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of [...texts, ...fields]) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A text with its zero and padding to four bytes. */
function text(value) {
  const letters = plainText.encode(value)
  const padded = new Uint8Array((letters.length + 4) & ~3)
  padded.set(letters)
  return padded
}

/**
 * Reads a packet. Calls `visit.message(address, args)` for each message, `visit.refused(counter)` for each that is not
 * right, and `visit.end()` after each bundle and after a message that stands alone. Never throws for what is in the bytes.
 */
export function decode(bytes, visit) {
  if (bytes.length < 4 || bytes.length > MAX_PACKET || bytes.length % 4 !== 0) {
    visit.refused('malformed')
    return
  }
  element(bytes, 0, visit)
}

function element(bytes, depth, visit) {
  if (!isBundle(bytes)) {
    guarded(visit, () => readMessage(bytes, visit))
    if (depth === 0) visit.end()
    return
  }
  if (depth === MAX_DEPTH || bytes.length < 16) {
    visit.refused('malformed')
    return
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 16
  while (at < bytes.length) {
    const size = bytes.length - at < 4 ? -1 : view.getInt32(at)
    at += 4
    if (size < 0 || size > bytes.length - at) {
      visit.refused('malformed')
      break
    }
    if (size === 0 || size % 4 !== 0) {
      visit.refused('malformed')
    } else {
      element(bytes.subarray(at, at + size), depth + 1, visit)
    }
    at += size
  }
  visit.end()
}

function isBundle(bytes) {
  if (bytes.length < 8) return false
  for (let index = 0; index < BUNDLE.length; index++) {
    if (bytes[index] !== BUNDLE.charCodeAt(index)) return false
  }
  return bytes[7] === 0
}

function guarded(visit, read) {
  try {
    read()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    visit.refused(refusal.counter)
  }
}

function readMessage(bytes, visit) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const nextText = () => {
    const end = bytes.indexOf(0, at)
    const padded = (end + 4) & ~3
    if (end < 0 || padded > bytes.length) throw new Refusal('malformed')
    const letters = bytes.subarray(at, end)
    at = padded
    if (letters.length > 255) throw new Refusal('bad_text')
    return letters
  }
  const skip = (count) => {
    if (at + count > bytes.length) throw new Refusal('malformed')
    at += count
    return at - count
  }
  const address = ascii(nextText())
  if (!address.startsWith('/')) throw new Refusal('malformed')
  const tags = at < bytes.length ? ascii(nextText()) : ','
  if (!tags.startsWith(',')) throw new Refusal('malformed')
  if (tags.length - 1 > MAX_ARGUMENTS) throw new Refusal('malformed')
  const args = []
  let wrong = null
  for (const tag of tags.slice(1)) {
    if (tag === 'i') args.push(view.getInt32(skip(4)))
    else if (tag === 'f') args.push(view.getFloat32(skip(4)))
    else if (tag === 'd') args.push(view.getFloat64(skip(8)))
    else if (tag === 'h') args.push(Number(view.getBigInt64(skip(8))))
    else if (tag === 's' || tag === 'S') args.push(words(nextText()) ?? ((wrong = 'bad_text'), ''))
    else if (tag === 'T' || tag === 'F') args.push(tag === 'T')
    else throw new Refusal('malformed')
  }
  if (at !== bytes.length) throw new Refusal('malformed')
  if (wrong) throw new Refusal(wrong)
  visit.message(address, args)
}

function ascii(letters) {
  return String.fromCharCode(...letters)
}

/** A text within the limits of section 3.3, or null. */
function words(letters) {
  try {
    const value = strictText.decode(letters)
    return /[\u0000-\u001f\u007f-\u009f]/.test(value) ? null : value
  } catch {
    return null
  }
}
