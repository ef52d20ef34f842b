"""Distillation: a student learns from a larger model what else might have come, not only what came.

Method: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", at temperature 1. The loss of a
position is (1 - share) * cross-entropy of what came + share * cross-entropy of the teacher's distribution; the latter is
the divergence of the student from the teacher plus the teacher's entropy, which the student cannot change.
"""

from dataclasses import dataclass
from pathlib import Path

import torch

from model import load


@dataclass
class Lesson:
    """What a teacher says of a batch: its hidden states [N, d] and table [V, d], whose product are its logits."""

    hidden: torch.Tensor
    table: torch.Tensor
    share: float  # of the loss, 0 to 1


class Teacher:
    """A trained model (a run's averaged weights) that reads what its student reads. It is never trained itself."""

    def __init__(self, run, share, vocabulary, device, compute, compiled=False):
        checkpoint = Path(run) / "checkpoint.pt"
        if not checkpoint.exists():
            raise SystemExit(f"no checkpoint.pt in {run}, which is to be the teacher")
        self.model, own, _ = load(checkpoint)
        if own != vocabulary:
            raise SystemExit(f"the teacher in {run} has another vocabulary than the arrays: train it on these")
        self.model.to(device)
        self.share, self.compute = share, compute
        with torch.no_grad():
            self.table = self.model.token_table()
        self.hidden = torch.compile(self.model.hidden, dynamic=False) if compiled else self.model.hidden

    @torch.no_grad()
    def __call__(self, tokens, features):
        """Token ids [B, S] and feature rows [B, S, K] to a lesson of B * S positions."""
        hidden = self.hidden(tokens, features, self.table, self.compute).flatten(0, 1)
        return Lesson(hidden, self.table.to(self.compute), self.share)
