"""The training loop that every model shares: time-boxed, resumable, logged; it knows no data.

The budget is wall-clock minutes, not steps, because the machines that train are shared: the learning rate
follows the share of the budget that is used up, so a slow hour ends with a full cool-down all the same.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.checkpoint import load_network, read_weights, save_network, save_whole
from models.data.places import CACHE, CHECKPOINTS
from models.networks.staged import StagedNetwork

SAVE_EVERY_S = 180

# From this share of the budget on, batch normalisation uses its running statistics, as it will once trained:
# in a small batch its own statistics hide how bright a scene is, and the network comes to rely on that.
FREEZE_SHARE = 0.6
WARM_UP_SHARE = 0.03


@dataclass(frozen=True)
class Settings:
    """How long and how to train; `weights` starts from a finished network instead of random numbers.

    Judged and kept is a running average over about the last 1 / (1 - `average_decay`) steps: single steps of
    a small network on few places differ by several points of IoU. Parameters with `pretrained` in their name
    learn at `pretrained_share` of the rate: they know something already. With `choose` the weights that were
    judged best are kept, else the last ones.
    """

    name: str
    minutes: float
    device: str = "cpu"
    threads: int = 2
    seed: int = 1
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    judge_every_s: float = 300
    average_decay: float = 0.99
    pretrained: str | None = None
    pretrained_share: float = 1.0
    weights: Path | None = None
    choose: bool = True

    @property
    def folder(self) -> Path:
        """Log and checkpoints of the run."""
        return CACHE / "training" / self.name

    @property
    def result(self) -> Path:
        """Where the best weights end up, to be committed."""
        return CHECKPOINTS / f"{self.name}.pt"


LossOfBatch = Callable[[StagedNetwork, StagedNetwork, np.random.Generator], torch.Tensor]
Judge = Callable[[StagedNetwork], Sequence[float]]


def learning_rate_share(used: float) -> float:
    """Share of the peak learning rate when `used` (0 to 1) of the time is gone: warm-up, then cosine."""
    if used < WARM_UP_SHARE:
        return max(used / WARM_UP_SHARE, 0.02)
    return 0.01 + 0.99 * (1 + cos(pi * min((used - WARM_UP_SHARE) / (1 - WARM_UP_SHARE), 1))) / 2


def autocast(device: str) -> torch.autocast:
    """bfloat16 where the processor multiplies it natively, which halves the time; else float32."""
    native = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(device.split(":")[0], torch.bfloat16, enabled=native)


def fit(network: StagedNetwork, loss_of_batch: LossOfBatch, judge: Judge, settings: Settings) -> Path:
    """Train until the minutes are used up; continue an interrupted run of the same name.

    Args:
        network: random weights; replaced by those of an interrupted run or of `settings.weights`.
        loss_of_batch: draws a batch with the generator and gives the network's loss; the second network is
            its running average, from which it may learn.
        judge: quality of each exit on held-out places, 0 to 1; the last one chooses the checkpoint.
    Returns:
        The best checkpoint, also copied to models/checkpoints.
    Raises:
        SystemExit: the minutes of an earlier run are used up, or `settings.weights` would be ignored because
            an interrupted run goes on.
    """
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    run = _Run(network.to(settings.device, memory_format=torch.channels_last), settings)
    print(
        f"{settings.name}: {run.step} steps and {run.seconds / 60:.1f} min done, "
        f"{settings.minutes:g} min in all; log in {settings.folder}",
        flush=True,
    )
    if run.step and (settings.weights or run.seconds >= settings.minutes * 60):
        raise SystemExit(
            f"An earlier run lies in {settings.folder}: give more --minutes to go on with it, "
            "without --weights, or delete the folder to start anew"
        )
    while run.seconds < settings.minutes * 60:
        run.one_step(loss_of_batch)
        if run.due("judge", settings.judge_every_s):
            run.judge(judge)
        if run.due("save", SAVE_EVERY_S):
            run.save()
    run.judge(judge)
    run.save()
    best, facts = load_network(settings.folder / "best.pt")
    save_network(best, settings.result, **facts)
    return settings.result


def _groups(network: StagedNetwork, settings: Settings) -> list[dict]:
    """Parameters for the optimiser, by their share of the learning rate."""
    slow = [
        parameter
        for name, parameter in network.named_parameters()
        if settings.pretrained and settings.pretrained in name
    ]
    known = {id(parameter) for parameter in slow}
    rest = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = {"share": 1.0, "params": rest}, {"share": settings.pretrained_share, "params": slow}
    return [group for group in groups if group["params"]]


class _Run:
    """State of one training: what is saved, and when something was done last."""

    def __init__(self, network: StagedNetwork, settings: Settings):
        self.network, self.settings = network, settings
        self.optimiser = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay)
        self.average = AveragedModel(
            network, multi_avg_fn=get_ema_multi_avg_fn(settings.average_decay), use_buffers=True
        )
        self.step, self.seconds, self.best = 0, 0.0, -1.0
        self._recent: list[float] = []
        if (settings.folder / "last.pt").exists():
            self._resume()
        elif settings.weights:
            self._start_from(settings.weights)
        self.average.module.eval()
        self._last = {"judge": self.seconds, "save": self.seconds}
        # A fresh generator after each start: the draws of an interrupted run are not repeated.
        self._rng = np.random.default_rng([settings.seed, self.step])
        self._clock = time.monotonic()

    def _start_from(self, weights: Path) -> None:
        """Take over what an earlier network, perhaps of another width, has by the same name and shape."""
        own, found = self.network.state_dict(), read_weights(weights)
        fitting = {name: one for name, one in found.items() if name in own and one.shape == own[name].shape}
        print(f"{len(fitting)} of {len(own)} tensors start from {weights}", flush=True)
        if len(fitting) < len(own) / 2:
            raise SystemExit(f"{weights} is of another network: less than half of it fits")
        self.network.load_state_dict(own | fitting)
        self.average.module.load_state_dict(own | fitting)

    def _resume(self) -> None:
        state = torch.load(self.settings.folder / "last.pt", weights_only=True, map_location="cpu")
        self.network.load_state_dict(state["weights"])
        self.average.load_state_dict(state["average"])
        shares = [group["share"] for group in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state["optimiser"])
        for group, share in zip(self.optimiser.param_groups, shares, strict=True):
            group["share"] = share  # runs begun before there were shares lack it
        self.step, self.seconds, self.best = state["step"], state["seconds"], state["best"]

    def one_step(self, loss_of_batch: LossOfBatch) -> None:
        used = self.seconds / (self.settings.minutes * 60)
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.learning_rate * group["share"] * learning_rate_share(used)
        self.network.train()
        if used > FREEZE_SHARE:
            for module in self.network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.eval()
        loss = loss_of_batch(self.network, self.average.module, self._rng)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.average.update_parameters(self.network)
        self._recent.append(loss.item())
        self.step += 1
        self._tick()

    def _tick(self) -> None:
        now = time.monotonic()
        self.seconds, self._clock = self.seconds + now - self._clock, now

    def due(self, what: str, every_s: float) -> bool:
        if self.seconds - self._last[what] < every_s:
            return False
        self._last[what] = self.seconds
        return True

    def judge(self, judge: Judge) -> None:
        averaged = self.average.module
        with torch.inference_mode():
            quality = [round(float(value), 4) for value in judge(averaged)]
        loss = float(np.mean(self._recent)) if self._recent else float("nan")
        self._recent.clear()
        self._tick()
        if quality[-1] > self.best or not self.settings.choose:
            self.best = quality[-1]
            save_network(
                averaged,
                self.settings.folder / "best.pt",
                step=self.step,
                minutes=round(self.seconds / 60, 1),
                held_out=quality,
            )
        self._log([self.step, round(self.seconds), round(loss, 4), *quality])

    def _log(self, row: list) -> None:
        path = self.settings.folder / "log.csv"
        new, exits = not path.exists(), range(1, len(row) - 2)
        with path.open("a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(["step", "seconds", "loss", *(f"exit_{number}" for number in exits)])
            writer.writerow(row)
        print("step {} after {} s: loss {}, held out {}".format(*row[:3], row[3:]), flush=True)

    def save(self) -> None:
        save_whole(
            {
                "weights": self.network.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "seconds": self.seconds,
                "best": self.best,
            },
            self.settings.folder / "last.pt",
        )


def add_arguments(parser: argparse.ArgumentParser, minutes: float) -> None:
    """Options that every training command has."""
    parser.add_argument("--minutes", type=float, default=minutes, help="wall-clock budget (%(default)s)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", type=Path, help="start from this checkpoint, not from random weights")
