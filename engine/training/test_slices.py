"""Slices of training elsewhere, as gpu_slice.sh runs them: what travels, what stays, what the next one goes on from."""

import json
import os
import subprocess
import sys
from pathlib import Path

import torch

from fixtures import TINY, ArraysCase
from pack import pack_arrays, unpack_checkpoint

SLICE = Path(__file__).parent / "gpu_slice.sh"
SMALL = [*TINY, "--device", "cpu", "--compute", "fp32", "--valid-tokens", "0"]


class SlicesTest(ArraysCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        pack_arrays(cls.arrays, cls.folder / "arrays.xz")

    def slice(self, parts, out, *flags, **environment):
        """Runs a slice from the parts in one folder to another, both by name; what its log says of its steps."""
        call = [SLICE, self.folder / "arrays.xz", self.folder / parts, self.folder / out, "5", *SMALL, *flags]
        given = {name: str(value) for name, value in environment.items()}
        done = subprocess.run(call, env=os.environ | {"PYTHON": sys.executable} | given, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        log = (self.folder / out / "log.jsonl").read_text().splitlines()
        return [line["step"] for line in map(json.loads, log) if line.get("event") == "start"]

    def test_slice_should_go_on_from_the_parts_of_the_one_before(self):
        self.assertEqual(self.slice("none", "first", "--steps", "2"), [0])
        self.assertEqual(self.slice("first", "second", "--steps", "3"), [0, 2])
        unpack_checkpoint(self.folder / "second", self.folder / "back")
        self.assertEqual(torch.load(self.folder / "back/checkpoint.pt", weights_only=True)["step"], 3)

    def test_teacher_should_stay_where_it_was_trained_and_its_student_come_back(self):
        keep = self.folder / "kept"
        self.assertEqual(self.slice("none", "teacher", "--steps", "2", KEEP=keep), [0])
        self.assertEqual(self.slice("none", "teacher", "--steps", "4", KEEP=keep), [0, 2])
        self.assertEqual([file.name for file in (self.folder / "teacher").iterdir()], ["log.jsonl"])
        self.slice("none", "student", "--steps", "2", "--teacher", str(keep), "--teacher-share", "0.5")
        unpack_checkpoint(self.folder / "student", self.folder / "back")
        student = torch.load(self.folder / "back/checkpoint.pt", weights_only=True)
        self.assertEqual((student["step"], student["settings"]["teacher_share"]), (2, 0.5))
