// A file of takes, read: what somebody else may have written or cut off, checked before it comes into the tree.

/** The takes in a file's text; throws words for people where it is no such file, or one of them is no music. */
export function takesIn(text) {
  let file
  try {
    file = JSON.parse(text)
  } catch {
    file = null
  }
  if (file?.continuo !== 'takes' || file.version !== 1 || !Array.isArray(file.takes)) {
    throw new Error('This is no file of takes. Choose one that "Save all" wrote.')
  }
  if (!file.takes.every(isTake)) throw new Error('This file is damaged: it has a take that is no music.')
  return file.takes
}

function isTake(take) {
  return Number.isInteger(take?.id) && Number.isInteger(take.number ?? 0) && Number.isFinite(take.from) &&
    typeof (take.recipe ?? {}) === 'object' && isClip(take.clip)
}

function isClip(clip) {
  return Array.isArray(clip?.notes) && Array.isArray(clip.parts) && clip.parts.every((part) => typeof part?.instrument === 'string') &&
    clip.notes.every((note) => clip.parts[note?.part] && Number.isInteger(note.pitch) && Number.isFinite(note.at) &&
      Number.isFinite(note.length)) &&
    areChanges(clip.tempos, ({ bpm }) => bpm >= 1 && bpm <= 1e8) &&
    areChanges(clip.meters, ({ numerator, denominator }) => isWithin(numerator, 255) && isWithin(denominator, 64)) &&
    Number.isFinite(clip.length ?? 0) && (clip.midi === null || isBase64(clip.midi))
}

function isBase64(text) {
  return typeof text === 'string' && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

/** Tempos or meters, each with its moment; there may be none. */
function areChanges(list, holds) {
  return Array.isArray(list ?? []) && (list ?? []).every((change) => Number.isFinite(change?.at) && holds(change))
}

function isWithin(value, most) {
  return Number.isInteger(value) && value >= 1 && value <= most
}
