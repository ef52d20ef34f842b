"""What training asks of the machine that it runs on."""

import ctypes
import time

import torch


def keep_memory():
    """Tells glibc not to give freed memory back: a step would spend a tenth of its time on faulting it in again."""
    try:
        ctypes.CDLL(None).mallopt(-4, 0)  # M_MMAP_MAX
        ctypes.CDLL(None).mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD
    except (AttributeError, OSError, TypeError):
        pass  # another C library: slower, not wrong


def seconds_of_a_product(kind):
    """The best of five products of the size that training is made of, on this many threads."""
    left, right = torch.ones(4096, 256, dtype=kind), torch.ones(256, 1024, dtype=kind)
    best = float("inf")
    for _ in range(6):
        began = time.perf_counter()
        left @ right
        best = min(best, time.perf_counter() - began)
    return best


def computing(wish, device):
    """bf16 or fp32. Processors differ: some have no bf16 products, some have slow ones, so the faster is measured."""
    if wish is None:
        fast = device.type == "cuda" or seconds_of_a_product(torch.bfloat16) < seconds_of_a_product(torch.float32)
        wish = "bf16" if fast else "fp32"
    return torch.bfloat16 if wish == "bf16" else torch.float32
