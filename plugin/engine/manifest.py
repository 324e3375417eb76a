"""What a model says about itself: `manifest.json`, read and checked before anything runs.

A manifest describes an early-exit network cut into stages, one ONNX file each. It opens no ONNX file: the
hashes are compared when a session is made (runtime.py). A field that is missing or of the wrong kind is
an error that names the field; nothing is filled in by guessing.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from math import inf, isfinite, lcm, log
from pathlib import Path
from typing import Any, Mapping, Optional

from .errors import ManifestInvalid, ModelMissing
from .exits import SCORES

FORMAT = 3
FILE_NAME = "manifest.json"
MARGINS = "margins"
LARGEST_TILE = 1024  # pixels; what a deep network keeps in memory grows with the square
BLOCK_STEP = 16  # results are kept in whole TIFF blocks, and TIFF allows multiples of this only


@dataclass(frozen=True)
class ClassInfo:
    """One class of the mask: its value is its place in `Manifest.classes`; `weight` as in `class_map`."""

    name: str
    color: str
    shown: bool
    weight: float


@dataclass(frozen=True)
class BandInfo:
    """One input band: wavelengths in nanometres; an optional band may be missing from a raster."""

    name: str
    wavelength_nm: tuple[float, float]
    optional: bool


@dataclass(frozen=True)
class Values:
    """What the network expects: `kind` "display" or "reflectance", both 0 to 1, then (value - mean) / std."""

    kind: str
    mean: tuple[float, ...]
    std: tuple[float, ...]


@dataclass(frozen=True)
class GsdRange:
    """Metres per pixel: rasters from `min` to `max` are read as they are, finer ones at `nominal`."""

    min: float
    nominal: float
    max: float


@dataclass(frozen=True)
class TileInfo:
    """Default tile side, and what it and the halo must be a multiple of; pixels."""

    size: int
    multiple: int


@dataclass(frozen=True)
class Carried:
    """A tensor that one stage hands to later ones: `stride` input pixels per element."""

    name: str
    stride: int
    channels: int


@dataclass(frozen=True)
class Disagreement:
    """Curve: exit score in nats (ascending) -> expected share of pixels the full network would change."""

    score: tuple[float, ...]
    share: tuple[float, ...]


@dataclass(frozen=True)
class PartCost:
    """Multiply-accumulates per pixel of a part of a stage, which works on `halo` pixels beyond the answer."""

    halo: int
    macs_per_pixel: float


@dataclass(frozen=True)
class Plain:
    """How a network is fed and read that was not made for Exitwise: one image in, one answer out.

    `image` and `answer` are what the file calls them; `gives` is "logits" or "probabilities", `layout` "NCHW"
    or "NHWC" for both, `type` "float" or "float16". `side` is that of the only square it takes, pixels, 0
    where it takes any.
    """

    image: str
    answer: str
    gives: str
    layout: str
    type: str
    side: int


@dataclass(frozen=True)
class Stage:
    """One ONNX file: image and carried tensors in, logits and carried tensors out.

    `halo` is the context in pixels that it has to see around what it answers for, as long as the tensors it
    reads are right there. A stage with "margins" among its inputs (int64, pixels to the left, top, right and
    bottom) leaves the halo out of its logits, and part by part out of its work: see `costs`, of this stage
    alone. `scale` is the view it reads (1, or 2 for half resolution), `logits_stride` input pixels per logit,
    `receptive_field` in pixels.
    """

    file: str
    sha256: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    carried: tuple[Carried, ...]
    halo: int
    scale: int
    logits_stride: int
    receptive_field: int
    costs: tuple[PartCost, ...]
    temperature: float
    disagreement: Disagreement
    plain: Optional[Plain] = None

    @property
    def trims(self) -> bool:
        """Whether its logits are of the answer only, without the halo."""
        return MARGINS in self.inputs


@dataclass(frozen=True)
class GateInfo:
    """A network of its own that says from a coarse view where there is nothing to find.

    One ONNX file: the image (and presence, where the model has it) in pixels of `scale` times the size in,
    one logit per `unit` pixels of the raster out. It sees `halo` pixels around what it answers for. Where its
    probability stays below `threshold`, the other stages need not look. Costs are per pixel of the raster.
    """

    file: str
    sha256: str
    scale: int
    unit: int
    halo: int
    macs_per_pixel: float
    threshold: float


@dataclass(frozen=True)
class Manifest:
    """A whole model.

    `folder` is where its files lie, `threshold` the slider's first position in nats, `block` the side in
    pixels of the blocks that leave one by one, 0 where whole tiles do. Not every model has a `gate`.
    """

    folder: Path
    name: str
    version: str
    title: str
    description: str
    licence: str
    classes: tuple[ClassInfo, ...]
    bands: tuple[BandInfo, ...]
    values: Values
    accepts_grey: bool
    presence: bool
    gsd_m: GsdRange
    tile: TileInfo
    block: int
    score: str
    threshold: float
    stages: tuple[Stage, ...]
    metrics: Mapping[str, Any]
    gate: Optional[GateInfo] = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that results depend on: networks, temperatures, normalisation, tiles; not the gate,
        which a run may do without."""
        words = ("folder", "title", "description", "licence", "threshold", "metrics", "gate")
        content = {key: value for key, value in asdict(self).items() if key not in words}
        for stage in content["stages"]:
            if stage["plain"] is None:  # runs of before there was such a thing go on
                del stage["plain"]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def fingerprint_of(self, gate: bool) -> str:
        """Of what the results of a run depend on that looks from afar first, or does not."""
        if not gate or self.gate is None:
            return self.fingerprint
        content = [self.fingerprint, asdict(self.gate)]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @property
    def max_entropy(self) -> float:
        """Entropy of total ignorance: ln(number of classes), nats."""
        return log(len(self.classes))

    @property
    def class_weights(self) -> tuple[float, ...]:
        """As `class_map` asks for them."""
        return tuple(one.weight for one in self.classes)

    @property
    def foresees_changes(self) -> bool:
        """Whether it says how much full depth would change; a model from elsewhere was never asked."""
        return any(stage.disagreement.share[-1] > 0 for stage in self.stages[:-1])

    @property
    def tile_step(self) -> int:
        """Sides of tiles are multiples of this, pixels: whole blocks, for network and files alike."""
        return lcm(self.tile.multiple, self.block or BLOCK_STEP)

    @property
    def apart(self) -> bool:
        """Whether a block that goes deeper is computed by itself, on what the first stage handed on of it and
        its halo: so it is where a later stage hands something on, which must not depend on the neighbours."""
        return self.block > 0 and any(stage.carried for stage in self.stages[1:])

    @property
    def halo(self) -> int:
        """Context around a tile, pixels: what the first stage sees."""
        return self.stages[0].halo

    @property
    def largest_tile(self) -> int:
        """Side of the largest tile that can be computed at once, pixels."""
        plain = self.stages[0].plain
        return min(LARGEST_TILE, plain.side - 2 * self.halo) if plain and plain.side else LARGEST_TILE


