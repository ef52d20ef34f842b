"""python data.py DIR  says what the arrays in DIR hold, source by source.

Windows of tokens with their condition rows, from the arrays that `continuo tokenize` writes. What a token means is read
from vocabulary.json and nowhere else. A batch is a function of (seed, step, rank) alone, so a run resumed anywhere sees
the batches it would have seen.
"""

import itertools
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from ahead import Anticipation

# A source's weight multiplies the chance of each of its tokens. Down: much of one thing, or made by a program. Up:
# little of something wanted (performances, drums, free songs).
SOURCE_WEIGHTS = {"polish-scores": 0.3, "mma-synth": 0.5, "piano-midi-de": 2, "freedoom": 2, "groove": 2}
# The chance that a condition is left open in a window. inst_* fall together, and each alone as well.
OPEN = {"style": 0.15, "metre": 0.05, "bars_left": 0.5, "kind": 0.3, "key": 0.6, "density": 0.6}
OPEN_INSTRUMENTS, OPEN_INSTRUMENT = 0.25, 0.10
TRANSPOSE = range(-5, 7)
LOUDER = range(-2, 3)
DROP_INSTRUMENT, SHUFFLE_TICK, FROM_START = 0.10, 0.30, 0.10
# Some of several instruments ahead of the others (ahead.py), and then one alone as likely as any number.
GIVEN_AHEAD, ONE_GIVEN = 0.30, 0.5


