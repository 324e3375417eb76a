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
def stage_macs(network: StagedNetwork, side: int = SIDE) -> list[int]:
    """Multiply-accumulates of each stage alone for one `side` x `side` image."""
    network = type(network)(network.config).to("meta").eval()  # shapes only: nothing is really computed
    image = torch.zeros(1, network.config.in_channels, side, side, device="meta")
    presence = image[:, :, 0, 0] if network.config.presence else None
    known: dict[str, torch.Tensor] = {}
    counts = []
    for stage in range(1, network.config.exits + 1):
        with FlopCounterMode(display=False, custom_mapping=ELEMENTWISE) as counter:
            _, added = network.run_stage(stage, known, image, presence)
        known |= added
        counts.append(counter.get_total_flops() // 2)
    return counts


@dataclass(frozen=True)
class StageCost:
    """One stage alone: context in pixels that it needs around a result, multiply-accumulates per pixel."""

    halo: int
    macs_per_pixel: float


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
    later = halo
    if network.local_reach is not None:
        numbers = range(1, network.config.exits + 1)
        cell = max(one.stride for number in numbers for one in network.hands_on(number))
        later = ceil(network.local_reach / cell) * cell
    per_pixel = [macs / SIDE**2 for macs in stage_macs(network)]
    halos = [halo] + [later] * (len(per_pixel) - 1)
    return Costs(tuple(StageCost(*pair) for pair in zip(halos, per_pixel, strict=True)))


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
