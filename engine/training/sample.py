"""python sample.py CHECKPOINT [--style baroque] [--instruments piano,violin] [--metre 4/4] [--tokens 400] [--seed 1]

Prints sampled tokens, one tick a line: a look at what a checkpoint has learnt. No cache and no grammar beyond "do not
end what does not sound": the engine plays properly.
"""

import argparse

import torch

from data import Vocabulary
from model import load


def row(v, name, value):
    if value not in v.values[name]:
        raise SystemExit(f"no {name} '{value}': use one of {', '.join(v.values[name])}")
    return v.base[name] + v.values[name].index(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("--style")
    parser.add_argument("--instruments", default="")
    parser.add_argument("--metre")
    parser.add_argument("--tokens", type=int, default=400)
    parser.add_argument("--temperature", type=float, default=0.95)
    parser.add_argument("--top-p", type=float, default=0.95)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    model, spec, state = load(args.checkpoint)
    v, rng = Vocabulary(spec), torch.Generator().manual_seed(args.seed)
    given = torch.zeros(len(v.slot), dtype=torch.long)
    if args.style:
        given[v.slot["style"]] = row(v, "style", args.style)
    if args.metre:
        given[v.slot["metre"]] = row(v, "metre", args.metre)
    wanted = [name for name in args.instruments.split(",") if name]
    if unknown := set(wanted) - set(v.instruments):
        raise SystemExit(f"no instrument {', '.join(unknown)}: use some of {', '.join(v.instruments)}")
    for name in v.instruments if wanted else ():
        given[v.slot["inst_" + name]] = v.base["inst_" + name] + (name in wanted)

    offs = torch.from_numpy(v.is_off)
    sounding = torch.zeros(v.size, dtype=torch.bool)
    tokens, features, beat, tick = [v.start], [], 0, 0
    line = ["start"]
    while True:
        here = given.clone()
        here[v.slot["beat"]], here[v.slot["tick"]] = v.base["beat"] + min(beat, 15), v.base["tick"] + tick
        features.append(here)
        if len(tokens) > args.tokens or tokens[-1] == v.end:
            break
        window = slice(-model.config.context, None)
        with torch.no_grad():
            logits = model(torch.tensor(tokens)[None, window], torch.stack(features)[None, window])[0, -1]
        p = (logits.masked_fill(offs & ~sounding, float("-inf")) / args.temperature).softmax(-1)
        best, order = p.sort(descending=True)
        best[best.cumsum(0) - best > args.top_p] = 0
        token = int(order[torch.multinomial(best, 1, generator=rng)])
        tokens.append(token)
        what = spec["tokens"][token]
        if what["type"] in ("on", "off"):
            if what["instrument"] != v.drums:
                end = v.note[what["instrument"], what["pitch"], v.end_step]
                sounding[end] = what["type"] == "on"
            volume = f"v{what['velocity']}" if what["type"] == "on" else "-"
            line.append(f"{v.instruments[what['instrument']]} {what['pitch']}{volume}")
            continue
        print("  ".join(line))
        beat = {"bar": 0, "beat": beat + 1}.get(what["type"], beat)
        tick = what.get("tick", 0 if what["type"] in ("bar", "beat") else tick)
        line = [f"{what['type'].upper() if what['type'] == 'bar' else what['type']} {beat}:{tick:02}"]
    print("  ".join(line))
    print(f"{len(tokens)} tokens, step {state['step']}, seed {args.seed}")


if __name__ == "__main__":
    main()
