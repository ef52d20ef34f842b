"""Given parts ahead of time: windows in which some instruments stand AHEAD beats earlier in the stream than the rest.

Who accompanies music that is known beforehand may read ahead in it. A model of one stream can, where what is given comes
in it before what answers it (Thickstun et al. 2023, "Anticipatory music transformer"). Here the given instruments'
events move by whole beats against the grid of bars and beats, which stays that of the others, and their condition says
`ahead`. A piece that is read from its start begins with a bar of AHEAD beats in which the given parts alone play.
"""

import numpy as np

AHEAD = 4


class Anticipation:
    """Rewrites stretches of a split's arrays; only where all bars are whole quarters long. `beats` 0 leaves the given
    parts where they are, to compare with."""

    def __init__(self, split, beats=AHEAD):
        self.split, self.beats, v = split, beats, split.vocabulary
        self.whole = np.array([self._quarters(name) for name in v.values["metre"]])
        self.grid = np.zeros(v.size, bool)
        self.grid[[v.bar, v.beat]] = True
        self.position = np.zeros(24, np.int64)
        for token in np.flatnonzero(v.is_position):
            self.position[v.spec["tokens"][token]["tick"]] = token

    @staticmethod
    def _quarters(metre):
        over, _, under = metre.partition("/")
        return under != "" and int(over) * 4 % int(under) == 0

    def rewritten(self, first, end, given, length):
        """`length` each of tokens, the index whose conditions each takes, its tick, and its beat in the first bar of a
        piece where the given parts are alone (-1 elsewhere); None where that cannot be.

        `first` is a START or a bar in the arrays, `end` the end of its piece; what follows the piece stays as it is.
        `given` tells by instrument whose events come early.
        """
        s, v = self.split, self.split.vocabulary
        index = np.arange(first, min(end, first + length + length // 2))
        token = s.token[index]
        if not self.whole[s.bar_metre[np.unique(s.bar[index])]].all():
            return None
        start, last = token[0] == v.start, index[-1] == end - 1
        on_grid = self.grid[token]
        slot = np.cumsum(on_grid) - 1
        event = np.flatnonzero(v.is_event[token])
        early = given[v.instrument[token[event]]]
        # One row for all that is written: its beat, its tick (-1: the beat itself), its place there, token, source.
        beats = np.flatnonzero(on_grid)
        beat_of, source_of = np.arange(len(beats)), index[beats]
        written = token[beats]
        at = slot[event] - self.beats * early
        if start and self.beats:
            beat_of = np.arange(len(beats) + self.beats)
            source_of = np.concatenate((np.full(self.beats, index[beats[0]]), source_of))
            written = np.concatenate(([v.bar], np.full(self.beats - 1, v.beat), written))
            at = at + self.beats
        ticks = s.tick[index[event]].astype(np.int64)
        inside = at >= 0
        event, early, at, ticks = event[inside], early[inside], at[inside], ticks[inside]
        moments = np.unique(at * 24 + ticks)
        moments = moments[moments % 24 > 0]
        beat = np.concatenate((beat_of, moments // 24, at))
        tick = np.concatenate((np.full(len(beat_of), -1), moments % 24, ticks))
        rank = np.concatenate((np.zeros(len(beat_of) + len(moments)), 1 + 2 * v.is_on[token[event]] + ~early))
        written = np.concatenate((written, self.position[moments % 24], token[event]))
        order = np.lexsort((rank, tick, beat))  # stable: what comes together keeps its order
        beat = beat[order]
        alone = np.where(start & (beat < self.beats), beat, -1)
        parts = [(written[order], source_of[beat], np.maximum(tick[order], 0), alone)]
        if start:
            parts.insert(0, ([v.start], [first], [0], [-1]))
        if last:
            rest = np.arange(end - 1, end + length) % len(s.token)
            parts.append((s.token[rest], rest, s.tick[rest], np.full(len(rest), -1)))
        out = [np.concatenate(column)[:length] for column in zip(*parts)]
        return out if len(out[0]) == length else None

    def mark(self, features, inside, given, tick, alone):
        """Tells the conditions [S, K] of a rewritten stretch who is ahead, where `inside` its piece, and its time."""
        v = self.split.vocabulary
        for instrument in np.flatnonzero(given) if self.beats else ():
            features[inside, v.instrument_slots[instrument]] = v.instrument_bases[instrument] + 2
        features[:, v.slot["tick"]] = v.base["tick"] + tick
        lead = alone >= 0
        features[lead, v.slot["beat"]] = v.base["beat"] + alone[lead]
        if (features[lead, v.slot["metre"]] > 0).all():  # told: four quarters, as long as that bar is
            features[lead, v.slot["metre"]] = v.base["metre"] + v.values["metre"].index("4/4")
