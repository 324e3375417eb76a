"""Write a trained model as the plugin reads it: `python -m models.export roads` (or clouds).

One ONNX file per stage, their hashes and manifest.json in models/bundled/<name>/. Refuses when the staged
files, run by onnxruntime, give other logits than the network in PyTorch, or when the plugin
would refuse them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from models.calibrate import block_of, read_calibration
from models.catalogue import Entry, add_choice, entry_of
from models.checkpoint import load_network, sha256
from models.gate import read_gate
from models.macs import SIDE, StageCost, costs, stage_macs
from models.networks.staged import Stage, StagedNetwork, stages
from plugin.engine.manifest import FILE_NAME, FORMAT, read_manifest

# Old enough for onnxruntime 1.16, which QGIS installations with an older numpy still get.
OPSET = 13
IR_VERSION = 8
TOLERANCE = 1e-4

EXAMPLE_MARGINS = (24, 0, 16, 8)
"""Pixels left out on the left, top, right and bottom where the staged files are compared with the network."""


class ExportRefused(RuntimeError):
    """The ONNX files do not say what the network says; nothing was written."""


def example_inputs(network: StagedNetwork, side: int, seed: int = 0) -> dict[str, torch.Tensor]:
    """Random inputs by name; where bands may be missing, the last one is."""
    generator = torch.Generator().manual_seed(seed)
    bands = network.config.in_channels
    inputs = {"image": torch.randn(1, bands, side, side, generator=generator)}
    if network.config.presence:
        inputs["presence"] = torch.ones(1, bands)
        inputs["presence"][0, -1] = inputs["image"][0, -1] = 0
    if any("margins" in network.reads(stage) for stage in range(1, network.config.exits + 1)):
        inputs["margins"] = torch.tensor(EXAMPLE_MARGINS)
    return inputs


@torch.no_grad()
def write_stages(network: StagedNetwork, folder: Path) -> list[Path]:
    """Write stage_1.onnx ... into `folder`; height and width stay free, the batch is one image."""
    tensors, paths = example_inputs(network, 4 * network.config.multiple), []
    for stage in stages(network):
        # Also the wrapper: the exporter puts it back into the mode it found, and in training mode the
        # batch normalisation would learn from the example.
        stage.eval()
        inputs = tuple(tensors[name] for name in stage.inputs)
        path = folder / f"stage_{stage.stage}.onnx"
        with warnings.catch_warnings():
            # The newer exporter needs opset 18; this one is deprecated, not broken.
            warnings.simplefilter("ignore", DeprecationWarning)
            torch.onnx.export(
                stage,
                inputs,
                str(path),
                dynamo=False,
                opset_version=OPSET,
                input_names=stage.inputs,
                output_names=stage.outputs,
                dynamic_axes={
                    name: {2: "height", 3: "width"}
                    for name in (*stage.inputs, *stage.outputs)
                    if name not in ("presence", "margins")
                },
            )
        graph = onnx.load(path)
        graph.ir_version = min(graph.ir_version, IR_VERSION)
        onnx.checker.check_model(graph, full_check=True)
        onnx.save(graph, path)
        tensors |= dict(zip(stage.outputs, stage(*inputs), strict=True))
        paths.append(path)
    return paths


def run_stages(paths: list[Path], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Logits of every exit through onnxruntime, stage by stage, tensors bound by name.

    Args:
        inputs: "image", and what else the stages ask for from outside.
    """
    known, logits = dict(inputs), []
    for path in paths:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        names = [output.name for output in session.get_outputs()]
        given = {needed.name: known[needed.name] for needed in session.get_inputs()}
        known |= dict(zip(names, session.run(None, given), strict=True))
        logits.append(known["logits"])
    return logits


@torch.no_grad()
def largest_difference(network: StagedNetwork, paths: list[Path], side: int) -> float:
    """Largest difference of a logit between PyTorch and the staged files, over all exits.

    As a share of the exit's largest logit where that is above 1, for so does rounding grow.
    """
    inputs = example_inputs(network, side, seed=side)
    expected = network.eval()(**inputs)
    found = run_stages(paths, {name: tensor.numpy() for name, tensor in inputs.items()})
    pairs = [(e.numpy(), f) for e, f in zip(expected, found, strict=True)]
    return max(float(np.abs(e - f).max() / max(1, np.abs(e).max())) for e, f in pairs)


def stage_facts(network: StagedNetwork, stage: Stage, path: Path, cost: StageCost, calibration: dict) -> dict:
    """One entry of the manifest's `stages`."""
    return {
        "file": path.name,
        "sha256": f"sha256:{sha256(path)}",  # digits alone look like a password to the repository's scan
        "inputs": stage.inputs,
        "outputs": stage.outputs,
        "carried": [asdict(one) for one in stage.carried],
        "halo": cost.halo,
        "scale": 1,
        "logits_stride": 1,
        "receptive_field": network.receptive_field(stage.stage),
        "costs": [asdict(part) for part in cost.costs],
        "temperature": calibration["temperatures"][stage.stage - 1],
        "disagreement": calibration["disagreement"][stage.stage - 1],
    }


