// A take as a link: its recipe in the fragment, a MIDI file of the musician's own included. Nothing is stored anywhere else.

import { fromBase64, toBase64 } from '../music/clip.js'

const LONGEST = 4 * 1024 * 1024

/** The fragment's text for a recipe: the length of its JSON, its JSON, its MIDI file; deflated; base64 for addresses. */
export async function toLink(recipe) {
  const midi = recipe.from?.midi ? fromBase64(recipe.from.midi) : new Uint8Array(0)
  const words = recipe.from?.midi ? { ...recipe, from: { midi: null } } : recipe
  const json = new TextEncoder().encode(JSON.stringify(words))
  const bytes = new Uint8Array(4 + json.length + midi.length)
  new DataView(bytes.buffer).setUint32(0, json.length)
  bytes.set(json, 4)
  bytes.set(midi, 4 + json.length)
  const deflated = await through(new CompressionStream('deflate-raw'), bytes, Infinity)
  return toBase64(deflated).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The recipe that a link holds; rejects with words for people where it holds none. */
export async function fromLink(text) {
  try {
    const deflated = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = await through(new DecompressionStream('deflate-raw'), deflated, LONGEST)
    const size = new DataView(bytes.buffer).getUint32(0)
    const recipe = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + size)))
    if (!isRecipe(recipe)) throw new Error('no recipe')
    if (recipe.from && recipe.from.midi === null) recipe.from = { midi: toBase64(bytes.subarray(4 + size)) }
    return recipe
  } catch {
    throw new Error('This link is damaged: a piece of it is missing. Ask for it again.')
  }
}

/** Whether it has a recipe's form; what it asks for is for the engine to judge. */
function isRecipe(value) {
  return value?.constructor === Object && (value.from ?? {}).constructor === Object && Array.isArray(value.instruments ?? [])
}

async function through(stream, bytes, limit) {
  const writer = stream.writable.getWriter()
  const written = writer.write(bytes).then(() => writer.close())
  written.catch(() => {})
  const pieces = []
  let size = 0
  const reader = stream.readable.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length
    if (size > limit) throw new Error('too long')
    pieces.push(read.value)
  }
  await written
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
