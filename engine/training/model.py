"""python model.py  prints the shapes and the parameter count of the two shipped sizes.

The decoder: tokens and added condition rows in, the next token's distribution out.

Pre-norm RMS, no biases, rotary positions (half-split), grouped-query attention, squared-ReLU MLP (So et al. 2021,
"Primer"), output tied to the token table. Master weights are float32; the forward pass casts them to `compute` (bf16 in
training) so that CPU and GPU run the same code without autocast.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

from attention import attention, rotary_table

PREFIXED = ("style", "metre", "kind")  # these and inst_* may be positions of their own instead of added rows
SIZES = {
    "S": dict(layers=6, dim=256, heads=4, kv_heads=2),
    "M": dict(layers=8, dim=512, heads=8, kv_heads=2),
}


@dataclass
class Config:
    layers: int = 6
    dim: int = 256
    heads: int = 4
    kv_heads: int = 2
    context: int = 512  # of training; the weights do not depend on it
    table: str = "parts"  # plain | parts | parts+free
    conditions: str = "added"  # added | prefix
    rotary_base: float = 10000.0
    dropout: float = 0.0  # of what each half of a block adds, in training

    @property
    def head_dim(self):
        return self.dim // self.heads

    def check(self):
        if self.table not in ("plain", "parts", "parts+free"):
            raise ValueError(f"table is '{self.table}': use plain, parts or parts+free")
        if self.conditions not in ("added", "prefix"):
            raise ValueError(f"conditions is '{self.conditions}': use added or prefix")
        if self.dim % self.heads or self.heads % self.kv_heads or self.head_dim % 2:
            raise ValueError(f"dim {self.dim}, heads {self.heads}, kv heads {self.kv_heads} do not divide evenly")


class Rows(nn.Module):
    """A table of rows. Not nn.Embedding: callers gather from it or fold it, nothing is looked up here."""

    def __init__(self, rows, dim, std):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(rows, dim) * std)


class TokenTable(nn.Module):
    """The [V, d] token table, free or composed.

    A note token is (instrument, pitch, edge) + (pitch, edge) + (pitch class, edge) + (instrument, velocity), where edge
    is start or end and an end counts as a ninth velocity. The pitch parts know the edge because the table is also the
    output: without it the pitches about to start and the pitches about to end would share one profile. Drums have no
    pitch or pitch class part: their keys are names, not heights.
    """

    PARTS = ("instrument_pitch", "pitch", "pitch_class", "instrument_velocity", "other")

    def __init__(self, tokens, kind, dim):
        super().__init__()
        self.kind = kind
        size = len(tokens)
        if kind != "plain":
            index = torch.zeros(len(self.PARTS), size, dtype=torch.long)
            keys = [{} for _ in self.PARTS]
            for token, spec in enumerate(tokens):
                for part, key in enumerate(self._keys(token, spec)):
                    # row 0 of every part is the empty one, kept at zero by the fold
                    index[part, token] = 0 if key is None else keys[part].setdefault(key, len(keys[part]) + 1)
            self.register_buffer("index", index, persistent=False)
            for name, seen in zip(self.PARTS, keys):
                setattr(self, name, Rows(len(seen) + 1, dim, 0.01 if name != "other" else 0.02))
        if kind != "parts":
            self.free = Rows(size, dim, 0.02 if kind == "plain" else 0.0)

    @staticmethod
    def _keys(token, spec):
        if spec["type"] not in ("on", "off"):
            return None, None, None, None, token
        instrument, pitch, edge = spec["instrument"], spec["pitch"], spec["type"]
        velocity = spec.get("velocity", "off")
        if instrument == 9:
            return (instrument, pitch, edge), None, None, (instrument, velocity), None
        return (instrument, pitch, edge), (pitch, edge), (pitch % 12, edge), (instrument, velocity), None

    def forward(self):
        if self.kind == "plain":
            return self.free.weight
        table = self.free.weight if self.kind == "parts+free" else 0
        for part, name in enumerate(self.PARTS):
            rows = getattr(self, name).weight
            index = self.index[part]
            table = table + F.embedding(index, rows) * (index > 0).unsqueeze(1)
        return table


class RMSNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return F.rms_norm(x, (x.size(-1),), self.weight.to(x.dtype), 1e-5)


class Linear(nn.Module):
    def __init__(self, inputs, outputs, zero=False):
        super().__init__()
        weight = torch.zeros(outputs, inputs) if zero else torch.randn(outputs, inputs) * inputs**-0.5
        self.weight = nn.Parameter(weight)

    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        d, heads, kv, size = config.dim, config.heads, config.kv_heads, config.head_dim
        self.attn_norm = RMSNorm(d)
        self.qkv = Linear(d, (heads + 2 * kv) * size)
        self.out = Linear(heads * size, d, zero=True)
        self.mlp_norm = RMSNorm(d)
        self.up = Linear(d, 4 * d)
        self.down = Linear(4 * d, d, zero=True)

    def forward(self, x, cos, sin):
        c = self.config
        batch, length, _ = x.shape
        qkv = self.qkv(self.attn_norm(x)).view(batch, length, c.heads + 2 * c.kv_heads, c.head_dim)
        x = x + self._some(self.out(attention(qkv, c.kv_heads, cos, sin)))
        return x + self._some(self.down(F.relu(self.up(self.mlp_norm(x))).square()))

    def _some(self, x):
        return F.dropout(x, self.config.dropout) if self.training and self.config.dropout else x


class Model(nn.Module):
    """Token ids [B, S] and feature rows [B, S, K] to hidden states, logits or the loss.

    `vocabulary` is vocabulary.json as read: its tokens shape the table, its slots shape the condition rows.
    """

    def __init__(self, config, vocabulary):
        super().__init__()
        config.check()
        self.config = config
        self.rows = vocabulary["rows"]
        self.tok = TokenTable(vocabulary["tokens"], config.table, config.dim)
        # At zero, so that what is told beside a token does not drown the token before either has been learnt.
        self.feat = Rows(self.rows, config.dim, 0.0)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = RMSNorm(config.dim)
        names = [slot["name"] for slot in vocabulary["slots"]]
        self.prefixed = [i for i, n in enumerate(names) if n in PREFIXED or n.startswith("inst_")]
        self.kept = [i for i in range(len(names)) if i not in self.prefixed]

    def token_table(self):
        return self.tok()

    def _sum_rows(self, features, dtype):
        # Counting the rows and multiplying is several times faster than embedding_bag, forwards and backwards.
        features = features.long()
        counts = torch.zeros(*features.shape[:-1], self.rows, dtype=dtype, device=features.device)
        counts.scatter_add_(-1, features, torch.ones_like(features, dtype=dtype))
        return counts[..., 1:] @ self.feat.weight[1:].to(dtype)

    def embedded(self, tokens, features, table=None, compute=torch.float32):
        """[B, S, d]: what the first block reads, behind the prefix where there is one."""
        table = self.token_table() if table is None else table
        x = F.embedding(tokens.long(), table.to(compute))
        if self.config.conditions == "added":
            return x + self._sum_rows(features, compute)
        x = x + self._sum_rows(features[..., self.kept], compute)
        prefix = self._sum_rows(features[:, 0, self.prefixed].unsqueeze(-1), compute)
        return torch.cat((prefix, x), dim=1)

    def rotary(self, x):
        """cos and sin of the positions of x [B, S, d]."""
        return rotary_table(x.size(1), self.config.head_dim, self.config.rotary_base, x.device)

    def hidden(self, tokens, features, table=None, compute=torch.float32):
        """[B, S, d] after the last norm. `table` is token_table(), where the caller has it already."""
        x = self.embedded(tokens, features, table, compute)
        cos, sin = self.rotary(x)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.norm(x[:, -tokens.size(1) :])

    def forward(self, tokens, features, targets=None, compute=torch.float32, lesson=None):
        """Logits [B, S, V] in float32, or, given targets [B, S], their mean loss in nats; with a lesson, of distil.py."""
        table = self.token_table()
        x = self.hidden(tokens, features, table, compute)
        if targets is None:
            return (x @ table.to(compute).t()).float()
        return TiedLoss.apply(x.flatten(0, 1), table, targets.flatten().long(), lesson)

    @torch.no_grad()
    def token_losses(self, tokens, features, targets, compute=torch.float32, chunk=1024):
        """-log p of each target, [B, S] float32, without ever holding all logits."""
        table = self.token_table().to(compute)
        x = self.hidden(tokens, features, table, compute).flatten(0, 1)
        parts = zip(x.split(chunk), targets.flatten().split(chunk))
        return torch.cat([F.cross_entropy((h @ table.t()).float(), t, reduction="none") for h, t in parts]).view_as(
            targets
        )

    def parameter_count(self):
        return sum(p.numel() for p in self.parameters())


class TiedLoss(torch.autograd.Function):
    """Mean cross-entropy of hidden [N, d] against table [V, d], chunk by chunk so that logits stay in cache.

    What is aimed at is the targets [N], or, with a lesson, the mixture of them and the teacher's distribution. The
    gradients are made in the forward pass, while a chunk's softmax is at hand.
    """

    @staticmethod
    def forward(ctx, hidden, table, targets, lesson=None, chunk=None):
        count = hidden.size(0)
        chunk = chunk or (512 if hidden.device.type == "cpu" else 8192)
        weight = table.to(hidden.dtype)
        wanted = hidden.requires_grad or table.requires_grad
        d_hidden, d_table = (torch.empty_like(hidden), torch.zeros_like(table)) if wanted else (None, None)
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        for start in range(0, count, chunk):
            h, t = hidden[start : start + chunk], targets[start : start + chunk, None]
            p = torch.softmax(h @ weight.t(), dim=-1, dtype=torch.float32)
            if lesson is None:
                total -= p.gather(1, t).clamp_min(1e-37).log().sum()
                p.scatter_add_(1, t, p.new_full(t.shape, -1.0))
            else:
                aim = torch.softmax(lesson.hidden[start : start + chunk] @ lesson.table.t(), dim=-1, dtype=torch.float32)
                aim.mul_(lesson.share).scatter_add_(1, t, p.new_full(t.shape, 1 - lesson.share))
                total -= (aim * p.clamp_min(1e-37).log()).sum()
                p -= aim
            if wanted:
                p = p.to(hidden.dtype)
                torch.mm(p, weight, out=d_hidden[start : start + chunk])
                d_table += p.t() @ h
        if wanted:
            ctx.save_for_backward(d_hidden, d_table)
        ctx.count = count
        return total / count

    @staticmethod
    def backward(ctx, grad):
        d_hidden, d_table = ctx.saved_tensors
        scale = grad / ctx.count
        return d_hidden * scale.to(d_hidden.dtype), d_table * scale, None, None, None


def load(checkpoint, ema=True):
    """Model, vocabulary and state of a checkpoint written by train.py: not in training, averaged weights unless told."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Model(Config(**state["config"]), state["vocabulary"])
    model.load_state_dict(state["ema" if ema else "model"])
    return model.eval(), state["vocabulary"], state


if __name__ == "__main__":
    from synthetic import vocabulary

    for name, shape in SIZES.items():
        model = Model(Config(**shape), vocabulary())
        print(name, asdict(model.config), f"{model.parameter_count() / 1e6:.2f} M parameters")
