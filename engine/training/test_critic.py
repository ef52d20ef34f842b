"""The critic of takes and the ear for styles."""

import unittest

import torch

import critic


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
