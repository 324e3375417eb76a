"""What a plain ONNX file is: its ports, what its maker wrote into it, and what it does when it is tried.

Only what onnxruntime itself tells is used: names and shapes of the ports, and the free text of the metadata,
where the keys of the Deepness plugin are understood. The rest is found out by running it on small tiles.
"""

from __future__ import annotations

import ast
import json
import tempfile
import time
from dataclasses import dataclass
from math import isfinite, prod
from pathlib import Path
from typing import Any, Optional

import numpy as np

from .device import CPU, PROVIDERS, load_onnxruntime
from .errors import NotImportable
from .foreign import in_brief, onnx_in_words
from .manifest import Plain
from .runtime import default_threads, too_new

MOST_CLASSES = 254  # class numbers are kept in a byte, and 255 is nodata
_MOST_BANDS = 64  # more of them in a fixed shape are taken for pixels
_TYPES = {"tensor(float)": "float", "tensor(float16)": "float16"}
_SIDE = 256  # of the tiles that a network is tried on, pixels
_MULTIPLES = (32, 64, 128)  # what halves its image five times wants multiples of 32
_FIXED_MULTIPLE = 16
_TRIED_SIDES = (512, 256, 1024)
_TRIED_BANDS = (3, 1, 4, 6, 2, 5, *range(7, 14))


@dataclass(frozen=True)
class Hints:
    """What the file says of itself; None, or nothing in a tuple, where it does not.

    `gsd_m`: metres per pixel. `tile`: side of what the network is to see at once, pixels. `overlap`: share of
    that side which neighbours share, 0 to 1. `threshold`: probability from which on there is a class, if one.
    `is_deepness`: whether it was made for that plugin, which feeds pictures from 0 to 1 if not told.
    """

    class_names: tuple[str, ...] = ()
    gsd_m: Optional[float] = None
    tile: Optional[int] = None
    overlap: Optional[float] = None
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    threshold: Optional[float] = None
    is_deepness: bool = False


@dataclass(frozen=True)
class OnnxFile:
    """A network that was tried and can be used.

    `bands` that it reads, `channels` of its answer (1 for two classes), `multiple` of the sides it takes in
    pixels, `macs_per_pixel` of its convolutions and matrix products, `seconds` for a tile of `side`.
    """

    plain: Plain
    bands: int
    channels: int
    multiple: int
    macs_per_pixel: float
    side: int
    seconds: float
    hints: Hints

    @property
    def classes(self) -> int:
        """How many classes its masks have."""
        return max(self.channels, 2)


def examine(path: Path, content: bytes) -> OnnxFile:
    """Open a file and try it.

    Args:
        path: how messages call it. content: its bytes.
    Raises:
        RuntimeMissing: onnxruntime cannot be imported.
        ModelTooNew: it is written for a newer onnxruntime.
        NotImportable: it is no segmentation model that can be run here; says why.
    """
    return _Examination(path, content).result()


def read_hints(path: Path, metadata: dict[str, str]) -> Hints:
    """Understand the metadata of an ONNX file; what is unreadable counts as not said.

    Raises:
        NotImportable: it says that it is no segmentation model.
    """
    known = {key: _value(text) for key, text in metadata.items()}
    kind = str(known.get("model_type", "segmentor"))
    if kind.lower() != "segmentor":
        raise NotImportable(path=path, reason=f"it calls itself a {kind}, and only a Segmentor gives a mask")
    keys = {"model_type", "class_names", "resolution", "tile_size", "tiles_overlap", "seg_thresh"}
    centimetres = _number(known.get("resolution"))
    tile = _number(known.get("tile_size", known.get("tiles_size")))
    overlap = _number(known.get("tiles_overlap"))
    threshold = _number(known.get("seg_thresh"))
    return Hints(
        class_names=_names(known.get("class_names", known.get("names"))),
        gsd_m=centimetres / 100 if centimetres else None,
        tile=int(tile) if tile else None,
        overlap=overlap / 100 if overlap is not None and overlap < 100 else None,
        mean=_numbers(known.get("standardization_mean")),
        std=_numbers(known.get("standardization_std")),
        threshold=threshold if threshold is not None and 0 < threshold < 1 else None,
        is_deepness=bool(keys & set(metadata)),
    )