MEASURED_ON = {
    "roads": "places of the Massachusetts roads data set that no training used",
    "clouds": "patches of the USGS L8 Biome data set that no training used",
}
"""What a model's split is, for who does not know our folders."""


def short_metrics(entry: Entry) -> dict:
    """What the plugin shows of metrics.json: command, split, a few figures per exit; {} if not measured.

    `grey`: those of a picture without colour, where that was measured.
    """
    path = entry.bundle / "metrics.json"
    if not path.exists():
        return {}
    metrics = json.loads(path.read_text(encoding="utf-8"))
    shown = ("exit", "iou", "f1", "precision", "recall")
    return {
        "command": metrics["command"],
        "split": metrics["split"],
        "measured_on": MEASURED_ON[entry.name],
        "exits": [{name: row[name] for name in shown} for row in metrics["exits"]],
        **({"grey": metrics["grey"]} if "grey" in metrics else {}),
    }


def manifest(entry: Entry, network: StagedNetwork, paths: list[Path]) -> dict:
    """The content of manifest.json, in the order in which a person would read it."""
    calibration = read_calibration(entry)
    rows = zip(stages(network), paths, costs(network, calibration["halo"]).stages, strict=True)
    block = block_of(entry, network)
    unit = {"unit": "block", "block": block} if block else {"unit": "tile"}
    return {
        "format": FORMAT,
        "name": entry.name,
        "version": entry.version,
        "title": entry.title,
        "task": "segmentation",
        "licence": entry.licence,
        "description": entry.description,
        "classes": [
            described | {"weight": weight}
            for described, weight in zip(entry.classes, calibration["class_weights"], strict=True)
        ],
        "bands": entry.bands,
        "values": {"kind": entry.value_kind, "mean": entry.mean, "std": entry.std},
        "accepts_grey": entry.accepts_grey,
        "presence": entry.presence,
        "gsd_m": entry.gsd_m,
        "tile": {"size": entry.tile, "multiple": network.config.multiple},
        "decision": unit | {"score": calibration["score"]},
        "threshold": calibration["threshold"],
        "stages": [stage_facts(network, stage, path, cost, calibration) for stage, path, cost in rows],
        "metrics": short_metrics(entry),
    }


def write_gate(entry: Entry, folder: Path) -> dict:
    """Write gate.onnx of a model that has one; returns the manifest's `gate`, {} without one.

    Raises:
        ExportRefused: as for `export`.
    """
    fixed = read_gate(entry)
    if fixed is None:
        return {}
    network, _ = load_network(entry.gate)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        paths = write_stages(network, Path(name))
        _refuse_unlike(entry, network, paths)
        (path,) = paths
        path = path.replace(folder / "gate.onnx")
    macs = stage_macs(network)[0] / SIDE**2 / fixed["scale"] ** 2
    return {
        "file": path.name,
        "sha256": f"sha256:{sha256(path)}",
        "scale": fixed["scale"],
        "unit": fixed["cell"],
        "halo": fixed["halo"],
        "macs_per_pixel": macs,
        "threshold": fixed["threshold"],
    }


def _refuse_unlike(entry: Entry, network: StagedNetwork, paths: list[Path]) -> float:
    difference = max(largest_difference(network, paths, side) for side in (128, 320))
    if difference > TOLERANCE:
        raise ExportRefused(
            f"{entry.name}: staged ONNX and PyTorch differ by {difference:.1e} of the largest "
            f"logit, more than {TOLERANCE:.0e}; nothing was written"
        )
    return difference


def export(entry: Entry) -> list[Path]:
    """Write the folder that ships; the old files stay if the new ones do not agree with the network.

    Raises:
        ExportRefused: a logit differs by more than 1e-4.
        ManifestInvalid: the plugin would refuse the manifest.
    """
    network, _ = load_network(entry.checkpoint)
    entry.bundle.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=entry.bundle) as name:
        scratch = Path(name)
        paths = write_stages(network, scratch)
        difference = _refuse_unlike(entry, network, paths)
        described = manifest(entry, network, paths)
        if gate := write_gate(entry, scratch):
            described["gate"] = gate
            paths.append(scratch / gate["file"])
        content = json.dumps(described, indent=1)
        (scratch / FILE_NAME).write_text(content + "\n", encoding="utf-8")
        read_manifest(scratch)
        paths = [path.replace(entry.bundle / path.name) for path in paths]
        # Last, and in one step: until then the old manifest refuses the new files by their hashes.
        (scratch / FILE_NAME).replace(entry.bundle / FILE_NAME)
    for stale in set(entry.bundle.glob("*.onnx")) - set(paths):
        stale.unlink()  # of a model with more stages, or with a gate
    print(
        f"{entry.name}: {len(paths)} files, {sum(path.stat().st_size for path in paths) / 1e6:.2f} MB, "
        f"largest difference to PyTorch {difference:.1e}, in {entry.bundle}"
    )
    return paths


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choice(parser)
    export(entry_of(parser.parse_args()))


if __name__ == "__main__":
    main()
