"""Networks of some hundred bytes for the tests: ONNX files and manifests written without the onnx package.

An ONNX file is a protobuf message; the few fields that a chain of convolutions needs are encoded by hand. The
field numbers are those of onnx.proto. Weights are seeded, so the same call always writes the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

_FLOAT, _INT64 = 1, 7


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _node(kind: str, inputs: list, output: str, **attributes: object) -> bytes:
    names = [_text(1, name) for name in inputs] + [_text(2, output), _text(4, kind)]
    ints = [
        _bytes(5, _text(1, name), _number(3, values), _number(20, 2))
        if isinstance(values, int)
        else _bytes(5, _text(1, name), *(_number(8, value) for value in values), _number(20, 7))
        for name, values in attributes.items()
    ]
    return _bytes(1, *names, *ints)


def _tensor(name: str, values: np.ndarray) -> bytes:
    kind, dtype = (_INT64, "<i8") if values.dtype == np.int64 else (_FLOAT, "<f4")
    dims = [_number(1, size) for size in values.shape]
    return _bytes(5, *dims, _number(2, kind), _text(8, name), _bytes(9, values.astype(dtype).tobytes()))


def _port(field: int, name: str, channels: int) -> bytes:
    kind = _INT64 if name == "margins" else _FLOAT
    if name == "presence":
        dims = [_number(1, 1), _number(1, channels)]
    elif name == "margins":
        dims = [_number(1, 4)]
    else:
        dims = [_number(1, 1), _number(1, channels), _text(2, "h"), _text(2, "w")]
    shape = _bytes(2, *(_bytes(1, dim) for dim in dims))
    return _bytes(field, _text(1, name), _bytes(2, _bytes(1, _number(1, kind), shape)))


def stage_bytes(inputs: dict, carried: dict, classes: int, kernel: int, gain: float, seed: int) -> bytes:
    """One stage: a convolution and Relu per carried tensor, and a convolution on the last one for the logits.

    Args:
        inputs, carried: name -> channels. "presence" multiplies the image, "margins" are cut off the logits;
            further inputs are added up as logits of their own, so that each of them matters.
        classes: 1 channel for two classes, else one each. kernel: side of the convolutions, odd.
        gain: of the last weights; small ones leave the network unsure.
    """
    random = np.random.default_rng(seed)
    nodes, tensors, sums = [], [], []
    heads = [name for name in inputs if name not in ("presence", "margins")]
    widths = dict(inputs)

    def convolve(source: str, target: str, channels: int, scale: float) -> None:
        fan_in = widths[source] * kernel * kernel
        weights = random.normal(size=(channels, widths[source], kernel, kernel)) * scale / np.sqrt(fan_in)
        tensors.append(_tensor(f"w_{target}", weights))
        nodes.append(_node("Conv", [source, f"w_{target}"], target, pads=[kernel // 2] * 4))
        widths[target] = channels

    if "presence" in inputs:
        nodes.append(_node("Unsqueeze", ["presence"], "there", axes=[2, 3]))
        nodes.append(_node("Mul", ["image", "there"], "present"))
        widths["present"] = inputs["image"]
        heads[heads.index("image")] = "present"
    for name, channels in carried.items():
        convolve(heads[0], f"{name}_raw", channels, 2.0)
        nodes.append(_node("Relu", [f"{name}_raw"], name))
        widths[name] = channels
    for head in [*heads, *carried]:
        convolve(head, f"from_{head}", classes, gain)
        sums.append(f"from_{head}")
    if "margins" in inputs:
        for name, values in (("top_left", [1, 0]), ("bottom_right", [3, 2]), ("height_width", [2, 3])):
            tensors.append(_tensor(name, np.array(values, np.int64)))
        nodes += [
            _node("Sum", sums, "untrimmed"),
            _node("Shape", ["untrimmed"], "shape"),
            _node("Gather", ["shape", "height_width"], "size"),
            _node("Gather", ["margins", "top_left"], "starts"),
            _node("Gather", ["margins", "bottom_right"], "off"),
            _node("Sub", ["size", "off"], "ends"),
            _node("Slice", ["untrimmed", "starts", "ends", "height_width"], "logits"),
        ]
    else:
        nodes.append(_node("Sum", sums, "logits"))
    graph = _bytes(
        7,
        *nodes,
        _text(2, "tiny"),
        *tensors,
        *(_port(11, name, channels) for name, channels in inputs.items()),
        *(_port(12, name, channels) for name, channels in {"logits": classes, **carried}.items()),
    )
    return _number(1, 7) + graph + _bytes(8, _text(1, ""), _number(2, 11))


def write_gate(folder: Path, scale: int = 4, unit: int = 16, halo: int = 16, bands: int = 3) -> dict:
    """Give a model that was written here a gate that finds something in every bright cell, and name it in the
    manifest; returns what stands there."""
    side = unit // scale
    weights = np.full((1, bands, 1, 1), 4.0 / bands)
    graph = _bytes(
        7,
        _node("AveragePool", ["image"], "cells", kernel_shape=[side, side], strides=[side, side]),
        _node("Conv", ["cells", "weights"], "logits"),
        _text(2, "gate"),
        _tensor("weights", weights),
        _port(11, "image", bands),
        _port(12, "logits", 1),
    )
    content = _number(1, 7) + graph + _bytes(8, _text(1, ""), _number(2, 11))
    (folder / "gate.onnx").write_bytes(content)
    gate = {
        "file": "gate.onnx",
        "sha256": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "scale": scale,
        "unit": unit,
        "halo": halo,
        "macs_per_pixel": 1.0,
        "threshold": 0.5,
    }
    edit_manifest(folder, lambda data: data.update(gate=gate))
    return gate


def plain_bytes(
    bands: int = 3,
    channels: int = 1,
    gives: str = "logits",
    layout: str = "NCHW",
    side: int = 0,
    stride: int = 1,
    metadata: dict | None = None,
    batch: int = 1,
    kind: int = _FLOAT,
    extra_input: bool = False,
    by_number: bool = False,
    gain: float = 3.0,
    ir: int = 7,
    opset: int = 11,
) -> bytes:
    """A network as other people export them: an image `picture` in, an answer `mask` out.

    Args:
        channels: of the answer. gives: "logits", "sigmoid" or "softmax". side: of the only image that it
            takes, 0 for any. stride: pixels per value of the answer. kind: number of the input's type.
        by_number: whether it answers with class numbers (int64) instead.
        metadata: key -> text. ir, opset: versions that it claims.
    """
    weights = np.random.default_rng(5).normal(size=(channels, bands, 3, 3)) * gain / np.sqrt(bands * 9)
    nodes, last = [], "picture"

    def add(operator: str, *more: str, **attributes: object) -> None:
        nonlocal last
        nodes.append(_node(operator, [last, *more], f"t{len(nodes)}", **attributes))
        last = f"t{len(nodes) - 1}"

    if kind != _FLOAT:
        add("Cast", to=_FLOAT)
    if layout == "NHWC":
        add("Transpose", perm=[0, 3, 1, 2])
    if extra_input:
        add("Mul", "weight")
    add("Conv", "w", pads=[1] * 4, strides=[stride, stride])
    if gives == "sigmoid":
        add("Sigmoid")
    if layout == "NHWC" or gives == "softmax":
        add("Transpose", perm=[0, 2, 3, 1])
    if gives == "softmax":
        add("Softmax", axis=3)
    if gives == "softmax" and layout == "NCHW":
        add("Transpose", perm=[0, 3, 1, 2])
    if by_number:
        add("ArgMax", axis=1)
    nodes.append(_node("Identity", [last], "mask"))

    def port(field: int, name: str, values: int, number: int, length: int) -> bytes:
        spread = [_number(1, length), _number(1, length)] if length else [_text(2, "h"), _text(2, "w")]
        dims = [_number(1, batch), _number(1, values), *spread]
        if layout == "NHWC":
            dims = [dims[0], *dims[2:], dims[1]]
        shape = _bytes(2, *(_bytes(1, dim) for dim in dims))
        return _bytes(field, _text(1, name), _bytes(2, _bytes(1, _number(1, number), shape)))

    inputs = [port(11, "picture", bands, kind, side)]
    if extra_input:
        inputs.append(port(11, "weight", bands, kind, side))
    answer = port(12, "mask", 1 if by_number else channels, _INT64 if by_number else _FLOAT, side // stride)
    graph = _bytes(7, *nodes, _text(2, "plain"), _tensor("w", weights), *inputs, answer)
    written = [_bytes(14, _text(1, key), _text(2, text)) for key, text in (metadata or {}).items()]
    return _number(1, ir) + graph + _bytes(8, _text(1, ""), _number(2, opset)) + b"".join(written)


def band(name: str, optional: bool = False) -> dict:
    """A band of a manifest."""
    return {"name": name, "wavelength_nm": [500, 600], "optional": optional}


def write_model(
    folder: Path,
    stages: tuple = (((), 4), (("first",), 0)),
    names: tuple = ("red", "green", "blue"),
    classes: int = 2,
    kernel: int = 3,
    presence: bool = False,
    kind: str = "display",
    gain: float = 3.0,
    halo: int = 16,
    local_halo: int | None = None,
    trims: bool = False,
    **changes: object,
) -> Path:
    """Write a whole model and return its folder.

    Args:
        stages: per stage the tensors it reads (() for the image) and how many channels it carries on.
        halo: of every stage; `local_halo`, where given, of the later ones that hand nothing on, and of all
            later ones where blocks decide.
        trims: whether these leave the halo out of their logits; half of their cost is said to be without it.
        changes: top-level fields of the manifest to replace.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ordinals, known, listed = ("first", "second", "third", "fourth"), {}, []
    for place, (reads, carries) in enumerate(stages):
        inputs = {name: known.get(name, len(names)) for name in reads or ("image",)}
        if presence and "image" in inputs:
            inputs["presence"] = len(names)
        carried = {ordinals[place]: carries} if carries else {}
        sees_all = carried and changes.get("decision", {}).get("unit") != "block"
        own_halo = halo if not place or sees_all or local_halo is None else local_halo
        macs = [(own_halo, 100.0 * (place + 1))]
        if trims and place and not carried:
            inputs["margins"] = 4
            macs = [(own_halo, 50.0 * (place + 1)), (0, 50.0 * (place + 1))]
        logits = 1 if classes == 2 else classes
        content = stage_bytes(inputs, carried, logits, kernel, gain * (place + 1), place)
        (folder / f"stage_{place + 1}.onnx").write_bytes(content)
        known.update(carried)
        listed.append(
            {
                "file": f"stage_{place + 1}.onnx",
                "sha256": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "inputs": list(inputs),
                "outputs": ["logits", *carried],
                "carried": [{"name": n, "stride": 1, "channels": c} for n, c in carried.items()],
                "halo": own_halo,
                "costs": [{"halo": h, "macs_per_pixel": m} for h, m in macs],
                "scale": 1,
                "logits_stride": 1,
                "receptive_field": 1 + 2 * (kernel - 1) * (place + 1),
                "temperature": 1.0 + place / 4,
                "disagreement": {"score": [0.0, 0.7], "share": [0.0, 0.5]},
            }
        )
    manifest = {
        "format": 3,
        "name": "tiny",
        "version": "1",
        "title": "Tiny",
        "description": "A network of the tests",
        "licence": "GPL-2.0-or-later",
        "classes": [
            {"name": f"class {n}", "color": "#e6550d", "shown": n > 0, "weight": 1.0 + n / 4}
            for n in range(classes)
        ],
        "bands": [band(name, optional=presence and place > 0) for place, name in enumerate(names)],
        "values": {"kind": kind, "mean": [0.4] * len(names), "std": [0.2] * len(names)},
        "accepts_grey": True,
        "presence": presence,
        "gsd_m": {"min": 0.5, "nominal": 1.0, "max": 2.0},
        "tile": {"size": 64, "multiple": 16},
        "decision": {"unit": "tile", "score": "mean_entropy"},
        "threshold": 0.3,
        "stages": listed,
        "metrics": {},
        **changes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def edit_manifest(folder: Path, change: object) -> None:
    """Rewrite a manifest after `change` worked on its content."""
    path = folder / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
