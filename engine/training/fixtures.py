"""What the tests share: a tiny model, and arrays of learnable nonsense to train it on."""

import shutil
import tempfile
import unittest
from pathlib import Path

import torch

import synthetic
from data import Split
from model import Config, Model
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
    """Tokens [B, S] and features [B, S, K], any that there are."""
    rng = torch.Generator().manual_seed(5)
    tokens = torch.randint(0, len(SPEC["tokens"]), (batch, length), generator=rng)
    features = torch.stack(
        [s["base"] + torch.randint(0, len(s["values"]), (batch, length), generator=rng) for s in SPEC["slots"]], -1
    )
    return tokens, features.short()


class ArraysCase(unittest.TestCase):
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
