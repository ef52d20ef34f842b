"""python train.py --arrays DIR --out DIR --minutes 15 [--layers 6 --dim 256 --heads 4 --kv-heads 2 --context 512 ...]

One command starts a run or goes on with the one in --out. The learning rate warms up and then stays, so a run may be
stopped and resumed at will. A finished model is a branch:
    python train.py --arrays DIR --from RUN --out RUN-final --decay-minutes 10
goes on from RUN's checkpoint, leaves it untouched, and lowers the rate linearly to zero in ten minutes (more calls with
the same --out finish a decay that --minutes cut short).
A student: --teacher RUN --teacher-share 0.5 (distil.py); RUN is named anew in each call.
A run that may learn by heart: with --patience 3 what validated better than all before is what checkpoint.pt holds, and the
run ends after three validations in a row that did not; another call goes on from going.pt beside it.
Several GPUs: torchrun --nproc-per-node N train.py ...; --batch-tokens is the total over all of them.

Writes OUT/checkpoint.pt (atomically) and OUT/log.jsonl.
"""

import argparse
import json
import os
import time
from dataclasses import asdict
from pathlib import Path

# Read when PyTorch loads. Threads that spin while they wait stop each other for whole minutes on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch  # noqa: E402
import torch.distributed as dist  # noqa: E402

from data import Split, Windows, batches  # noqa: E402
from distil import Teacher  # noqa: E402
from evaluate import evaluate, subset  # noqa: E402
from machine import computing, keep_memory  # noqa: E402
from model import Config, Model  # noqa: E402
from muon import Muon  # noqa: E402

# What a run remembers; a flag given again on resume changes it from there on (not the shape of the model).
SHAPE = ("layers", "dim", "heads", "kv_heads", "table", "conditions")
DEFAULTS = dict(layers=6, dim=256, heads=4, kv_heads=2, table="parts", conditions="added", context=512) | dict(
    batch_tokens=8192, muon_lr=0.02, adam_lr=0.003, weight_decay=0.01, warmup_steps=50, ema_steps=100, clip=1.0, seed=1
) | dict(dropout=0.0, licences=None, source_weights=None, teacher_share=0.0)

GOING = "going.pt"  # where a run with patience stands, while checkpoint.pt is the best that it was


def arguments(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrays", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--from", dest="origin", help="run whose checkpoint a new --out starts from")
    parser.add_argument("--teacher", help="run whose model also says what might have come")
    parser.add_argument("--patience", type=int, default=0, help="end after so many validations in a row that were no better")
    parser.add_argument("--minutes", type=float, default=1e9, help="wall time of this call, all included")
    parser.add_argument("--steps", type=int, default=1 << 60, help="stop at this step")
    parser.add_argument("--decay-minutes", type=float, help="rate to zero over this long, then stop")
    parser.add_argument("--save-minutes", type=float, default=4)
    parser.add_argument("--valid-minutes", type=float, default=5)
    parser.add_argument("--valid-tokens", type=int, default=60000)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compute", choices=("bf16", "fp32"), help="default: the faster here")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--threads", type=int, help="CPU threads")
    parser.add_argument("--workers", type=int, help="processes that prepare batches; default: one thread on a CPU, else 4")
    for name, value in DEFAULTS.items():
        kind = str if value is None or isinstance(value, str) else type(value)
        parser.add_argument("--" + name.replace("_", "-"), type=kind, help=f"default {value}")
    return parser.parse_args(argv)


def source_weights(text):
    """'mutopia=2,groove=0' as a dictionary."""
    return {k: float(w) for k, w in (pair.split("=") for pair in text.split(","))} if text else None


