"""The coarse look: a small network on a view from afar says where the others need not look at all.

What it leaves out is not read at full resolution. There the mask shows the first class, with the gate's own
uncertainty: the entropy of its probability that nothing is there, one number per unit.
"""

from __future__ import annotations

import hashlib
from typing import Optional

import numpy as np

from .device import CPU, PROVIDERS, load_onnxruntime
from .encoding import NODATA, encode
from .errors import GateMissing, ManifestInvalid, ModelDamaged, ModelMissing, StageFailed
from .exits import entropy
from .foreign import onnx_in_words
from .grid import Window
from .manifest import FILE_NAME, Manifest
from .table import UnitState
from .tile import Tile


class Gate:
    """A model's gate, ready to look; one thread of the CPU per call, so that its answers never depend on how
    many there are.

    Raises:
        GateMissing: the model has none.
        ModelMissing, ModelDamaged, ManifestInvalid: its file is not there, or not the one that was published.
    """

    def __init__(self, manifest: Manifest):
        if manifest.gate is None:
            raise GateMissing(name=manifest.title)
        self._manifest, self._gate = manifest, manifest.gate
        self._path = manifest.folder / self._gate.file
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            raise ModelMissing(path=self._path) from None
        except OSError as error:
            raise ModelDamaged(path=self._path, reason=error.strerror or str(error)) from None
        if hashlib.sha256(content).hexdigest() != self._gate.sha256:
            raise ModelDamaged(path=self._path, reason="its sha256 is not the one in the manifest")
        onnxruntime = load_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(content, options, providers=[PROVIDERS[CPU].name])
        except Exception as error:  # onnxruntime's own error classes share no public base
            raise ModelDamaged(path=self._path, reason=onnx_in_words(error)) from None
        self._inputs = {one.name for one in self._session.get_inputs()}
        wanted = {"image", "presence"} if manifest.presence else {"image"}
        if self._inputs != wanted or [one.name for one in self._session.get_outputs()] != ["logits"]:
            reason = f"inputs and outputs of {self._gate.file} are not those of a gate"
            raise ManifestInvalid(path=manifest.folder / FILE_NAME, reason=reason)

    @property
    def scale(self) -> int:
        """Pixels of the working grid along each side of a pixel of the view."""
        return self._gate.scale

    def window(self, tile: Tile) -> Window:
        """Pixels of the working grid that have to be seen: whole units and the halo."""
        rows, columns = tile.states.shape
        return tile.window_of((0, 0, rows, columns)).with_halo(self._gate.halo)

    def narrow(
        self, tile: Tile, area: np.ndarray, view: np.ndarray, valid: np.ndarray, presence: np.ndarray
    ) -> Optional[np.ndarray]:
        """Leave out of a new tile where nothing is to be found.

        Args:
            area: bool (h, w) of the core: what lies in the chosen area.
            view, valid: of `window`, as `RasterSource.view` gives them. presence: float32 (1, bands).
        Returns:
            What the gate says of the pixels that it left out, as `encode` packs results, uint8 (bands, h, w)
            of the core; None if it left out nothing.
        Raises:
            StageFailed: the network stopped, or gave no numbers.
        """
        there = self._by_unit(tile, self._probabilities(view, presence))
        halo, scale = self._gate.halo // self.scale, self.scale
        inside = slice(halo, -halo or None)
        known = valid[inside, inside].repeat(scale, axis=1).repeat(scale, axis=0)
        (high, wide), unit = area.shape, known.shape[0] // tile.states.shape[0]
        known = known[:high, :wide] & area
        tile.leave_out(there < self._gate.threshold, ~tile.any_in_units(known))
        gated = tile.states == UnitState.GATED
        if not gated.any():
            return None
        others = len(self._manifest.classes) - 1
        shares = np.stack([1 - there, *[there / others] * others])
        # One answer per unit, so packed unit by unit.
        packed = encode(np.zeros(gated.shape, np.uint8), shares, entropy(shares), gated)
        packed = packed.repeat(unit, axis=2).repeat(unit, axis=1)[:, :high, :wide]
        if not known.all():
            packed[:, ~known] = NODATA
        return packed

    def _probabilities(self, view: np.ndarray, presence: np.ndarray) -> np.ndarray:
        """float32 (cells down, cells across) of the view, halo included."""
        given = {"image": view[np.newaxis], "presence": presence}
        try:
            (logits,) = self._session.run(["logits"], {name: given[name] for name in self._inputs})
        except Exception as error:  # onnxruntime's own error classes share no public base
            raise StageFailed(path=self._path, reason=onnx_in_words(error)) from None
        if not np.isfinite(logits).all():
            raise StageFailed(path=self._path, reason="its result is no number")
        return (1 / (1 + np.exp(-np.clip(logits[0, 0], -60, 60)))).astype(np.float32)

    def _by_unit(self, tile: Tile, cells: np.ndarray) -> np.ndarray:
        """The highest probability in each unit of a tile: float32 (rows, columns)."""
        margin = self._gate.halo // self._gate.unit
        inside = slice(margin, -margin or None)
        rows, columns = tile.states.shape
        cells = cells[inside, inside]
        per_unit = cells.shape[0] // rows
        return cells.reshape(rows, per_unit, columns, per_unit).max(axis=(1, 3))