class _Examination:
    """One file, from opening to what is known of it."""

    def __init__(self, path: Path, content: bytes):
        self._path, self._content = path, content
        self._onnxruntime = load_onnxruntime()
        self._session = self._opened()
        self._hints = read_hints(path, self._session.get_modelmeta().custom_metadata_map)
        self._trouble = ""  # why the last try failed

    def result(self) -> OnnxFile:
        image = self._image_port()
        answers = self._answer_ports()
        layouts, bands, side = self._shape(image.shape)
        trouble = ""
        for layout in layouts:
            for count in (bands,) if bands else _TRIED_BANDS:
                for answer in answers:
                    plain = Plain(image.name, answer.name, "logits", layout, _TYPES[image.type], side)
                    found = self._sides(plain, count)
                    if found is not None:
                        return self._finished(*found, count)
                    trouble = trouble or self._trouble
        raise self._refused(trouble)

    def _opened(self) -> Any:
        options = self._options()
        try:
            providers = [PROVIDERS[CPU].name]
            return self._onnxruntime.InferenceSession(self._content, options, providers=providers)
        except Exception as error:  # onnxruntime's own error classes share no public base
            newer = too_new(error, self._path, self._onnxruntime)
            if newer is not None:
                raise newer from None
            if "xternal data" in str(error) or "model_path must not be empty" in str(error):
                reason = (
                    "its weights lie in a second file; export it as one file (external_data=False in torch)"
                )
                raise self._refused(reason) from None
            raise self._refused(onnx_in_words(error)) from None

    def _options(self) -> Any:
        options = self._onnxruntime.SessionOptions()
        options.intra_op_num_threads = default_threads()
        options.log_severity_level = 4
        return options

    def _image_port(self) -> Any:
        ports = self._session.get_inputs()
        if len(ports) != 1:
            names = ", ".join(port.name for port in ports)
            raise self._refused(f"it has {len(ports)} inputs ({names}), and only one image can be given")
        (port,) = ports
        if port.type not in _TYPES:
            raise self._refused(f"its input is {port.type}; only images of float numbers can be given")
        if len(port.shape) != 4:
            raise self._refused(f"its input has the shape {port.shape} instead of one of four axes")
        if isinstance(port.shape[0], int) and port.shape[0] != 1:
            raise self._refused(f"it takes {port.shape[0]} images at once; export it for one")
        return port

    def _answer_ports(self) -> list:
        ports = self._session.get_outputs()
        found = [port for port in ports if port.type in _TYPES and len(port.shape) in (0, 4)]
        if not found:
            shapes = ", ".join(f"{port.name} {port.type} {port.shape}" for port in ports)
            reason = (
                f"it gives {shapes}, and a mask with its entropy needs how likely every class is: float "
                "numbers of the shape (1, classes, height, width)"
            )
            raise self._refused(reason)
        return found

    def _shape(self, shape: list) -> tuple[tuple[str, ...], int, int]:
        """Layouts that are possible, bands (0 if open), and the only side (0 if open)."""
        sizes = [size if isinstance(size, int) and size > 0 else 0 for size in shape]
        _, first, second, third = sizes
        if 0 < first <= _MOST_BANDS:
            layouts, bands, sides = ("NCHW",), first, (second, third)
        elif 0 < third <= _MOST_BANDS:
            layouts, bands, sides = ("NHWC",), third, (first, second)
        else:
            layouts, bands, sides = ("NCHW", "NHWC"), 0, (second, second)
        if sides[0] != sides[1]:
            raise self._refused(f"it takes images of the shape {shape} only; export it for squares")
        if sides[0] and sides[0] < 4 * _FIXED_MULTIPLE:
            raise self._refused(f"it takes images of {sides[0]} x {sides[0]} pixels only, which is too small")
        return layouts, bands, sides[0]

    def _sides(self, plain: Plain, bands: int) -> Optional[tuple[Plain, int]]:
        """With the side that it turns out to take, and what others are multiples of; None if none."""
        if plain.side:
            works = self._answer(plain, bands, plain.side, plain.side) is not None
            return (plain, _FIXED_MULTIPLE) if works else None
        for multiple in _MULTIPLES:
            shapes = (_SIDE, _SIDE), (_SIDE, _SIDE + multiple), (_SIDE + multiple, _SIDE)
            if all(self._answer(plain, bands, *shape) is not None for shape in shapes):
                return plain, multiple
        for side in (self._hints.tile, *_TRIED_SIDES):  # open on paper only
            if side and side >= 4 * _FIXED_MULTIPLE and self._answer(plain, bands, side, side) is not None:
                return Plain(**{**vars(plain), "side": side}), _FIXED_MULTIPLE
        return None

    def _answer(self, plain: Plain, bands: int, height: int, width: int) -> Optional[np.ndarray]:
        """float (channels, height, width) to an image of random numbers; None if that does not work."""
        random = np.random.default_rng(0)
        image = random.normal(size=(1, bands, height, width)).astype(
            np.float16 if plain.type == "float16" else np.float32
        )
        if plain.layout == "NHWC":
            image = np.ascontiguousarray(image.transpose(0, 2, 3, 1))
        try:
            (answer,) = self._session.run([plain.answer], {plain.image: image})
        except Exception as error:
            self._trouble = f"it stops on an image of {width} x {height} ({in_brief(error)})"
            return None
        if plain.layout == "NHWC" and answer.ndim == 4:
            answer = answer.transpose(0, 3, 1, 2)
        if answer.ndim != 4 or answer.shape[0] != 1 or answer.shape[2:] != (height, width):
            self._trouble = (
                f"its answer to an image of {width} x {height} pixels has the shape {answer.shape}, and a "
                "mask needs one value per class and pixel"
            )
            return None
        return answer[0]

    def _finished(self, plain: Plain, multiple: int, bands: int) -> OnnxFile:
        side = plain.side or _SIDE
        began = time.monotonic()
        answer = self._answer(plain, bands, side, side).astype(np.float32)
        seconds = time.monotonic() - began
        if not np.isfinite(answer).all():
            raise self._refused("its answer to random numbers is no number everywhere")
        if len(answer) > MOST_CLASSES:
            raise self._refused(f"it has {len(answer)} classes, and a mask holds {MOST_CLASSES}")
        plain = Plain(**{**vars(plain), "gives": self._gives(answer)})
        macs = max(self._macs(plain, bands, side) / side**2, 1.0)
        return OnnxFile(plain, bands, len(answer), multiple, macs, side, seconds, self._hints)

    def _gives(self, answer: np.ndarray) -> str:
        """Whether the answer (channels, h, w) is probabilities already."""
        if answer.min() < 0 or answer.max() > 1:
            return "logits"
        if len(answer) > 1 and np.abs(answer.sum(axis=0) - 1).max() > 0.01:
            reason = (
                "its answers lie between 0 and 1 but do not add up to 1 over the classes, so several may "
                "hold at once, and a mask has room for one"
            )
            raise self._refused(reason)
        return "probabilities"

    def _macs(self, plain: Plain, bands: int, side: int) -> float:
        """Multiply-accumulates of one tile, by the shapes that onnxruntime notes of every step."""
        with tempfile.TemporaryDirectory(prefix="exitwise_") as folder:
            options = self._options()
            options.enable_profiling = True
            options.profile_file_prefix = str(Path(folder) / "steps")
            # As it was written: what is melted together is not named by what it was.
            options.graph_optimization_level = self._onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
            options.add_session_config_entry("session.disable_prepacking", "1")  # hides weights
            session, whole = self._session, self._onnxruntime.InferenceSession
            self._session = whole(self._content, options, providers=[PROVIDERS[CPU].name])
            try:
                self._answer(plain, bands, side, side)
                steps = json.loads(Path(self._session.end_profiling()).read_text(encoding="utf-8"))
            finally:
                self._session = session
        return float(sum(_step_macs(step.get("args", {})) for step in steps))

    def _refused(self, reason: str) -> NotImportable:
        return NotImportable(path=self._path, reason=reason)


