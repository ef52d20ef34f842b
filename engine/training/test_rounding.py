"""Matrices in 4 bits."""

import unittest

import torch

from fixtures import draw, tiny
from rounding import BLOCK, FourBits, nearest, rounded, scales_of, to_4_bits


def by_itself(weight):
    """FourBits of which each number is the nearest."""
    scales = scales_of(weight)
    return FourBits(nearest(weight, scales.repeat_interleave(BLOCK, dim=1)), scales)


class RoundingTest(unittest.TestCase):
    def test_numbers_whose_inputs_have_nothing_in_common_should_be_rounded_to_the_nearest(self):
        torch.manual_seed(1)
        weight = torch.randn(24, 96)
        four, wanted = rounded(weight, torch.rand(96).diag()), by_itself(weight)
        torch.testing.assert_close(four.values, wanted.values)
        torch.testing.assert_close(four.scales, wanted.scales)
        self.assertLess((four.matrix() - weight).norm(), 0.15 * weight.norm())

    def test_what_one_column_is_off_by_the_others_should_make_up_for(self):
        for seed in range(5):
            torch.manual_seed(seed)
            weight = torch.randn(40, 192)
            inputs = torch.randn(2000, 48) @ torch.randn(48, 192) + 0.3 * torch.randn(2000, 192)
            off = [(inputs @ (four.matrix() - weight).t()).norm() for four in
                   (rounded(weight, inputs.t() @ inputs), by_itself(weight))]  # fmt: skip
            self.assertLess(off[0], 0.6 * off[1], f"seed {seed}")

    def test_packed_numbers_should_be_those_that_the_matrix_is_made_of(self):
        torch.manual_seed(2)
        four = FourBits(torch.randint(-8, 8, (6, 64)).float(), torch.rand(6, 2) + 0.1)
        packed = torch.from_numpy(four.packed())
        self.assertEqual(tuple(packed.shape), (6, 2, BLOCK // 2))
        numbers = torch.stack((packed & 15, packed >> 4), dim=-1).float().flatten(2) - 8
        torch.testing.assert_close((numbers * four.scales[..., None]).flatten(1), four.matrix())

    def test_model_should_be_left_as_it_is_and_its_rounded_self_answer_music_much_as_it_does(self):
        model = tiny().eval()
        before = {name: value.clone() for name, value in model.state_dict().items()}
        tokens, features = draw()
        found = to_4_bits(model, zip(tokens, features))
        self.assertEqual(sorted(found), sorted(n for n in before if n.startswith("blocks.") and before[n].dim() == 2))
        torch.testing.assert_close(dict(model.state_dict()), before)
        with torch.no_grad():
            exact = model.hidden(tokens, features)
            off = []
            for matrices in ({n: four.matrix() for n, four in found.items()},
                             {n: by_itself(before[n]).matrix() for n in found}):  # fmt: skip
                model.load_state_dict(before | matrices)
                off.append((model.hidden(tokens, features) - exact).norm() / exact.norm())
        self.assertLess(off[0], off[1])
        self.assertLess(off[0], 0.2)


if __name__ == "__main__":
    unittest.main()
