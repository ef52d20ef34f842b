// Musical time of a clip: quarter notes to seconds through its tempos, and bars through its meters.

/** Maps quarter notes to seconds and back, through a clip's tempo changes. `rate` 2 plays twice as fast. */
export class TempoMap {
  constructor(tempos, rate = 1) {
    const sorted = [...(tempos ?? [])].filter((tempo) => tempo.bpm > 0).sort((a, b) => a.at - b.at)
    if (!sorted.length || sorted[0].at > 0) sorted.unshift({ at: 0, bpm: sorted[0]?.bpm ?? 120 })
    let seconds = 0
    this.pieces = sorted.map((tempo, index) => {
      if (index) seconds += (tempo.at - sorted[index - 1].at) * 60 / (sorted[index - 1].bpm * rate)
      return { at: tempo.at, seconds, bpm: tempo.bpm * rate }
    })
  }

  /** Seconds from the beginning to `at` quarter notes. */
  seconds(at) {
    const piece = last(this.pieces, (candidate) => candidate.at <= at)
    return piece.seconds + (at - piece.at) * 60 / piece.bpm
  }

  /** Quarter notes that `seconds` have reached. */
  quarters(seconds) {
    const piece = last(this.pieces, (candidate) => candidate.seconds <= seconds)
    return piece.at + (seconds - piece.seconds) * piece.bpm / 60
  }

  /** Quarter notes a minute at `at`. */
  bpm(at) {
    return last(this.pieces, (candidate) => candidate.at <= at).bpm
  }
}

/** The last piece that `holds`, or the first where none does. */
function last(pieces, holds) {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (holds(pieces[middle])) low = middle
    else high = middle - 1
  }
  return pieces[low]
}

/** The bar lines and beats of a clip's meters. Bars are numbered from 1; a meter may say its first bar's number, as a host has it. */
export class BarLines {
  constructor(meters) {
    const sorted = [...(meters ?? [])].sort((a, b) => a.at - b.at)
    if (!sorted.length || sorted[0].at > 0) sorted.unshift({ at: 0, numerator: 4, denominator: 4 })
    let bar = 1
    this.pieces = sorted.map((meter, index) => {
      const before = sorted[index - 1]
      if (before) bar += Math.ceil((meter.at - before.at) / barLength(before) - 1e-6)
      bar = meter.bar ?? bar
      return { at: meter.at, bar, beat: 4 / meter.denominator, length: barLength(meter), numerator: meter.numerator }
    })
  }

  /** { bar, beat, start, length } at `at` quarter notes: both numbered from 1. */
  at(at) {
    const piece = last(this.pieces, (candidate) => candidate.at <= at + 1e-9)
    const bars = Math.floor((at - piece.at) / piece.length + 1e-9)
    const start = piece.at + bars * piece.length
    const beat = Math.floor((at - start) / piece.beat + 1e-9) + 1
    return { bar: piece.bar + bars, beat, start, length: piece.length }
  }

  /** Calls `line(at, bar)` for each bar line and `beat(at)` for each beat between, from `from` until before `to`. */
  each(from, to, line, beat) {
    for (let index = 0; index < this.pieces.length; index++) {
      const piece = this.pieces[index]
      const end = Math.min(to, this.pieces[index + 1]?.at ?? Infinity)
      if (end <= from || piece.at >= to) continue
      let bars = Math.max(0, Math.floor((from - piece.at) / piece.length))
      for (let at = piece.at + bars * piece.length; at < end - 1e-9; at = piece.at + ++bars * piece.length) {
        line(at, piece.bar + bars)
        for (let count = 1; beat && count < piece.numerator; count++) {
          const place = at + count * piece.beat
          if (place < end - 1e-9) beat(place)
        }
      }
    }
  }
}

function barLength(meter) {
  return meter.numerator * 4 / meter.denominator
}