class Trainer:
    def __init__(self, args):
        self.args, self.born = args, time.monotonic()
        self.world, self.rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
        self.device = torch.device(args.device)
        if self.world > 1:
            dist.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
            if self.device.type == "cuda":
                self.device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
                torch.cuda.set_device(self.device)
        if args.threads:
            torch.set_num_threads(args.threads)
        own = computing(args.compute, self.device)
        self.compute = torch.bfloat16 if self.agreed(own == torch.bfloat16) else torch.float32
        self.out = Path(args.out)
        self.out.mkdir(parents=True, exist_ok=True)

        state = self._found()
        given = {k: getattr(args, k) for k in DEFAULTS if getattr(args, k) is not None}
        self.settings = s = DEFAULTS | (state["settings"] if state else {}) | given
        if state:
            for name in SHAPE:
                if s[name] != state["settings"][name]:
                    kept = state["settings"][name]
                    raise SystemExit(f"{name} is {kept} in the checkpoint, not {s[name]}: drop the flag")
        self.train, self.valid = Split(args.arrays, "train"), Split(args.arrays, "valid")
        self.vocabulary = self.train.vocabulary.spec
        if state and state["vocabulary"] != self.vocabulary:
            raise SystemExit(f"{args.arrays} has another vocabulary than the checkpoint: tokenize again or start anew")
        licences = s["licences"].split(",") if s["licences"] else None
        self.windows = Windows(self.train, s["context"], s["seed"], source_weights(s["source_weights"]), licences)
        self.rows = max(1, s["batch_tokens"] // s["context"] // self.world)

        torch.manual_seed(s["seed"])
        self.config = Config(**{k: s[k] for k in SHAPE}, context=s["context"], dropout=s["dropout"])
        self.model = Model(self.config, self.vocabulary).to(self.device)
        self.ema = {k: p.detach().clone() for k, p in self.model.named_parameters()}
        self.optimizers = self._optimizers()
        self.step = self.tokens = 0
        self.seconds = self.decayed = 0.0
        self.best, self.stale, self.judged = float("inf"), 0, None
        self.branched = args.decay_minutes is not None
        compile_it = args.compile if args.compile is not None else self.device.type == "cuda"
        self.teacher = self._teacher(compile_it)
        if state:
            self._restore(state)  # last: what is made before draws from the random numbers that go on here
        self.hidden = self.model.hidden  # as it is written: validation has many shapes, each would be compiled
        self.compiled = torch.compile(self.hidden, dynamic=False) if compile_it else self.hidden
        if self.device.type == "cuda":  # rather none than one that writes all scores down
            torch.backends.cuda.enable_math_sdp(False)

    def _found(self):
        places = [self.out / GOING, self.out / "checkpoint.pt"]
        if self.args.origin:
            places.append(Path(self.args.origin) / "checkpoint.pt")
        for place in places:
            if place.exists():
                return torch.load(place, map_location="cpu", weights_only=True)
        if self.args.origin:
            raise SystemExit(f"no checkpoint.pt in {self.args.origin}")
        return None

    def _teacher(self, compiled):
        share, run = self.settings["teacher_share"], self.args.teacher
        if not 0 <= share <= 1:
            raise SystemExit(f"teacher-share is {share}: give 0 (no teacher) to 1 (the teacher alone)")
        if bool(share) != bool(run):
            missing = "--teacher RUN" if share else "--teacher-share, such as 0.5"
            raise SystemExit(f"the teacher is {run} and its share {share}: add {missing}, or leave out the other")
        return Teacher(run, share, self.vocabulary, self.device, self.compute, compiled) if run else None

    def _optimizers(self):
        s, c = self.settings, self.config
        matrices = [p for n, p in self.model.named_parameters() if n.startswith("blocks.") and p.ndim == 2]
        for block in self.model.blocks:
            block.qkv.weight.muon_split = [c.heads * c.head_dim, c.kv_heads * c.head_dim, c.kv_heads * c.head_dim]
        chosen = {id(p) for p in matrices}
        rest = [p for p in self.model.parameters() if id(p) not in chosen]
        muon = Muon(matrices, lr=s["muon_lr"], weight_decay=s["weight_decay"], compute=self.compute)
        adam = torch.optim.AdamW(rest, lr=s["adam_lr"], betas=(0.9, 0.95), eps=1e-10, weight_decay=0, fused=True)
        return [muon, adam]

    def _restore(self, state):
        self.model.load_state_dict(state["model"])
        self.ema = {k: state["ema"][k].to(self.device) for k in self.ema}
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(optimizer.state_dict() | {"state": saved["state"]})
        self.step, self.tokens, self.seconds = state["step"], state["tokens"], state["seconds"]
        if (self.out / "checkpoint.pt").exists():  # this branch goes on; another --from starts its decay afresh
            self.decayed, self.best = state["decayed"], state.get("best", self.best)
            self.stale, self.judged = state.get("stale", 0), state.get("judged")
        torch.set_rng_state(state["rng"])

    def save(self, name="checkpoint.pt"):
        if self.rank:
            return
        state = dict(
            config=asdict(self.config), settings=self.settings, vocabulary=self.vocabulary, step=self.step,
            tokens=self.tokens, seconds=self.seconds, decayed=self.decayed, best=self.best, judged=self.judged,
            stale=self.stale if self.args.patience else 0,
            rng=torch.get_rng_state(), model=self.model.state_dict(), ema=self.ema,
            optimizers=[o.state_dict() for o in self.optimizers],
            sources={k: int((self.train.source == k).sum()) for k in sorted(set(self.train.source.tolist()))},
        )  # fmt: skip
        temporary = self.out / "checkpoint.tmp"
        with open(temporary, "wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.out / name)
        if name != GOING:  # which is older now
            (self.out / GOING).unlink(missing_ok=True)

    def log(self, **line):
        if self.rank == 0:
            with open(self.out / "log.jsonl", "a") as file:
                file.write(json.dumps(line) + "\n")
            print(" ".join(f"{k} {v:.5g}" if isinstance(v, float) else f"{k} {v}" for k, v in line.items()), flush=True)

    def rate(self):
        """The factor on every learning rate at this moment."""
        warm = min(1.0, (self.step + 1) / self.settings["warmup_steps"])
        if not self.branched:
            return warm
        return warm * max(0.0, 1 - self.decayed / (60 * self.args.decay_minutes))

    def validate(self):
        chosen = subset(self.valid, self.args.valid_tokens, 2048)
        kept = {k: p.detach().clone() for k, p in self.model.named_parameters()}
        self._weights(self.ema)
        self.model.hidden = self.hidden
        score = evaluate(self.model, self.valid, self.settings["context"], chosen, compute=self.compute)["all"]
        self._weights(kept)
        self.stale = 0 if score["nats_per_token"] < self.best else self.stale + 1
        self.best, self.judged = min(self.best, score["nats_per_token"]), self.step
        if self.args.patience and not self.stale:
            self.save()
        return {"valid": round(score["nats_per_note"], 4), "valid_per_token": round(score["nats_per_token"], 4)}

    def gave_up(self):
        return 0 < self.args.patience <= self.stale

    @torch.no_grad()
    def _weights(self, values):
        for name, p in self.model.named_parameters():
            p.copy_(values[name])

    def learn(self, batch):
        """One optimizer step; the mean loss as a tensor, not waited for."""
        tokens, features, targets = (a.to(self.device, non_blocking=True) for a in batch)
        s, factor = self.settings, self.agreed(self.rate())
        self.model.hidden = self.compiled
        lesson = self.teacher(tokens, features) if self.teacher else None
        loss = self.model(tokens, features, targets, compute=self.compute, lesson=lesson)
        loss.backward()
        gradients = [p.grad for p in self.model.parameters()]
        if self.world > 1:
            flat = torch._utils._flatten_dense_tensors(gradients)
            dist.all_reduce(flat, op=dist.ReduceOp.SUM)
            flat /= self.world
            for gradient, part in zip(gradients, torch._utils._unflatten_dense_tensors(flat, gradients)):
                gradient.copy_(part)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), s["clip"], foreach=True)
        for optimizer, base in zip(self.optimizers, (s["muon_lr"], s["adam_lr"])):
            for group in optimizer.param_groups:
                group["lr"] = base * factor
            optimizer.step()
        self.model.zero_grad(set_to_none=True)
        keep = min(1 - 1 / s["ema_steps"], (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.ema.values()), [p.data for p in self.model.parameters()], 1 - keep)
        self.step += 1
        self.tokens += tokens.numel() * self.world
        return loss.detach(), factor

    def agreed(self, value):
        """Rank 0's value on every rank: clocks differ."""
        if self.world == 1:
            return value
        box = torch.tensor([float(value)], dtype=torch.float64, device=self.device)
        dist.broadcast(box, 0)
        return box.item()

    def run(self):
        args, s = self.args, self.settings
        gpu = self.device.type == "cuda"
        workers = args.workers if args.workers is not None else 4 if gpu else 0
        drawn = batches(self.windows, self.step, self.rows, self.rank, workers, pinned=gpu)
        mark = saved = validated = time.monotonic()
        carried, losses, since = self.seconds, [], self.tokens
        decayed, looped = self.decayed, time.monotonic()
        every = 50 if gpu else 10
        self.log(event="start", step=self.step, parameters=self.model.parameter_count(), rows=self.rows, **s)
        while True:
            now = time.monotonic()
            self.seconds, self.decayed = carried + now - looped, decayed + (now - looped if self.branched else 0)
            done = now - self.born >= 60 * args.minutes or self.step >= args.steps
            done |= self.branched and self.decayed >= 60 * args.decay_minutes
            done |= self.gave_up()
            if self.agreed(done):
                break
            loss, factor = self.learn(next(drawn))
            losses.append(loss)
            if self.step % every == 0:
                mean, now = torch.stack(losses).mean().item(), time.monotonic()
                line = dict(step=self.step, tokens=self.tokens, seconds=round(self.seconds, 1), loss=round(mean, 4))
                line |= dict(rate=round(factor, 4), tokens_per_second=round((self.tokens - since) / (now - mark)))
                losses, since, mark = [], self.tokens, now
                if self.rank == 0 and args.valid_tokens and now - validated >= 60 * args.valid_minutes:
                    line |= self.validate()
                    validated = mark = time.monotonic()
                if not args.patience and now - saved >= 60 * args.save_minutes:
                    self.save()
                    saved = mark = time.monotonic()
                self.log(**line)
        if not args.patience:
            self.save()
        if self.rank == 0 and args.valid_tokens and self.judged != self.step:
            self.log(step=self.step, tokens=self.tokens, seconds=round(self.seconds, 1), **self.validate())
        if args.patience:
            self.save(GOING)
        if self.world > 1:
            dist.destroy_process_group()


if __name__ == "__main__":
    keep_memory()
    Trainer(arguments()).run()
