"""How long each exit takes through onnxruntime: `python -m models.speed` (the reference, all checkpoints).

Random input, one tile of 256 x 256 pixels, the fastest of several runs, because other work on the machine
only ever adds to a time. Read the results as ratios: both sides of one are measured in the same minute.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import accumulate
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from models.checkpoint import load_network
from models.data.places import CHECKPOINTS
from models.export import example_inputs, write_stages
from models.macs import SIDE, stage_macs
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.networks.staged import StagedNetwork


def stage_seconds(network: StagedNetwork, threads: int, repeats: int) -> list[float]:
    """Seconds of each stage alone, the fastest of `repeats` runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    known = {name: tensor.numpy() for name, tensor in example_inputs(network, SIDE).items()}
    known["margins"] = np.zeros(4, np.int64)  # every pixel is asked for
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for path in write_stages(network.eval(), Path(folder)):
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            names = [output.name for output in session.get_outputs()]
            given = {needed.name: known[needed.name] for needed in session.get_inputs()}
            times = []
            for _ in range(repeats + 1):  # the first one also allocates
                began = time.perf_counter()
                outputs = session.run(None, given)
                times.append(time.perf_counter() - began)
            known |= dict(zip(names, outputs, strict=True))
            found.append(min(times[1:]))
    return found


def main() -> None:
    """Print milliseconds, multiply-accumulates and the ratio to the reference's full depth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args()
    torch.manual_seed(0)
    networks = {"reference, base 32": NestedUNet(NestedUNetConfig())}
    networks |= {path.stem: load_network(path)[0] for path in sorted(CHECKPOINTS.glob("*.pt"))}
    print(f"{SIDE} x {SIDE} pixels, {options.threads} threads, onnxruntime {onnxruntime.__version__}")
    print(
        "| model | exit | ms, cumulative | share | GMAC, cumulative | share "
        "| times faster than the reference |"
    )
    print("|---|---|---|---|---|---|---|")
    full = 0.0
    for name, network in networks.items():
        seconds = list(accumulate(stage_seconds(network, options.threads, options.repeats)))
        macs = list(accumulate(stage_macs(network)))
        full = full or seconds[-1]
        for number, (spent, cost) in enumerate(zip(seconds, macs, strict=True), start=1):
            print(
                f"| {name} | {number} | {1e3 * spent:.1f} | {spent / seconds[-1]:.0%} | {cost / 1e9:.3f} "
                f"| {cost / macs[-1]:.0%} | {full / spent:.1f} |"
            )


if __name__ == "__main__":
    main()
