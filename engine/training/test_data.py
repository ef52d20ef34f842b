"""Arrays, and what a window of them goes through before it is learnt from."""

import unittest

import numpy as np

from ahead import AHEAD, Anticipation
from data import LOUDER, OPEN, TRANSPOSE, Vocabulary, Windows
from fixtures import SPEC, ArraysCase


class VocabularyTest(unittest.TestCase):
    v = Vocabulary(SPEC)

    def test_transposition_should_keep_intervals_or_fold_by_octaves_into_the_range(self):
        v = self.v
        notes = np.flatnonzero(v.is_event)
        for shift in TRANSPOSE:
            moved = v.transposed(shift)
            np.testing.assert_array_equal(moved[~v.is_event], np.flatnonzero(~v.is_event))
            for array in (v.type, v.instrument, v.velocity):
                np.testing.assert_array_equal(array[moved[notes]], array[notes])
            distance = v.pitch[moved[notes]] - v.pitch[notes]
            drums = v.instrument[notes] == v.drums
            self.assertTrue((distance[drums] == 0).all())
            self.assertTrue(((distance[~drums] - shift) % 12 == 0).all())
            for i in range(9):
                mine = v.instrument[notes] == i
                pitch = v.pitch[notes][mine]
                inside = (pitch + shift >= pitch.min()) & (pitch + shift <= pitch.max())
                self.assertTrue((distance[mine][inside] == shift).all())

    def test_louder_should_move_starts_only_and_stop_at_the_ends(self):
        v = self.v
        for steps in LOUDER:
            moved = v.louder(steps)
            np.testing.assert_array_equal(moved[~v.is_on], np.flatnonzero(~v.is_on))
            wanted = np.clip(v.velocity[v.is_on] + steps, 0, 7)
            np.testing.assert_array_equal(v.velocity[moved[v.is_on]], wanted)
            np.testing.assert_array_equal(v.pitch[moved], v.pitch)


