"""What each stage costs: multiply-accumulates, counted on shapes alone.

`python -m models.macs` prints the reference table (base width 32) and the bundled models.

Counted as the reference counts: one multiply-accumulate per product of a convolution, one per element for
bias, ReLU, pooling (per input element) and upsampling, two for batch normalisation. Counting convolutions
alone falls 0.5-1.1 % short of its figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from models.checkpoint import load_network
from models.data.places import CHECKPOINTS
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.networks.staged import StagedNetwork

REFERENCE_GMACS = (4.03, 10.41, 20.42, 34.66)
"""Cumulative, base width 32 at 3x256x256: Li, Wang and Blaschko, Cascaded Uncertainty Pruning (NLDL 2023)."""

SIDE = 256
aten = torch.ops.aten


def _numel(shape: tuple[int, ...]) -> int:
    return int(torch.Size(shape).numel())


def _per_output(*_: object, out_shape: tuple, macs: int, **__: object) -> int:
    shape = out_shape[0] if isinstance(out_shape[0], (tuple, torch.Size)) else out_shape
    return 2 * macs * _numel(shape)  # FlopCounterMode counts two per product


def _per_input(shape: tuple, *_: object, **__: object) -> int:
    return 2 * _numel(shape)


ELEMENTWISE = {
    aten.native_batch_norm: partial(_per_output, macs=2),
    aten._native_batch_norm_legit_no_training: partial(_per_output, macs=2),
    aten.relu_: partial(_per_output, macs=1),
    aten.hardtanh_: partial(_per_output, macs=1),  # ReLU6
    aten.upsample_bilinear2d: partial(_per_output, macs=1),
    aten.max_pool2d_with_indices: _per_input,
    aten.avg_pool2d: _per_input,
}


@torch.no_grad()  # inference_mode would hide the upsampling from the counter
def stage_macs(network: StagedNetwork, side: int = SIDE, margin: int = 0) -> list[int]:
    """Multiply-accumulates of each stage alone for one `side` x `side` image.

    Args:
        margin: so many of its pixels on every side are left out by the stages that read margins.
    """
    network = type(network)(network.config).to("meta").eval()  # shapes only: nothing is really computed
    image = torch.zeros(1, network.config.in_channels, side, side, device="meta")
    presence = image[:, :, 0, 0] if network.config.presence else None
    margins = torch.full((4,), margin) if margin else None
    known: dict[str, torch.Tensor] = {}
    counts = []
    for stage in range(1, network.config.exits + 1):
        with FlopCounterMode(display=False, custom_mapping=ELEMENTWISE) as counter:
            _, added = network.run_stage(stage, known, image, presence, margins)
        known |= added
        counts.append(counter.get_total_flops() // 2)
    return counts


@dataclass(frozen=True)
class PartCost:
    """A part of a stage: pixels around a result that it works on too, multiply-accumulates per pixel."""

    halo: int
    macs_per_pixel: float


@dataclass(frozen=True)
class StageCost:
    """One stage alone: context in pixels that it needs around a result, and what its parts cost."""

    halo: int
    costs: tuple[PartCost, ...]


@dataclass(frozen=True)
class Costs:
    """What the engine's ledger reads of a manifest, for networks that have none (yet)."""

    stages: tuple[StageCost, ...]


def costs(network: StagedNetwork, halo: int) -> Costs:
    """What the stages cost in the engine.

    Args:
        halo: context in pixels around a tile. A later stage of a network that refines locally needs only
            `local_reach`, rounded up to whole cells of what it is handed.
    """
    numbers = range(1, network.config.exits + 1)
    cell = max((one.stride for number in numbers for one in network.hands_on(number)), default=1)
    later = halo
    if network.local_reach is not None:
        later = ceil(network.local_reach / cell) * cell
    stages = []
    for number, macs in zip(numbers, stage_macs(network), strict=True):
        if "margins" in network.reads(number):
            stages.append(StageCost(later, parts(network, number, later, cell)))
        else:
            reach = halo if number == 1 else later
            stages.append(StageCost(reach, (PartCost(reach, macs / SIDE**2),)))
    return Costs(tuple(stages))


def parts(network: StagedNetwork, stage: int, halo: int, cell: int) -> tuple[PartCost, ...]:
    """What a stage that leaves out its margins bit by bit spends how far around its result.

    A part with a halo of h pixels leaves out what lies farther in the margins, and so shows in how the count
    falls while margins grow.

    Args:
        stage: 1-based. halo: of the whole stage, pixels. cell: step of halos, pixels.
    """
    halos = np.arange(0, halo + 1, cell)
    macs = [stage_macs(network, SIDE, margin)[stage - 1] for margin in halos.tolist()]
    pixels = (SIDE - 2 * np.maximum(halos[:, np.newaxis] - halos, 0)) ** 2  # margins x parts
    per_pixel = np.linalg.solve(pixels.astype(float), macs).round(4).tolist()
    pairs = zip(halos.tolist(), per_pixel, strict=True)
    return tuple(PartCost(*pair) for pair in reversed(list(pairs)) if pair[1] > 0)


@dataclass(frozen=True)
class Row:
    """One stage in the printed table."""

    model: str
    stage: int
    gmacs: float
    so_far: float
    share: float
    field: int


def table(model: str, network: StagedNetwork) -> list[Row]:
    """Costs of all stages of one model at `SIDE` x `SIDE`."""
    macs = stage_macs(network)
    rows, spent = [], 0
    for stage, count in enumerate(macs, start=1):
        spent += count
        field = network.receptive_field(stage)
        rows.append(Row(model, stage, count / 1e9, spent / 1e9, spent / sum(macs), field))
    return rows


def main() -> None:
    """Print what every stage costs, of the reference and of the bundled models."""
    rows = table("reference, base 32", NestedUNet(NestedUNetConfig()))
    for path in sorted(CHECKPOINTS.glob("*.pt")):
        network, _ = load_network(path)
        rows += table(f"{path.stem}, {network.family}", network)
    print(f"GMACs at {SIDE}x{SIDE}")
    print("| model | exit | stage alone | cumulative | share | published | receptive field, px |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        published = f"{REFERENCE_GMACS[row.stage - 1]:.2f}" if row.model.startswith("reference") else ""
        print(
            f"| {row.model} | {row.stage} | {row.gmacs:.3f} | {row.so_far:.3f} | {row.share:.0%} "
            f"| {published} | {row.field} |"
        )


if __name__ == "__main__":
    main()