class _Fields:
    """Takes typed fields out of one JSON object and names the field that is wrong."""

    def __init__(self, path: Path, where: str, data: Any):
        self._path, self._where = path, where
        if not isinstance(data, dict):
            raise self.wrong("", "must be an object")
        self._data = data

    def wrong(self, field: str, reason: str) -> ManifestInvalid:
        where = ".".join(part for part in (self._where, field) if part) or "the file"
        return ManifestInvalid(path=self._path, reason=f"{where} {reason}")

    def take(self, field: str, kind: type, length: Optional[int] = None) -> Any:
        if field not in self._data:
            raise self.wrong(field, "is missing")
        value = self._data[field]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(field, f"must be of type {kind.__name__}")
        if length is not None and len(value) != length:
            raise self.wrong(field, f"must have {length} entries")
        return value

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def file(self) -> str:
        name = self.take("file", str)
        if Path(name).name != name:
            raise self.wrong("file", "must be a file name in the model's own folder")
        return name

    def positive(self, field: str, kind: type) -> Any:
        value = self.take(field, kind)
        if not 0 < value < inf:
            raise self.wrong(field, "must be a number above 0")
        return value

    def inner(self, field: str) -> _Fields:
        return _Fields(self._path, f"{self._where}.{field}".strip("."), self.take(field, dict))

    def each(self, field: str, at_least: int = 0) -> list[_Fields]:
        items = self.take(field, list)
        if len(items) < at_least:
            raise self.wrong(field, f"must have at least {at_least} entries")
        where = f"{self._where}.{field}".strip(".")
        return [_Fields(self._path, f"{where}[{place}]", item) for place, item in enumerate(items)]

    def matching(self, field: str, pattern: str) -> str:
        value = self.take(field, str)
        if not re.fullmatch(pattern, value):
            raise self.wrong(field, f"must match {pattern}")
        return value

    def numbers(self, field: str, length: Optional[int] = None) -> tuple[float, ...]:
        values = self.take(field, list, length)
        if any(isinstance(v, bool) or not isinstance(v, (int, float)) or not isfinite(v) for v in values):
            raise self.wrong(field, "must hold numbers only")
        return tuple(float(value) for value in values)

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.take(field, list)
        if any(not isinstance(value, str) for value in values):
            raise self.wrong(field, "must hold texts only")
        return tuple(values)


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of the model in `folder`.

    Raises:
        ModelMissing: there is no manifest in the folder.
        ManifestInvalid: it is no JSON, of another format version, or a field is missing or wrong.
    """
    path = Path(folder) / FILE_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelMissing(path=path) from None
    except (OSError, ValueError) as error:
        raise ManifestInvalid(path=path, reason=f"it cannot be read ({error})") from None
    fields = _Fields(path, "", data)
    version = fields.take("format", int)
    if version != FORMAT:
        raise ManifestInvalid(path=path, reason=f"it has format {version}, this version reads {FORMAT}")
    return _manifest(path.parent, fields)


def _manifest(folder: Path, fields: _Fields) -> Manifest:
    bands = tuple(
        BandInfo(band.take("name", str), band.numbers("wavelength_nm", 2), band.take("optional", bool))
        for band in fields.each("bands", at_least=1)
    )
    values = fields.inner("values")
    kind = values.take("kind", str)
    if kind not in ("display", "reflectance"):
        raise values.wrong("kind", 'must be "display" or "reflectance"')
    std = values.numbers("std", len(bands))
    presence = fields.take("presence", bool)
    if not presence and any(band.optional for band in bands):
        raise fields.wrong("presence", "must be true, since a band is optional: the network must know which")
    if min(std) <= 0:
        raise values.wrong("std", "must be above 0")
    gsd = fields.inner("gsd_m")
    gsd_m = GsdRange(*(gsd.positive(field, float) for field in ("min", "nominal", "max")))
    if not gsd_m.min <= gsd_m.nominal <= gsd_m.max:
        raise fields.wrong("gsd_m", "must rise from min over nominal to max")
    tile = fields.inner("tile")
    tile_info = TileInfo(tile.positive("size", int), tile.positive("multiple", int))
    if tile_info.size % tile_info.multiple:
        raise fields.wrong("tile", "size must be a multiple of `multiple`")
    if tile_info.size % BLOCK_STEP:
        raise fields.wrong("tile.size", f"must be a multiple of {BLOCK_STEP}")
    block, score = _decision(fields.inner("decision"), tile_info)
    classes = tuple(
        ClassInfo(
            one.take("name", str),
            one.matching("color", "#[0-9a-fA-F]{6}"),
            one.take("shown", bool),
            one.positive("weight", float),
        )
        for one in fields.each("classes", at_least=2)
    )
    stages = _stages(fields, block, tile_info.multiple)
    plain = stages[0].plain
    if plain and len(stages) > 1:
        raise fields.wrong("stages", "must be one where it is a plain network")
    if plain and plain.side and tile_info.size + 2 * stages[0].halo > plain.side:
        raise fields.wrong("tile.size", "with the halo must fit into the side that the network takes")
    threshold = fields.take("threshold", float)
    if not 0 <= threshold <= log(len(classes)):
        raise fields.wrong("threshold", "must lie between 0 and the largest entropy, nats")
    return Manifest(
        folder=folder,
        name=fields.matching("name", "[A-Za-z0-9_-]+"),  # it becomes part of a folder's name
        version=fields.take("version", str),
        title=fields.take("title", str),
        description=fields.take("description", str),
        licence=fields.take("licence", str),
        classes=classes,
        bands=bands,
        values=Values(kind, values.numbers("mean", len(bands)), std),
        accepts_grey=fields.take("accepts_grey", bool),
        presence=presence,
        gsd_m=gsd_m,
        tile=tile_info,
        block=block,
        score=score,
        threshold=threshold,
        stages=stages,
        metrics=fields.take("metrics", dict),
        gate=_gate(fields.inner("gate"), block or tile_info.multiple) if "gate" in fields else None,
    )


def _gate(fields: _Fields, whole: int) -> GateInfo:
    """The gate; `whole` is what sides of units are multiples of, pixels."""
    gate = GateInfo(
        file=fields.file(),
        sha256=_digest(fields),
        scale=fields.positive("scale", int),
        unit=fields.positive("unit", int),
        halo=fields.take("halo", int),
        macs_per_pixel=fields.positive("macs_per_pixel", float),
        threshold=fields.positive("threshold", float),
    )
    if gate.scale < 2:
        raise fields.wrong("scale", "must be 2 or more: a coarse view")
    if gate.unit % gate.scale or whole % gate.unit:
        raise fields.wrong("unit", f"must be a multiple of scale and divide {whole}, as blocks lie")
    if gate.halo < 0 or gate.halo % gate.unit:
        raise fields.wrong("halo", "must be a multiple of unit")
    if gate.threshold >= 1:
        raise fields.wrong("threshold", "must be a probability below 1")
    return gate


def _decision(fields: _Fields, tile: TileInfo) -> tuple[int, str]:
    """Side of a block in pixels, 0 for whole tiles, and the name of the exit score."""
    score = fields.take("score", str)
    if score not in SCORES:
        raise fields.wrong("score", f"must be one of {', '.join(SCORES)}")
    unit = fields.take("unit", str)
    if unit not in ("tile", "block"):
        raise fields.wrong("unit", 'must be "tile" or "block"')
    if unit == "tile":
        return 0, score
    block = fields.positive("block", int)
    if tile.size % block or block % tile.multiple or block % BLOCK_STEP:
        reason = f"must divide tile.size and be a multiple of tile.multiple and of {BLOCK_STEP}"
        raise fields.wrong("block", reason)
    return block, score


def _digest(stage: _Fields) -> str:
    """The 64 digits of "sha256:..."; digits without that are read too."""
    digits = stage.take("sha256", str).removeprefix("sha256:")
    if len(digits) != 64:
        raise stage.wrong("sha256", "must be sha256: and 64 digits")
    return digits


def _stages(fields: _Fields, block: int, multiple: int) -> tuple[Stage, ...]:
    stages, strides = [], {}
    available = {"image", "presence"} if fields.take("presence", bool) else {"image"}
    for one in fields.each("stages", at_least=1):
        curve = one.inner("disagreement")
        scores = curve.numbers("score")
        stage = Stage(
            file=one.file(),
            sha256=_digest(one),
            inputs=one.texts("inputs"),
            outputs=one.texts("outputs"),
            carried=tuple(
                Carried(c.take("name", str), c.positive("stride", int), c.positive("channels", int))
                for c in one.each("carried")
            ),
            halo=one.take("halo", int),
            scale=one.positive("scale", int),
            logits_stride=one.positive("logits_stride", int),
            receptive_field=one.positive("receptive_field", int),
            costs=tuple(
                PartCost(part.take("halo", int), part.positive("macs_per_pixel", float))
                for part in one.each("costs", at_least=1)
            ),
            temperature=one.positive("temperature", float),
            disagreement=Disagreement(scores, curve.numbers("share", len(scores))),
            plain=_plain(one) if "plain" in one else None,
        )
        if list(scores) != sorted(scores) or not scores:
            raise curve.wrong("score", "must ascend")
        if not all(0 <= share <= 1 for share in stage.disagreement.share):
            raise curve.wrong("share", "must lie between 0 and 1")
        if stage.outputs != ("logits", *(c.name for c in stage.carried)):
            raise one.wrong("outputs", "must be logits, then the carried tensors in order")
        if (stage.scale, stage.logits_stride) != (1, 1):
            raise one.wrong("scale", "and logits_stride must be 1 in this format")
        unknown = set(stage.inputs) - available - {MARGINS}
        if unknown:
            names = ", ".join(sorted(unknown))
            raise one.wrong("inputs", f"name tensors that no earlier stage gives: {names}")
        first = stages[0] if stages else stage
        if not 0 <= stage.halo <= first.halo or first.halo % multiple:
            raise one.wrong(
                "halo", "must lie between 0 and the first stage's, which is a multiple of tile.multiple"
            )
        if stage.plain and (stages or stage.inputs != ("image",) or stage.carried):
            raise one.wrong("plain", "is for a single stage that reads the image only")
        if stage.trims and stage.carried:
            raise one.wrong("carried", "is for a stage that does not leave out its margins")
        halos = {part.halo for part in stage.costs}
        if max(halos) != stage.halo or min(halos) < 0 or (len(halos) > 1 and not stage.trims):
            reason = "must have the stage's halo; parts with less of it are for a stage that reads margins"
            raise one.wrong("costs", reason)
        if stage is not first and stage.carried and not block and stage.halo != first.halo:
            reason = "is for a stage that sees the whole tile; others can hand nothing on"
            raise one.wrong("carried", reason)
        for stride in (strides[name] for name in stage.inputs if name in strides):
            if stage.halo % stride or first.halo % stride or (block or multiple) % stride:
                raise one.wrong(
                    "halo", f"and what it is grown around must be multiples of the stride {stride}"
                )
        available |= {c.name for c in stage.carried}
        strides |= {c.name: c.stride for c in stage.carried}
        stages.append(stage)
    _check_apart(fields, stages[1:], block, multiple)
    return tuple(stages)


def _check_apart(fields: _Fields, later: list[Stage], block: int, multiple: int) -> None:
    """Blocks that are computed each by itself pass all later stages as one and the same picture."""
    halos = {stage.halo for stage in later}
    if block and any(stage.carried for stage in later) and (len(halos) > 1 or max(halos) % multiple):
        reason = "after the first must have one halo, a multiple of tile.multiple, where they hand on blocks"
        raise fields.wrong("stages", reason)


def _plain(stage: _Fields) -> Plain:
    fields = stage.inner("plain")
    return Plain(
        image=fields.take("image", str),
        answer=fields.take("answer", str),
        gives=fields.matching("gives", "logits|probabilities"),
        layout=fields.matching("layout", "NCHW|NHWC"),
        type=fields.matching("type", "float|float16"),
        side=fields.take("side", int),
    )
