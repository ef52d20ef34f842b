"""Runs: evaluated, resumed, branched, packed for another machine, exported and restored."""

import json
from pathlib import Path

import numpy as np
import torch

from data import Split
from evaluate import evaluate, windows
from fixtures import SPEC, TINY, ArraysCase, tiny
from model import Config, Model, load
from pack import pack_arrays, pack_checkpoint, unpack_arrays, unpack_checkpoint


class RunsTest(ArraysCase):
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

    def test_resumed_student_with_dropout_should_equal_the_uninterrupted_one_whoever_draws_its_windows(self):
        self.trained("master", *TINY, "--steps", "2")
        taught = ["--teacher", str(self.folder / "master"), "--teacher-share", "0.5"]
        for more in (taught, ["--workers", "1"]):
            name = more[0].strip("-")
            whole = self.trained(name + "-whole", *TINY, "--dropout", "0.1", "--steps", "4", *more)
            self.trained(name + "-parts", *TINY, "--dropout", "0.1", "--steps", "2", *more)
            resumed = self.trained(name + "-parts", "--steps", "4", *more)
            for parameter, value in whole["model"].items():
                self.assertTrue(torch.equal(value, resumed["model"][parameter]), f"{more} {parameter}")

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

    def test_weights_that_are_too_large_to_travel_should_be_left_all_the_same_and_said_to_be(self):
        packed = self.trained("large", *TINY, "--steps", "1")
        with self.assertRaisesRegex(SystemExit, "over 0.01 MiB"):
            pack_checkpoint(self.folder / "large", self.folder / "narrow", limit=0.01)
        unpack_checkpoint(self.folder / "narrow", self.folder / "back")
        back = torch.load(self.folder / "back/checkpoint.pt", weights_only=True)
        self.assertEqual(back["step"], 1)
        for name, value in packed["model"].items():
            self.assertLess((back["model"][name] - value).norm(), 0.01 * value.norm() + 1e-6, name)

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
        for bits, nearness in ((32, 1e-4), (8, 0.05), (4, 0.05)):
            weights = export.weights_of(model, 64)
            four = export.to_4_bits(model, [export.random_music(shape)]) if bits == 4 else {}
            graph = export.build(weights | four, shape, bits)
            export.write(folder, "t", graph, shape, vocabulary, "?", export.training_summary(trained), [], {})
            restore.restore(folder, self.folder / "restored")
            back, _, state = load(self.folder / "restored" / "checkpoint.pt")
            self.assertEqual(state["tokens"], trained["tokens"])
            self.assertEqual((state["settings"]["context"], back.config.context), (64, 64))
            for name, value in (weights | {name: part.matrix().numpy() for name, part in four.items()}).items():
                other = torch.from_numpy(export.weights_of(back, 64)[name])
                self.assertLess((other - torch.from_numpy(value)).norm(), nearness * other.norm() + 1e-6, name)
        self.trained("further", "--from", str(self.folder / "restored"), "--steps", "2")

    def test_student_should_come_nearer_to_its_teacher_than_who_has_none(self):
        teacher = self.trained("teacher", *TINY, "--steps", "60")
        alone = self.trained("alone", *TINY, "--steps", "20", "--seed", "2")
        taught = ["--teacher", str(self.folder / "teacher"), "--teacher-share", "0.9"]
        student = self.trained("student", *TINY, "--steps", "20", "--seed", "2", *taught)
        self.assertEqual(student["settings"]["teacher_share"], 0.9)
        tokens = torch.from_numpy(self.split.token[:64].astype(np.int64))[None]
        features = torch.zeros(1, 64, len(SPEC["slots"]), dtype=torch.short)
        likely = {}
        for name, state in (("teacher", teacher), ("alone", alone), ("student", student)):
            model = Model(Config(**state["config"]), state["vocabulary"])
            model.load_state_dict(state["ema" if name == "teacher" else "model"])
            likely[name] = model.eval()(tokens, features).log_softmax(-1).detach()
        apart = {n: (likely["teacher"].exp() * (likely["teacher"] - likely[n])).sum(-1).mean() for n in likely}
        self.assertLess(apart["student"], 0.9 * apart["alone"])

    def test_teacher_and_its_share_should_only_be_taken_together_and_with_the_same_vocabulary(self):
        self.trained("teacher", *TINY, "--steps", "1")
        teacher = ["--teacher", str(self.folder / "teacher")]
        for flags in (teacher, ["--teacher-share", "0.5"], [*teacher, "--teacher-share", "1.5"],
                      ["--teacher", str(self.folder / "nobody"), "--teacher-share", "0.5"]):  # fmt: skip
            with self.assertRaises(SystemExit, msg=str(flags)):
                self.trained("refused", *TINY, "--steps", "1", *flags)
        state = torch.load(self.folder / "teacher/checkpoint.pt", weights_only=True)
        state["vocabulary"]["slots"][0]["name"] = "another"
        torch.save(state, self.folder / "teacher/checkpoint.pt")
        with self.assertRaisesRegex(SystemExit, "another vocabulary"):
            self.trained("refused", *TINY, "--steps", "1", *teacher, "--teacher-share", "0.5")

    def test_run_with_patience_should_end_when_it_learns_by_heart_and_keep_what_was_best(self):
        patient = ["--patience", "2", "--valid-minutes", "0", "--valid-tokens", "2000", "--steps", "2000"]
        kept = self.trained("patient", *TINY, *patient, "--ema-steps", "5")
        log = [json.loads(line) for line in (self.folder / "patient/log.jsonl").read_text().splitlines()]
        judged = [(line["valid_per_token"], line["step"]) for line in log if "valid" in line]
        self.assertLess(judged[-1][1], 2000, "ended before its last step")
        self.assertEqual(kept["step"], min(judged)[1])
        self.assertEqual([step for _, step in judged][-3], kept["step"], "and two validations after the best")

    def test_run_with_patience_should_end_so_in_slices_too(self):
        patient = ["--patience", "2", "--valid-minutes", "0", "--valid-tokens", "2000", "--ema-steps", "5"]
        for steps in range(100, 2000, 100):
            kept = self.trained("slices", *TINY, *patient, "--steps", str(steps))
            going = torch.load(self.folder / "slices/going.pt", weights_only=True)
            if going["step"] < steps:
                break
        self.assertLess(going["step"], 1900, "ended before its last step")
        log = [json.loads(line) for line in (self.folder / "slices/log.jsonl").read_text().splitlines()]
        judged = [(line["valid_per_token"], line["step"]) for line in log if "valid" in line]
        self.assertEqual(kept["step"], min(judged)[1])
        self.assertEqual([step for _, step in judged][-3:], list(range(kept["step"], going["step"] + 1, 10)))
        self.trained("slices", *patient, "--steps", "2000")
        self.assertEqual(torch.load(self.folder / "slices/going.pt", weights_only=True)["step"], going["step"])

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
