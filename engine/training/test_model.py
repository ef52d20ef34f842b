"""The model, its attention, its loss and its optimizer."""

import unittest

import torch
import torch.nn.functional as F

from attention import Blocked, rotary_table, rotate
from distil import Lesson
from fixtures import SPEC, draw, tiny
from model import TiedLoss
from muon import orthogonal


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
        for loss in (TiedLoss.apply(hidden, table, targets, None, 16), F.cross_entropy(hidden @ table.t(), targets)):
            hidden.grad = table.grad = None
            loss.backward()
            found = (loss.detach(), hidden.grad, table.grad)
            if "kept" in locals():
                torch.testing.assert_close(found, kept)
            kept = found

    def test_loss_with_a_teacher_should_equal_the_mixture_of_both_cross_entropies_and_its_gradients(self):
        torch.manual_seed(4)
        hidden, table = torch.randn(50, 16, requires_grad=True), torch.randn(90, 16, requires_grad=True)
        lesson = Lesson(torch.randn(50, 24), torch.randn(90, 24), 0.3)
        targets = torch.randint(0, 90, (50,))
        expected = (lesson.hidden @ lesson.table.t()).softmax(-1)
        logits = hidden @ table.t()
        wanted = 0.7 * F.cross_entropy(logits, targets) + 0.3 * F.cross_entropy(logits, expected)
        wanted_gradients = torch.autograd.grad(wanted, (hidden, table))
        loss = TiedLoss.apply(hidden, table, targets, lesson, 16)
        torch.testing.assert_close(loss, wanted)
        torch.testing.assert_close(torch.autograd.grad(loss, (hidden, table)), wanted_gradients)

    def test_muon_step_should_have_singular_values_near_one(self):
        torch.manual_seed(2)
        for shape in ((3, 64, 32), (2, 32, 64), (1, 48, 48)):
            values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
            self.assertTrue(0.3 < values.min() and values.max() < 1.5, (shape, values.min(), values.max()))
