"""A network as a function of arrays: what a run does with one tile, without raster, run folder or GDAL."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, NamedTuple, Optional, Sequence, Union

import numpy as np

from . import bundled
from .encoding import NODATA
from .errors import ModelUnknown
from .figures import figure
from .grid import Window
from .manifest import Manifest, read_manifest
from .normalise import ABSURD, empty, mirrored, normalise
from .runtime import StagedModel
from .stages import grid_for, results
from .table import UnitTable
from .tile import Tile

_KINDS = {"display": "a picture", "reflectance": "reflectance"}
_NATURAL = (-0.25, 2.0)  # means outside are of other numbers than reflectance or a picture from 0 to 1


class Prediction(NamedTuple):
    """What a model says of an array of (bands, h, w).

    `classes`: uint8 (h, w), 255 where there is no data. `entropy`: float32 (h, w), nats, NaN there. `exit`:
    uint8 (h, w), the 1-based exit that the pixel's unit left at, 0 there.
    """

    classes: np.ndarray
    entropy: np.ndarray
    exit: np.ndarray


def open_model(name_or_folder: Union[str, Path], threads: int = 0) -> Model:
    """Load a model.

    Args:
        name_or_folder: of a bundled model ("roads", "clouds"), or a folder with a `manifest.json`.
        threads: that compute one call; 0 for one per physical core. Give 1 where calls run side by side, as
            under dask.
    Raises:
        ModelError: it is not there, damaged, or onnxruntime cannot be imported.
    """
    return Model(find_manifest(name_or_folder), threads)


def find_manifest(name_or_folder: Union[str, Path]) -> Manifest:
    """The manifest of a model that is named as for `open_model`; a bundled one goes first.

    Raises:
        ModelUnknown: no model ships under that name, and no such folder is there.
        ModelMissing, ManifestInvalid: nothing in the folder, or nothing that this version reads.
    """
    shipped = {folder.name: folder for folder in bundled.model_folders()}
    folder = shipped.get(str(name_or_folder), Path(name_or_folder).resolve())
    if not folder.is_dir():
        raise ModelUnknown(name=name_or_folder, known=", ".join(shipped))
    return read_manifest(folder)


class Model:
    """An early-exit network that is called like a function: the same array gives the same arrays.

    Calls may run in several threads at once. Pickling keeps folder and threads and loads the files again.

    Attributes:
        manifest: of the model. threads: per call.
        step: pixels. Chunks begin at multiples of it, so that blocks (and the coarse insides of the network)
            lie where they lie in the whole array.
        halo: pixels of context around a chunk, in whole steps: what a run gives a tile, or a little more.

    For `dask.array.map_overlap` cut the array into `chunks(...)`; with `depth=halo` and `boundary="none"`,
    since where an array ends, so does the context. Chunks then give what one call on the whole array gives,
    except that a network may see farther than its halo. Of the bundled roads, which see 900 pixels, that
    changes the class of one pixel in 7,000 nearer than the halo to a seam, and none farther away (a scene of
    1 m, full depth; tests/engine/test_dask.py). A model that decides by tile takes what it is given, halo
    included, as the tile.
    """

    def __init__(self, manifest: Manifest, threads: int = 0):
        self._staged = StagedModel(manifest, threads)
        self.manifest, self.threads = manifest, self._staged.threads
        self.step = manifest.tile_step
        self.halo = -(-manifest.halo // self.step) * self.step

    def __reduce__(self) -> tuple[Callable[..., Model], tuple[Path, int]]:
        return open_model, (self.manifest.folder, self.threads)

    def chunks(self, shape: tuple[int, int, int], side: int = 512) -> tuple[tuple[int, ...], ...]:
        """Where to cut an array of (bands, h, w), as dask takes it: sizes of the chunks along each axis.

        Args:
            side: about that of a chunk, pixels. It is rounded up to whole steps, and what remains is put to
                the last chunk where it is smaller than the halo: dask would move the cuts.
        """
        side = -(-max(side, self.halo) // self.step) * self.step
        cuts = [[*range(0, max(length - self.halo, 0) + 1, side), length] for length in shape[1:]]
        rows, columns = (tuple(end - start for start, end in zip(one, one[1:])) for one in cuts)
        return (shape[0],), rows, columns

    def __call__(
        self,
        image: np.ndarray,
        threshold: Optional[float] = None,
        presence: Optional[Sequence[bool]] = None,
    ) -> Prediction:
        """Segment an array as a run does that has it as its only tile.

        Memory grows with the array, since it is computed at once: cut large ones into chunks. What is missing
        to whole blocks, or of a model that decides by tile to a square, is filled up with a mirror image.

        Args:
            image: float (bands, h, w) in the manifest's order of bands, or one grey band (h, w) where the
                model accepts that; any h and w, of pixels as large as `manifest.gsd_m` allows; a display
                picture or reflectance from 0 to 1, as `manifest.values.kind` says; NaN, or 10^6 and more,
                where there is no data, which in one band is enough. It is left as it is.
            threshold: nats, 0 for full depth everywhere; None for the manifest's own.
            presence: which bands are there, one truth value per band; what the others hold is not looked at.
                None for all.
        Raises:
            ValueError: an image of another shape or of other numbers, a band missing that is needed, a
                threshold below 0.
            ModelError: the network stopped with an error.
        """
        manifest = self.manifest
        threshold = manifest.threshold if threshold is None else float(threshold)
        if not threshold >= 0:
            raise ValueError(f"the threshold must be 0 nats or more, not {threshold:g}")
        there = self._there(presence)
        values, valid = self._read(np.asarray(image), there)
        height, width = valid.shape
        found = Prediction(
            np.full(valid.shape, NODATA, np.uint8),
            np.full(valid.shape, np.nan, np.float32),
            np.zeros(valid.shape, np.uint8),
        )
        if not valid.any():
            return found
        present = there[np.newaxis].astype(np.float32)
        normalise(values, valid, present, manifest)
        tile = self._tile(width, height)
        tile.classify(np.ones_like(valid), valid)
        (part,) = tile.parts
        values, _ = mirrored(values, valid, Window(0, 0, width, height), part.window)
        for one in results(tile, self._staged, [(part, values)], present, lambda: threshold):
            place = one.core.inside(tile.core)
            # A deeper exit of the same pixels comes later, and stays.
            found.classes[place][one.wanted] = one.classes[one.wanted]
            found.entropy[place][one.wanted] = one.entropies[one.wanted]
            found.exit[place][one.wanted] = one.exit
        return found

    def _there(self, presence: Optional[Sequence[bool]]) -> np.ndarray:
        """bool (bands,)."""
        bands = self.manifest.bands
        if presence is None:
            return np.ones(len(bands), bool)
        there = np.asarray(presence, bool)
        if there.shape != (len(bands),) or not there.any():
            raise ValueError(f"presence must be {len(bands)} truth values, not all False")
        needed = [band.name for band, known in zip(bands, there) if not (known or band.optional)]
        if needed:
            raise ValueError(f"the model {self.manifest.name} cannot do without {', '.join(needed)}")
        return there

    def _read(self, image: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Our own copy of the image, float32, 0 where there is nothing; and bool (h, w): where there is."""
        if image.shape[:-2] in ((), (1,)) and self.manifest.accepts_grey:
            image = np.broadcast_to(image, (len(there), *image.shape[-2:]))
        if image.ndim != 3 or len(image) != len(there):
            raise ValueError(f"the image must be ({len(there)} bands, h, w), not of shape {image.shape}")
        kind = _KINDS[self.manifest.values.kind]
        if image.dtype.kind != "f":
            raise ValueError(f"the image must be {kind} with values from 0 to 1 as float, not {image.dtype}")
        values = image.astype(np.float32)
        values[~there] = 0
        valid = (np.abs(values) < ABSURD).all(axis=0)  # NaN is not
        empty(values, valid)
        if valid.any():
            means = values.sum(axis=(1, 2), dtype=np.float64) / valid.sum()
            if means.min() < _NATURAL[0] or means.max() > _NATURAL[1]:
                means = ", ".join(figure(mean) for mean in means)
                raise ValueError(
                    f"the image must be {kind} with values from 0 to 1; the means of its bands are {means}"
                )
        return values, valid

    def _tile(self, width: int, height: int) -> Tile:
        """All of an array as one tile, filled up to whole units."""
        side = -(-max(width, height) // self.step) * self.step
        grid = grid_for(self._staged, width, height, side)
        return Tile(grid, UnitTable(len(grid.units), len(self.manifest.stages)), 0)