class Vocabulary:
    """vocabulary.json as lookup arrays over token ids; -1 where a token has no such attribute."""

    def __init__(self, spec):
        self.spec = spec
        tokens = spec["tokens"]
        self.size = len(tokens)
        self.type = np.array([t["type"] for t in tokens])
        self.instrument = np.array([t.get("instrument", -1) for t in tokens], np.int16)
        self.pitch = np.array([t.get("pitch", -1) for t in tokens], np.int16)
        self.velocity = np.array([t.get("velocity", -1) for t in tokens], np.int16)
        self.is_on, self.is_off = self.type == "on", self.type == "off"
        self.is_event = self.is_on | self.is_off
        self.is_position = self.type == "position"
        self.start, self.end, self.bar, self.beat = (int(np.flatnonzero(self.type == t)[0]) for t in
                                                     ("start", "end", "bar", "beat"))
        self.base = {slot["name"]: slot["base"] for slot in spec["slots"]}
        self.slot = {slot["name"]: i for i, slot in enumerate(spec["slots"])}
        self.values = {slot["name"]: slot["values"] for slot in spec["slots"]}
        self.instruments = spec["instruments"]
        self.drums = self.instruments.index("drums")
        self.instrument_slots = [self.slot["inst_" + name] for name in self.instruments]
        self.instrument_bases = np.array([self.base["inst_" + name] for name in self.instruments])
        self.bars_left_value = np.array(spec["bars_left_value"])
        # token id of (instrument, pitch, velocity), with the end of a note as one velocity more
        self.end_step = int(self.velocity.max()) + 1
        self.note = np.full((len(self.instruments), 128, self.end_step + 1), -1)
        step = np.where(self.is_off, self.end_step, self.velocity)
        events = np.flatnonzero(self.is_event)
        self.note[self.instrument[events], self.pitch[events], step[events]] = events
        played = [self.pitch[self.is_on & (self.instrument == i)] for i in range(len(self.instruments))]
        self.range = np.array([[p.min() for p in played], [p.max() for p in played]])

    def transposed(self, shift):
        """Token to token map. A pitch that leaves its instrument's range comes back by octaves; drums stay."""
        out = np.arange(self.size)
        pitch = self.pitch + shift
        low, high = (f[self.instrument] for f in self.range)
        pitch = np.where(pitch > high, pitch - 12 * -(-(pitch - high) // 12), pitch)
        pitch = np.where(pitch < low, pitch + 12 * -(-(low - pitch) // 12), pitch)
        moved = self.is_event & (self.instrument != self.drums)
        velocity = np.where(self.is_on, self.velocity, self.end_step)
        out[moved] = self.note[self.instrument[moved], pitch[moved], velocity[moved]]
        return out

    def louder(self, steps):
        """Token to token map, clamped at the softest and loudest step."""
        out = np.arange(self.size)
        on = self.is_on
        velocity = np.clip(self.velocity[on] + steps, 0, self.end_step - 1)
        out[on] = self.note[self.instrument[on], self.pitch[on], velocity]
        return out


class Split:
    """The arrays of one split, mapped, and what is known per piece."""

    def __init__(self, folder, name, vocabulary=None):
        folder = Path(folder)
        self.vocabulary = v = vocabulary or Vocabulary(json.loads((folder / "vocabulary.json").read_text()))
        self.pieces = json.loads((folder / f"{name}.pieces.json").read_text())
        if not self.pieces:
            raise ValueError(f"{folder / name}.pieces.json lists no pieces: tokenize that split first")

        def mapped(field, kind):
            return np.memmap(folder / f"{name}.{field}", dtype=kind, mode="r")

        self.token, self.bar = mapped("token.u16", "<u2"), mapped("bar.u32", "<u4")
        self.beat, self.tick = mapped("beat.u8", "u1"), mapped("tick.u8", "u1")
        self.bar_metre, self.bar_key = np.array(mapped("bar_metre.u8", "u1")), np.array(mapped("bar_key.u8", "u1"))
        self.bar_density = np.array(mapped("bar_density.u8", "u1"))
        left = np.minimum(mapped("bar_left.u16", "<u2"), len(v.bars_left_value) - 1)
        self.bar_left = v.bars_left_value[left]
        p = self.pieces
        self.start = np.array([x["start"] for x in p], np.int64)
        self.length = np.array([x["length"] for x in p], np.int64)
        self.kind = np.array([x["kind"] for x in p])
        self.source = np.array([x["source"] for x in p])
        self.licence = np.array([x["licence"] for x in p])
        self.ons = np.array([x["ons_by_instrument"] for x in p])
        self.styles = np.zeros((len(p), max(1, max(len(x["styles"]) for x in p))), np.int16)
        self.style_count = np.array([len(x["styles"]) for x in p])
        for row, x in zip(self.styles, p):
            row[: len(x["styles"])] = x["styles"]

    def piece_of(self, index):
        return np.searchsorted(self.start, index, side="right") - 1

    def features(self, index, style_pick=0, key_shift=0):
        """Condition rows [..., K] (int16) of the tokens at `index`, every condition given.

        `style_pick` chooses among a piece's styles, any number; `key_shift` is the transposition. Both broadcast.
        """
        v, piece, bar = self.vocabulary, self.piece_of(index), self.bar[index]
        out = np.zeros(index.shape + (len(v.slot),), np.int16)

        def put(name, value, known=True):
            out[..., v.slot[name]] = np.where(known, v.base[name] + value, 0)

        count = self.style_count[piece]
        put("style", self.styles[piece, style_pick % np.maximum(count, 1)], count > 0)
        put("metre", self.bar_metre[bar])
        put("bars_left", self.bar_left[bar])
        put("kind", self.kind[piece])
        key = self.bar_key[bar].astype(np.int16)
        put("key", key // 12 * 12 + (key + key_shift) % 12, key != 255)
        put("density", self.bar_density[bar])
        put("beat", np.minimum(self.beat[index], 15))
        put("tick", self.tick[index])
        out[..., v.instrument_slots] = v.instrument_bases + (self.ons[piece] > 0)
        return out


class Windows:
    """Random augmented training windows of a split."""

    def __init__(self, split, context, seed=1, source_weights=None, licences=None, augment=True):
        self.split, self.context, self.seed, self.augment = split, context, seed, augment
        v = split.vocabulary
        weights = SOURCE_WEIGHTS | (source_weights or {})
        weight = split.length * np.array([float(weights.get(s, 1)) for s in split.source])
        if licences:
            weight = weight * np.isin(split.licence, list(licences))
        if weight.sum() <= 0:
            raise ValueError(f"no piece is left to train on: licences {licences}, weights {weights}")
        self.chance = np.cumsum(weight / weight.sum())
        bars = np.flatnonzero(np.asarray(split.token) == v.bar)
        self.bars = bars
        self.first_bar = np.searchsorted(bars, split.start)
        self.bar_count = np.searchsorted(bars, split.start + split.length) - self.first_bar
        self.transposed = np.stack([v.transposed(t) for t in TRANSPOSE]).astype(np.int32)
        self.louder = np.stack([v.louder(s) for s in LOUDER]).astype(np.int32)
        self.anticipation = Anticipation(split)

    def batch(self, step, size, rank=0):
        """Tokens [size, context] int32, features [size, context, K] int16, targets [size, context] int32."""
        rng = np.random.default_rng([self.seed, step, rank])
        s, v, length = self.split, self.split.vocabulary, self.context + 1
        piece = np.searchsorted(self.chance, rng.random(size), side="right").clip(max=len(s.start) - 1)
        bar = self.first_bar[piece] + (rng.random(size) * self.bar_count[piece]).astype(np.int64)
        at_start = (rng.random(size) < FROM_START) | (self.bar_count[piece] == 0)
        first = np.where(at_start, s.start[piece], self.bars[bar.clip(max=len(self.bars) - 1)])
        index = (first[:, None] + np.arange(length)) % len(s.token)

        dropped = np.full(size, -1)
        if self.augment:
            for row in np.flatnonzero(rng.random(size) < DROP_INSTRUMENT):
                present = np.flatnonzero(s.ons[piece[row]])
                if len(present) >= 3:
                    kept = self._without(first[row], piece[row], chosen := rng.choice(present), length)
                    if kept is not None:
                        index[row], dropped[row] = kept, chosen
            for row in np.flatnonzero(rng.random(size) < SHUFFLE_TICK):
                index[row] = index[row][self._shuffled(s.token[index[row]], rng)]
        token, ahead = s.token[index], {}
        if self.augment:
            for row in np.flatnonzero(rng.random(size) < GIVEN_AHEAD):
                given = self._some_of(np.flatnonzero(s.ons[piece[row]]), rng)
                end = s.start[piece[row]] + s.length[piece[row]]
                if given.any() and (found := self.anticipation.rewritten(first[row], end, given, length)):
                    token[row], index[row] = found[:2]
                    ahead[row], dropped[row] = (given, *found[2:]), -1

        shift = rng.integers(len(TRANSPOSE), size=(size, 1)) if self.augment else np.full((size, 1), -TRANSPOSE[0])
        louder = rng.integers(len(LOUDER), size=(size, 1)) if self.augment else np.full((size, 1), -LOUDER[0])
        tokens = self.louder[louder, self.transposed[shift, token]]
        features = s.features(index[:, :-1], rng.integers(0, 1 << 16, (size, 1)), shift + TRANSPOSE[0])
        self._mark_dropped(features, index[:, :-1], piece, dropped)
        self._open(features, rng)
        for row, (given, tick, alone) in ahead.items():
            inside = s.piece_of(index[row, :-1]) == piece[row]
            self.anticipation.mark(features[row], inside, given, tick[:-1], alone[:-1])
        return tokens[:, :-1], features, tokens[:, 1:]

    def _some_of(self, present, rng):
        """By instrument, whether it is given: not all of those that are present, none where there is but one."""
        given = np.zeros(len(self.split.vocabulary.instruments), bool)
        if len(present) >= 2:
            many = 1 if rng.random() < ONE_GIVEN else rng.integers(1, len(present))
            given[rng.choice(present, many, replace=False)] = True
        return given

    def _without(self, first, piece, instrument, length):
        """Indices with one instrument of the first piece left out, and with it the ticks it alone used."""
        s, v = self.split, self.split.vocabulary
        index = (first + np.arange(4 * length)) % len(s.token)
        token = s.token[index]
        end = s.start[piece] + s.length[piece]
        kept = index[(v.instrument[token] != instrument) | (index >= end) | (index < s.start[piece])]
        token = s.token[kept]
        useful = ~v.is_position[token]
        useful[:-1] |= v.is_event[token[1:]]
        kept = kept[useful]
        return kept[:length] if len(kept) >= length else None

    def _shuffled(self, token, rng):
        """An order that mixes the instruments within each tick; ends stay before starts."""
        v = self.split.vocabulary
        event = v.is_event[token]
        tick = np.cumsum(~event)
        rank = rng.random((tick[-1] + 1, len(v.instruments)))[tick, v.instrument[token]]
        phase = np.where(event, 1 + v.is_on[token], 0)
        return np.lexsort((np.where(event, rank, 0), phase, tick))

    def _mark_dropped(self, features, index, piece, dropped):
        v = self.split.vocabulary
        for row in np.flatnonzero(dropped >= 0):
            inside = self.split.piece_of(index[row]) == piece[row]
            slot = v.instrument_slots[dropped[row]]
            features[row, inside, slot] = v.instrument_bases[dropped[row]]  # value 0: absent
            features[row, inside, v.slot["density"]] = 0  # counted with the instrument: no longer true

    def _open(self, features, rng):
        v, size = self.split.vocabulary, len(features)
        for name, chance in OPEN.items():
            features[rng.random(size) < chance, :, v.slot[name]] = 0
        whole = rng.random(size) < OPEN_INSTRUMENTS
        for slot in v.instrument_slots:
            features[whole | (rng.random(size) < OPEN_INSTRUMENT), :, slot] = 0


class Steps(torch.utils.data.Dataset):
    """The batch of each step, as tensors."""

    def __init__(self, windows, size, rank):
        self.windows, self.size, self.rank = windows, size, rank

    def __getitem__(self, step):
        return tuple(torch.from_numpy(array) for array in self.windows.batch(step, self.size, self.rank))


def batches(windows, first_step, size, rank=0, workers=0, pinned=False):
    """Endless (tokens, features, targets) from step `first_step` on, prepared ahead of use: by so many processes, or by
    a thread."""
    steps = Steps(windows, size, rank)
    if workers:
        order = range(first_step, 1 << 40)
        yield from torch.utils.data.DataLoader(
            steps, batch_size=None, sampler=order, num_workers=workers, prefetch_factor=4, pin_memory=pinned,
            generator=torch.Generator(),  # not the one that dropout draws from: a resumed run would go on otherwise
        )  # fmt: skip
        return
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(steps.__getitem__, first_step)
        for step in itertools.count(first_step + 1):
            batch, waiting = waiting.result(), pool.submit(steps.__getitem__, step)
            yield batch


if __name__ == "__main__":
    for name in ("train", "valid", "test"):
        split = Split(sys.argv[1], name)
        print(f"{name}: {len(split.pieces)} pieces, {len(split.token)} tokens, {split.ons.sum()} notes")
        for source in sorted(set(split.source)):
            mine = split.source == source
            licences = ",".join(sorted(set(split.licence[mine])))
            print(f"  {source:20} {mine.sum():6} pieces {split.length[mine].sum():10} tokens  {licences}")