class WindowsTest(ArraysCase):
    def test_features_should_be_what_the_arrays_say(self):
        s, v = self.split, self.split.vocabulary
        rng = np.random.default_rng(4)
        for i in rng.integers(0, len(s.token), 200):
            row = s.features(np.array([i]))[0]
            p = max((p for p in s.pieces if p["start"] <= i), key=lambda p: p["start"])
            bar = s.bar[i]
            self.assertTrue(p["bar_start"] <= bar < p["bar_start"] + p["bars"], f"token {i}")
            wanted = dict(style=p["styles"][0], kind=p["kind"], beat=s.beat[i], tick=s.tick[i])
            wanted |= dict(metre=s.bar_metre[bar], density=s.bar_density[bar])
            wanted["bars_left"] = SPEC["bars_left_value"][min(p["bar_start"] + p["bars"] - 1 - bar, 4)]
            wanted |= {"inst_" + n: int(c > 0) for n, c in zip(SPEC["instruments"], p["ons_by_instrument"])}
            for name, value in wanted.items():
                self.assertEqual(row[v.slot[name]], v.base[name] + value, f"{name} of token {i}")
            key = s.bar_key[bar]
            self.assertEqual(row[v.slot["key"]], 0 if key == 255 else v.base["key"] + key)

    def test_plain_windows_should_be_the_arrays_and_start_at_a_bar_or_a_piece(self):
        s = self.split
        everything = np.concatenate([s.token, s.token]).astype(np.int64)
        tokens, features, targets = Windows(s, 64, augment=False).batch(0, 40)
        np.testing.assert_array_equal(tokens[:, 1:], targets[:, :-1])
        self.assertTrue(np.isin(tokens[:, 0], [s.vocabulary.start, s.vocabulary.bar]).all())
        for row in tokens:
            starts = np.flatnonzero(everything[: len(s.token)] == row[0])
            self.assertTrue(any((everything[i : i + 64] == row).all() for i in starts))

    def test_batch_should_depend_on_seed_step_and_rank_alone(self):
        one, two = Windows(self.split, 64, seed=9), Windows(self.split, 64, seed=9)
        two.batch(1, 8)
        for a, b in zip(one.batch(5, 8), two.batch(5, 8)):
            np.testing.assert_array_equal(a, b)
        self.assertTrue((one.batch(5, 8)[0] != one.batch(6, 8)[0]).any())
        self.assertTrue((one.batch(5, 8)[0] != one.batch(5, 8, rank=1)[0]).any())

    def test_dropped_condition_should_leave_row_0_all_through_the_window(self):
        v = self.split.vocabulary
        features = np.concatenate([Windows(self.split, 64).batch(step, 50)[1] for step in range(20)])
        features = features[~self._has_ahead(features)]
        for name in ("style", "metre", "bars_left", "kind", "density"):
            column = features[:, :, v.slot[name]]
            is_open = (column == 0).all(axis=1)
            if name != "density":  # also opened for part of a window that lost an instrument
                np.testing.assert_array_equal(is_open, (column == 0).any(axis=1))
            self.assertAlmostEqual(is_open.mean(), OPEN[name], delta=0.06, msg=name)
        instruments = (features[:, :, v.instrument_slots] == 0).all(axis=1)
        self.assertAlmostEqual(instruments.all(axis=1).mean(), 0.25, delta=0.06)
        self.assertTrue((features[:, :, v.slot["beat"]] > 0).all() and (features[:, :, v.slot["tick"]] > 0).all())

    def _has_ahead(self, features):
        v = self.split.vocabulary
        return (features[:, :, v.instrument_slots] == v.instrument_bases + 2).any(axis=(1, 2))

    def test_window_with_given_parts_ahead_should_hold_the_same_events_each_at_its_beat(self):
        s, v = self.split, self.split.vocabulary
        anticipation, rng = Anticipation(s), np.random.default_rng(3)
        rewritten = 0
        for piece in np.flatnonzero((s.ons > 0).sum(axis=1) >= 2):
            given = Windows(s, 64)._some_of(np.flatnonzero(s.ons[piece]), rng)
            first, end = s.start[piece], s.start[piece] + s.length[piece]
            found = anticipation.rewritten(first, end, given, 2 * int(s.length[piece]))
            if found is None:
                continue
            rewritten += 1
            tokens, index, tick, alone = found
            self.assertEqual(tokens[0], v.start)
            self.assertEqual((alone >= 0).sum() > 0, True)
            plain = self._events(s.token[first:end], np.zeros(len(given)))
            shifted = self._events(tokens, np.where(given, 0, AHEAD))
            self.assertEqual(plain, shifted, f"piece {piece}")
        self.assertGreater(rewritten, 5)

    def _events(self, tokens, late):
        """(tick, token) of each event up to the end, sorted; `late` beats are taken off by instrument."""
        v, beat, tick, out = self.split.vocabulary, -1, 0, []
        for token in tokens:
            if token in (v.bar, v.beat):
                beat, tick = beat + 1, 0
            elif v.is_position[token]:
                tick = v.spec["tokens"][token]["tick"]
            elif token == v.end:
                break
            elif v.is_event[token]:
                out.append((24 * (beat - late[v.instrument[token]]) + tick, int(token)))
        return sorted(out)

    def test_given_parts_should_be_marked_as_ahead_and_others_not(self):
        v, marked = self.split.vocabulary, 0
        for step in range(20):
            features = Windows(self.split, 64).batch(step, 50)[1]
            ahead = features[..., v.instrument_slots] == v.instrument_bases + 2
            marked += ahead.any(axis=(1, 2)).sum()
            self.assertFalse(ahead.all(axis=2).any(), f"step {step}")
        self.assertGreater(marked, 50)

    def test_window_without_an_instrument_should_keep_no_token_of_it_and_no_empty_tick(self):
        s, v, w = self.split, self.split.vocabulary, Windows(self.split, 64)
        piece = int(np.argmax(s.length))
        for instrument in np.flatnonzero(s.ons[piece]):
            token = s.token[w._without(s.start[piece], piece, instrument, 65)]
            self.assertFalse((v.instrument[token] == instrument).any())
            followed = v.is_event[token[1:]]
            self.assertTrue(followed[v.is_position[token[:-1]]].all())

    def test_shuffled_tick_should_keep_its_tokens_with_ends_before_starts(self):
        s, v, w = self.split, self.split.vocabulary, Windows(self.split, 64)
        rng = np.random.default_rng(8)
        token = np.asarray(s.token[:400])
        order = w._shuffled(token, rng)
        tick = np.cumsum(~v.is_event[token])
        np.testing.assert_array_equal(tick[order], tick)
        self.assertTrue((order != np.arange(400)).any())
        for t in np.unique(tick):
            group = token[order][tick == t]
            self.assertTrue((np.diff(v.is_on[group].astype(int)) >= 0).all())
            self.assertTrue((np.diff(v.pitch[group[v.instrument[group] == 0]]) != 0).all())