def _step_macs(step: dict) -> int:
    """Of one step of a profile: the products of a convolution or a matrix product, else 0."""
    kind = step.get("op_name", "")
    read, written = (
        [shape for one in step.get(key, ()) for shape in one.values()]
        for key in ("input_type_shape", "output_type_shape")
    )
    if len(read) < 2 or not written:
        return 0
    if "Conv" in kind:
        tensors = [shape for shape in read if len(shape) > 2]  # the image, then the weights
        if len(tensors) < 2:
            return 0
        return prod(tensors[0] if "Transpose" in kind else written[0]) * prod(tensors[1][1:])
    if kind in ("MatMul", "Gemm"):
        return prod(written[0]) * read[0][-1]
    return 0


def _value(text: str) -> Any:
    """What a metadata text says: JSON, as is recommended, or Python's own notation, as is found too."""
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
    return text


def _number(value: Any) -> Optional[float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value) or value < 0:
        return None
    return float(value)


def _numbers(value: Any) -> tuple[float, ...]:
    items = value if isinstance(value, (list, tuple)) else ()
    return tuple(float(one) for one in items) if all(_number(one) is not None for one in items) else ()


def _names(value: Any) -> tuple[str, ...]:
    """Class names in order: of a dictionary by number, or of a list."""
    if isinstance(value, dict):
        try:
            by_number = {int(key): str(name) for key, name in value.items()}
        except (TypeError, ValueError):
            return ()
        last = max(by_number, default=-1)
        if not -1 <= last < MOST_CLASSES or min(by_number, default=0) < 0:
            return ()
        return tuple(by_number.get(place, f"class {place}") for place in range(last + 1))
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
