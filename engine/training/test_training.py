"""python -m pytest test_training.py  (or python test_training.py)  a few seconds on a CPU, no corpus needed."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import critic
import synthetic
from ahead import AHEAD, Anticipation
from attention import Blocked, rotary_table, rotate
from data import LOUDER, OPEN, TRANSPOSE, Split, Vocabulary, Windows
from evaluate import evaluate, windows
from model import Config, Model, TiedLoss, load
from muon import orthogonal
from pack import pack_arrays, pack_checkpoint, unpack_arrays, unpack_checkpoint
from train import Trainer, arguments

SPEC = synthetic.vocabulary()
TINY = ["--layers", "2", "--dim", "32", "--heads", "4", "--kv-heads", "2", "--context", "64", "--batch-tokens", "256"]


def tiny(**changes):
    torch.manual_seed(3)
    model = Model(Config(**(dict(layers=2, dim=32, heads=4, kv_heads=2, context=64) | changes)), SPEC)
    for p in model.parameters():  # the zero-initialised matrices would hide what they do
        p.data += torch.randn_like(p) * 0.05
    model.feat.weight.data[0] = 0
    return model


def draw(batch=2, length=70):
    rng = torch.Generator().manual_seed(5)
    tokens = torch.randint(0, len(SPEC["tokens"]), (batch, length), generator=rng)
    features = torch.stack(
        [s["base"] + torch.randint(0, len(s["values"]), (batch, length), generator=rng) for s in SPEC["slots"]], -1
    )
    return tokens, features.short()


class ModelTest(unittest.TestCase):
    def test_folded_table_should_equal_the_sum_of_the_parts(self):
        for table in ("parts", "parts+free"):
            tok = tiny(table=table).tok
            folded = tok().detach()
            for token in (0, 5, 27, 500, 3000, len(SPEC["tokens"]) - 1):
                wanted = tok.free.weight[token].detach().clone() if table == "parts+free" else torch.zeros(32)
                for part, name in enumerate(tok.PARTS):
                    if row := int(tok.index[part, token]):
                        wanted += getattr(tok, name).weight[row].detach()
                torch.testing.assert_close(folded[token], wanted)

    def test_every_token_should_have_a_row_of_its_own(self):
        torch.testing.assert_close(len(torch.unique(tiny().tok().detach(), dim=0)), len(SPEC["tokens"]))

    def test_future_token_should_change_nothing_before_it(self):
        for conditions in ("added", "prefix"):
            model = tiny(conditions=conditions)
            tokens, features = draw()
            before = model(tokens, features)
            tokens[:, 40], features[:, 40] = 7, 0
            after = model(tokens, features)
            torch.testing.assert_close(after[:, :40], before[:, :40], rtol=0, atol=1e-6)
            self.assertGreater((after[:, 40:] - before[:, 40:]).abs().max(), 1e-3)

    def test_open_condition_should_add_nothing(self):
        model = tiny()
        tokens, features = draw()
        zero = torch.zeros_like(features)
        with torch.no_grad():
            left_open = model(tokens, zero)
            self.assertGreater((model(tokens, features) - left_open).abs().max(), 1e-3)
            model.feat.weight[1:] = 0
            torch.testing.assert_close(model(tokens, features), left_open)

    def test_blocked_attention_should_equal_the_fused_kernel_and_its_gradients(self):
        for heads, groups, length in ((4, 2, 70), (4, 4, 64), (8, 1, 130)):
            torch.manual_seed(heads + length)
            cos, sin = rotary_table(length, 16, 10000.0)
            one = torch.randn(2, length, heads + 2 * groups, 16, requires_grad=True)
            two = one.detach().clone().requires_grad_()
            q, k = rotate(two[:, :, :-groups], cos, sin).split([heads, groups], dim=2)
            q, k, v = (x.transpose(1, 2) for x in (q, k, two[:, :, -groups:]))
            wanted = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True).transpose(1, 2).flatten(2)
            got = Blocked.apply(one, groups, cos, sin)
            weight = torch.randn_like(got)
            (got * weight).sum().backward()
            (wanted * weight).sum().backward()
            torch.testing.assert_close(got, wanted, rtol=1e-4, atol=1e-5)
            torch.testing.assert_close(one.grad, two.grad, rtol=1e-4, atol=1e-4)

    def test_chunked_loss_should_equal_cross_entropy_and_its_gradients(self):
        torch.manual_seed(1)
        hidden, table = torch.randn(50, 16, requires_grad=True), torch.randn(90, 16, requires_grad=True)
        targets = torch.randint(0, 90, (50,))
        for loss in (TiedLoss.apply(hidden, table, targets, 16), F.cross_entropy(hidden @ table.t(), targets)):
            hidden.grad = table.grad = None
            loss.backward()
            found = (loss.detach(), hidden.grad, table.grad)
            if "kept" in locals():
                torch.testing.assert_close(found, kept)
            kept = found

    def test_muon_step_should_have_singular_values_near_one(self):
        torch.manual_seed(2)
        for shape in ((3, 64, 32), (2, 32, 64), (1, 48, 48)):
            values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
            self.assertTrue(0.3 < values.min() and values.max() < 1.5, (shape, values.min(), values.max()))


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


class ArraysTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        synthetic.write(cls.folder / "arrays")
        cls.arrays = str(cls.folder / "arrays")
        cls.split = Split(cls.arrays, "train")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def trained(self, out, *more):
        argv = ["--arrays", self.arrays, "--out", str(self.folder / out), "--device", "cpu"]
        argv += ["--valid-tokens", "0", "--compute", "fp32"]
        trainer = Trainer(arguments(argv + list(more)))
        trainer.run()
        return torch.load(self.folder / out / "checkpoint.pt", weights_only=True)

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

    def test_evaluation_windows_should_score_each_token_exactly_once(self):
        for length in (2, 3, 63, 64, 65, 66, 100, 113, 1000):
            scored = np.zeros(length - 1, int)
            for start, count, first in windows(length, 64):
                self.assertLessEqual(count, 64)
                self.assertTrue(first == (16 if start else 0))
                scored[start + first : start + count] += 1
            self.assertTrue((scored == 1).all(), f"length {length}")

    def test_evaluation_of_a_uniform_model_should_give_log_v_a_token(self):
        model = tiny()
        for p in model.parameters():
            p.data.zero_()
        split = Split(self.arrays, "valid")
        chosen = [(i, int(n)) for i, n in enumerate(split.length)]
        score = evaluate(model, split, 64, chosen)["all"]
        self.assertEqual(score["notes"], sum(p["notes"] for p in split.pieces))
        self.assertEqual(score["tokens"], len(split.token) - len(split.pieces))
        self.assertAlmostEqual(score["nats_per_token"], np.log(len(SPEC["tokens"])), places=4)

    def test_resumed_run_should_equal_the_uninterrupted_one_bit_for_bit(self):
        whole = self.trained("whole", *TINY, "--steps", "6")
        self.trained("parts", *TINY, "--steps", "3")
        resumed = self.trained("parts", "--steps", "6")
        self.assertEqual((whole["step"], whole["tokens"]), (resumed["step"], resumed["tokens"]))
        for kind in ("model", "ema"):
            for name, value in whole[kind].items():
                self.assertTrue(torch.equal(value, resumed[kind][name]), f"{kind} {name}")

    def test_unpacked_arrays_should_equal_the_packed_ones(self):
        packed, unpacked = self.folder / "arrays.xz", self.folder / "unpacked"
        pack_arrays(self.arrays, packed)
        unpack_arrays(packed, unpacked)
        for file in Path(self.arrays).iterdir():
            self.assertEqual((unpacked / file.name).read_bytes(), file.read_bytes(), file.name)

    def test_unpacked_checkpoint_should_go_on_near_where_the_packed_one_was(self):
        packed = self.trained("packed", *TINY, "--steps", "4")
        pack_checkpoint(self.folder / "packed", self.folder / "boxes", limit=10, part=1)
        unpack_checkpoint(self.folder / "boxes", self.folder / "carried")
        ahead, carried = (self.trained(run, "--steps", "6") for run in ("packed", "carried"))
        self.assertEqual((carried["step"], carried["tokens"]), (ahead["step"], ahead["tokens"]))
        for name, value in ahead["model"].items():
            moved = (value - packed["model"][name]).norm()
            self.assertLess((value - carried["model"][name]).norm(), 0.5 * moved + 0.01 * value.norm(), name)

    def test_map_should_keep_alike_styles_near_and_stay_in_its_frame(self):
        try:
            import export
        except ImportError:
            self.skipTest("onnx is not installed")
        trained = self.trained("map", *TINY, "--steps", "1")
        vocabulary = trained["vocabulary"]
        model = Model(Config(**trained["config"]), vocabulary)
        slot = next(slot for slot in vocabulary["slots"] if slot["name"] == "style")
        with torch.no_grad():
            rows = model.feat.weight[slot["base"] : slot["base"] + len(slot["values"])]
            rows[1] = rows[0]
            rows[2] = rows[0] + 10
        places = list(export.style_map(model, vocabulary).values())
        self.assertEqual(places[0], places[1])
        self.assertGreater(abs(places[2][0] - places[0][0]), 1)
        self.assertTrue(all(-1 <= x <= 1 for place in places for x in place))

    def test_restored_run_should_go_on_from_the_exported_weights(self):
        try:
            import onnx  # noqa: F401
        except ImportError:
            self.skipTest("onnx is not installed")
        import export
        import restore

        trained = self.trained("exported", *TINY, "--steps", "4")
        folder, vocabulary = self.folder / "model", trained["vocabulary"]
        model = Model(Config(**trained["config"]), vocabulary)
        model.load_state_dict(trained["ema"])
        shape = export.shape_of(model.config, vocabulary, 64)
        for bits, nearness in ((32, 1e-4), (8, 0.05), (4, 0.2)):
            graph = export.build(export.weights_of(model, 64), shape, bits)
            export.write(folder, "t", graph, shape, vocabulary, "?", export.training_summary(trained), [], {})
            restore.restore(folder, self.folder / "restored")
            back, _, state = load(self.folder / "restored" / "checkpoint.pt")
            self.assertEqual(state["tokens"], trained["tokens"])
            for name, value in export.weights_of(model, 64).items():
                other = torch.from_numpy(export.weights_of(back, 64)[name])
                self.assertLess((other - torch.from_numpy(value)).norm(), nearness * other.norm() + 1e-6, name)
        self.trained("further", "--from", str(self.folder / "restored"), "--steps", "2")

    def test_branch_should_leave_the_stable_checkpoint_alone_and_may_change_the_context(self):
        self.trained("stable", *TINY, "--steps", "3")
        before = (self.folder / "stable/checkpoint.pt").read_bytes()
        more = ["--from", str(self.folder / "stable"), "--decay-minutes", "0.02"]
        more += ["--context", "128", "--warmup-steps", "1"]
        branch = self.trained("branch", *more)
        self.assertEqual((self.folder / "stable/checkpoint.pt").read_bytes(), before)
        self.assertGreater(branch["step"], 3)
        self.assertEqual(branch["settings"]["context"], 128)
        rates = [json.loads(x).get("rate") for x in (self.folder / "branch/log.jsonl").read_text().splitlines()]
        rates = [r for r in rates if r is not None]
        self.assertEqual(rates, sorted(rates, reverse=True))


class CriticTest(unittest.TestCase):
    def test_critic_should_find_the_number_that_tells_the_real_from_the_other(self):
        rng = torch.Generator().manual_seed(1)
        real = torch.randn(400, 3, generator=rng, dtype=torch.float64)
        own = torch.randn(400, 3, generator=rng, dtype=torch.float64)
        own[:, 1] -= 2
        real[::7, 2] = float("nan")
        mean, spread = critic.statistics(torch.cat([real, own]))
        difference = critic.scaled(real, mean, spread) - critic.scaled(own, mean, spread)
        weights = critic.learn_critic(difference[:300], difference[300:])[:, 0]
        self.assertEqual(weights.abs().argmax().item(), 1)
        self.assertGreater(weights[1].item(), 0)
        self.assertGreater((difference[300:] @ weights > 0).double().mean().item(), 0.85)

    def test_ear_should_tell_styles_apart(self):
        rng = torch.Generator().manual_seed(2)
        labels = torch.arange(300) % 3
        heard = torch.randn(300, 4, generator=rng, dtype=torch.float64)
        heard[torch.arange(300), labels] += 3
        weights, biases = critic.learn_ear(heard[:200], labels[:200], heard[200:], labels[200:], 3)
        right = ((heard[200:] @ weights + biases).argmax(1) == labels[200:]).double().mean().item()
        self.assertGreater(right, 0.85)


if __name__ == "__main__":
    unittest.main()
