"""Rounds the matrices of a model's blocks to 4 bits so that what they make of music changes least.

Method: Frantar et al. 2022, "GPTQ: accurate post-training quantization for generative pre-trained transformers". A
matrix is rounded column by column, those with the largest inputs first; what a column is off by, the columns still to
come make up for, as far as their inputs go with its own. Each matrix meets the inputs that those before it, already
rounded, leave it.
"""

import copy
from dataclasses import dataclass

import numpy as np
import torch

BLOCK = 32  # successive numbers of a row that share a scale
MATRICES = ("qkv", "out", "up", "down")  # of a block, in the order in which it reads
DAMPING = 0.01  # of the mean input's power, added to each: what few windows say is not taken for certain


@dataclass
class FourBits:
    """A matrix [N, K] in 4 bits: whole numbers from -8 to 7 [N, K] and their scales [N, K / BLOCK]."""

    values: torch.Tensor
    scales: torch.Tensor

    def matrix(self):
        return self.values * self.scales.repeat_interleave(BLOCK, dim=1)

    def packed(self):
        """As MatMulNBits reads it: bytes [N, K / BLOCK, BLOCK / 2], two numbers around 8 in each, the earlier one low."""
        rows, columns = self.values.shape
        values = (self.values + 8).to(torch.uint8).view(rows, columns // BLOCK, BLOCK).numpy()
        return values[:, :, ::2] | values[:, :, 1::2] << 4


def scales_of(weight):
    """[N, K / BLOCK]: of nine for each block the one that comes nearest, as the largest number need not be kept whole."""
    blocks = weight.unflatten(1, (-1, BLOCK))
    largest = blocks.abs().amax(2).clamp_min(1e-12)
    best, scales = torch.full_like(largest, torch.inf), largest
    for share in np.linspace(0.6, 1, 9):
        scale = largest * share / 7
        error = (nearest(blocks, scale[..., None]) * scale[..., None] - blocks).square().sum(2)
        best, scales = torch.minimum(best, error), torch.where(error < best, scale, scales)
    return scales


def nearest(weight, scale):
    return (weight / scale).round().clamp(-8, 7)


def rounded(weight, moments):
    """FourBits of a matrix [N, K] whose inputs have the second moments [K, K], in any unit."""
    scales, moments = scales_of(weight), moments.double()
    moments = moments + DAMPING * moments.diagonal().mean() * torch.eye(len(moments), dtype=moments.dtype)
    order = moments.diagonal().argsort(descending=True)
    # Row k of the inverse's root: how much each later column is to take on of what column k is off by.
    shares = torch.linalg.cholesky(torch.linalg.inv(moments[order][:, order]), upper=True).to(weight.dtype)
    left, scale = weight[:, order], scales.repeat_interleave(BLOCK, dim=1)[:, order]
    values = torch.empty_like(left)
    for start in range(0, len(order), BLOCK * 4):  # the columns far behind take on many columns' errors at once
        end = min(start + BLOCK * 4, len(order))
        off = torch.empty_like(left[:, start:end])
        for k in range(start, end):
            values[:, k] = nearest(left[:, k], scale[:, k])
            off[:, k - start] = (left[:, k] - values[:, k] * scale[:, k]) / shares[k, k]
            left[:, k:end] -= torch.outer(off[:, k - start], shares[k, k:end])
        left[:, end:] -= off @ shares[start:end, end:]
    return FourBits(values[:, order.argsort()], scales)


def second_moments(block, matrix, states, cos, sin):
    """[K, K]: the sum over all positions of each product of two of a matrix's inputs, while its block reads `states`."""
    moments = torch.zeros(matrix.weight.size(1), matrix.weight.size(1))

    def met(_, inputs):
        x = inputs[0].flatten(0, -2)
        moments.addmm_(x.t(), x)

    hook = matrix.register_forward_pre_hook(met)
    for x in states:
        block(x, cos, sin)
    hook.remove()
    return moments


@torch.no_grad()
def to_4_bits(model, music):
    """{name of a matrix: its FourBits} for the blocks of a model, which is left as it is, by what it reads in `music`:
    (tokens [S], features [S, K]) of windows."""
    model = copy.deepcopy(model)
    states = [model.embedded(*(torch.as_tensor(x)[None] for x in window)) for window in music]
    cos, sin = model.rotary(states[0])
    found = {}
    for i, block in enumerate(model.blocks):
        for name in MATRICES:
            matrix = getattr(block, name)
            four = rounded(matrix.weight, second_moments(block, matrix, states, cos, sin))
            matrix.weight.copy_(four.matrix())
            found[f"blocks.{i}.{name}.weight"] = four
        states = [block(x, cos, sin) for x in states]
    return found
