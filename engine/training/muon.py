"""Muon: momentum, then the nearest orthogonal matrix by a Newton-Schulz iteration, as the step.

Method: Keller Jordan, "Muon: An optimizer for hidden layers in neural networks" (2024). Matrices of one shape are
stacked and iterated together; the three parts of a packed qkv are matrices of their own.
"""

import torch


def orthogonal(g, steps=5, compute=torch.bfloat16):
    """Approximately U V^T of each matrix in a stack [n, rows, columns], in `compute`."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.to(compute)
    tall = x.size(-2) > x.size(-1)
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        s = x @ x.mT
        x = a * x + (b * s + c * (s @ s)) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Parameters are matrices; one that carries `muon_split` (row counts) is treated as that many matrices."""

    def __init__(self, params, lr=0.02, momentum=0.95, weight_decay=0.0, compute=torch.bfloat16):
        self.compute = compute
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            by_shape = {}
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(p)
                buffer = state["momentum"]
                buffer.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(buffer, group["momentum"])  # Nesterov
                p.mul_(1 - group["lr"] * group["weight_decay"])
                for rows, part in zip(self._split(p, p), self._split(p, update)):
                    by_shape.setdefault(tuple(part.shape), []).append((rows, part))
            for (rows, columns), pairs in by_shape.items():
                steps = orthogonal(torch.stack([part for _, part in pairs]), compute=self.compute)
                scale = max(1, rows / columns) ** 0.5
                for (target, _), update in zip(pairs, steps):
                    target.add_(update.to(target.dtype), alpha=-group["lr"] * scale)

    @staticmethod
    def _split(p, tensor):
        return tensor.split(p.muon_split) if hasattr(p, "muon_split") else [tensor]
