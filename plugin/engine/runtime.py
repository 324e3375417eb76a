"""One onnxruntime session per stage: logits out, tensors carried on to the next stage.

onnxruntime runs a whole graph whatever output is asked for, so stopping early means not calling the next
file. A file whose bytes are not those that the manifest names is never loaded.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

import numpy as np

from .device import CPU, PROVIDERS, load_onnxruntime
from .errors import (
    AcceleratorFailed,
    ManifestInvalid,
    ModelDamaged,
    ModelMissing,
    ModelTooNew,
    StageFailed,
)
from .foreign import in_brief, onnx_in_words
from .manifest import FILE_NAME, MARGINS, Manifest
from .plain import fed, logits

_exactness: dict[tuple[str, int, str], bool] = {}  # by fingerprint of the model, threads and provider


def default_threads() -> int:
    """A guess: physical cores, as far as the standard library tells: logical ones, halved above four."""
    logical = os.cpu_count() or 1
    return logical // 2 if logical > 4 else logical


def too_new(error: Exception, path: Path, onnxruntime: ModuleType) -> Optional[ModelTooNew]:
    """What onnxruntime says of a file that a newer one could read, as a sentence; None of other errors."""
    for pattern, kind in (
        (r"IR version: (\d+), max supported IR version: (\d+)", "IR version"),
        (r"Opset (\d+) is under development.*?is till opset (\d+)", "opset"),
    ):
        found = re.search(pattern, str(error), re.DOTALL)
        if found:
            versions = {"kind": kind, "found": int(found[1]), "most": int(found[2])}
            return ModelTooNew(path=path, runtime=onnxruntime.__version__, **versions)
    return None


class StagedModel:
    """A model ready to run, in any number of threads; sessions are made when their stage is first needed.

    Args:
        manifest: of the model.
        threads: that work on one call of the network; 0 for `default_threads()`.
        provider: key of `device.PROVIDERS`.
    Raises:
        RuntimeMissing: onnxruntime cannot be imported.
        ModelMissing, ModelDamaged: a stage file is not there, or not the one that was published.
        AcceleratorFailed: the provider does not work; never raised for the CPU. Mostly found here, but any
            stage may raise it later.
    """

    def __init__(self, manifest: Manifest, threads: int = 0, provider: str = CPU):
        self.manifest = manifest
        self.threads = threads or default_threads()
        self.provider = provider
        self._onnxruntime = load_onnxruntime()
        # All files are checked at once: a damaged last stage must not be found out hours into a run.
        self._contents = [self._checked_bytes(number) for number in range(len(manifest.stages))]
        self._sessions: dict[int, Any] = {}
        self._making = threading.Lock()
        if provider != CPU:
            # Before a run folder is chosen for it: most of what fails does so at the first call.
            tile, everything = self.noise(manifest.tile.size), slice(0, manifest.tile.size)
            for number in range(len(manifest.stages)):
                tile.logits(number, everything, everything)

    def start(self, image: np.ndarray, presence: np.ndarray) -> Inference:
        """Begin with a tile.

        Args:
            image: float32 (bands, h, w), normalised; h and w multiples of the manifest's `tile.multiple`.
            presence: float32 (1, bands), used by models whose bands may be missing.
        """
        tensors = {"image": image[np.newaxis], "presence": presence}
        return Inference(self, tensors, *image.shape[1:])

    def noise(self, side: int) -> Inference:
        """Begin with a tile of random numbers, always the same ones: to try something out."""
        bands = len(self.manifest.bands)
        image = np.random.default_rng(0).normal(size=(bands, side, side)).astype(np.float32)
        return self.start(image, np.ones((1, bands), np.float32))

    def computes_parts_exactly(self) -> bool:
        """Whether a block computed by itself gets the bits that it gets as part of a whole tile, here.

        onnxruntime promises no such thing; it kept it where this was tried (x86), and a map that the slider
        puts together from blocks has to be the map of a fresh run. Where it does not, later stages compute
        whole tiles, always in the same pieces. Tried once per model, provider and process.
        """
        key = self.manifest.fingerprint, self.threads, self.provider
        if key not in _exactness:
            _exactness[key] = self._try_parts()
        return _exactness[key]

    def _try_parts(self) -> bool:
        side = self.manifest.block
        widest = max((stage.halo for stage in self.manifest.stages[1:]), default=0)
        margin = (widest // side + 1) * side  # whole blocks, and more than a part sees
        everything = slice(0, side + 2 * margin)
        tile = self.noise(everything.stop)
        core = slice(margin, margin + side)
        for number in range(len(self.manifest.stages)):
            whole = tile.logits(number, everything, everything)
            if number and not np.array_equal(tile.logits(number, core, core), whole[:, core, core]):
                return False
        return True

    def run_stage(self, number: int, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Run one stage (0-based) on the tensors it names; returns its outputs by name."""
        stage = self.manifest.stages[number]
        with self._making:
            if number not in self._sessions:
                self._sessions[number] = self._session(number)
        session, plain = self._sessions[number], stage.plain
        inputs = {name: tensors[name] for name in stage.inputs}
        try:
            if plain is not None:
                image = inputs["image"]
                (answer,) = session.run([plain.answer], {plain.image: fed(image, plain)})
                return {"logits": logits(answer, plain, *image.shape[2:])}
            return dict(zip(stage.outputs, session.run(stage.outputs, inputs)))
        except Exception as error:  # onnxruntime's own error classes share no public base
            self.refuse_accelerator(error)
            raise StageFailed(path=self.manifest.folder / stage.file, reason=onnx_in_words(error)) from None

    def refuse_accelerator(self, error: object) -> None:
        """Stop here if this is not the CPU: what goes wrong is no fault of the model until that has tried.

        Raises:
            AcceleratorFailed: with `error` in brief.
        """
        if self.provider != CPU:
            label = PROVIDERS[self.provider].label
            raise AcceleratorFailed(name=label, reason=in_brief(error)) from None

    def _checked_bytes(self, number: int) -> bytes:
        stage = self.manifest.stages[number]
        path = self.manifest.folder / stage.file
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise ModelMissing(path=path) from None
        except OSError as error:
            raise ModelDamaged(path=path, reason=error.strerror or str(error)) from None
        if hashlib.sha256(content).hexdigest() != stage.sha256:
            raise ModelDamaged(path=path, reason="its sha256 is not the one in the manifest")
        return content

    def _session(self, number: int) -> Any:
        stage = self.manifest.stages[number]
        path = self.manifest.folder / stage.file
        options = self._onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        names = [PROVIDERS[CPU].name]
        if self.provider != CPU:
            wanted = PROVIDERS[self.provider]
            names.insert(0, (wanted.name, wanted.options))
            options.use_deterministic_compute = True
            options.enable_mem_pattern = False  # DirectML refuses it, and tiles differ in size anyway
        try:
            session = self._onnxruntime.InferenceSession(self._contents[number], options, providers=names)
        except Exception as error:  # onnxruntime's own error classes share no public base
            self.refuse_accelerator(error)
            raise too_new(error, path, self._onnxruntime) or ModelDamaged(
                path=path, reason=onnx_in_words(error)
            ) from None
        if PROVIDERS[self.provider].name not in session.get_providers():  # said on the console only
            self.refuse_accelerator("onnxruntime left it out, a driver or library may be missing")
        session.disable_fallback()  # nor does it say more when it changes to the CPU in the middle of a run
        self._contents[number] = b""
        found = {one.name for one in session.get_inputs()}, {one.name for one in session.get_outputs()}
        needed = (set(stage.inputs), set(stage.outputs))
        if stage.plain is not None:  # further answers are not asked for
            needed = ({stage.plain.image}, found[1] | {stage.plain.answer})
        if found != needed:
            reason = f"inputs and outputs of {stage.file} are not those it lists"
            raise ManifestInvalid(path=self.manifest.folder / FILE_NAME, reason=reason)
        return session


class Inference:
    """One tile on its way through the stages; forgets a tensor once no later stage asks for it."""

    def __init__(self, model: StagedModel, tensors: dict[str, np.ndarray], height: int, width: int):
        self._model, self._tensors = model, tensors
        self._strides = {c.name: c.stride for stage in model.manifest.stages for c in stage.carried}
        self._strides["image"] = 1
        self._height, self._width = height, width

    def cut(self, number: int, rows: slice, columns: slice) -> Inference:
        """A part of the image as an image of its own, for stages from `number` (0-based) on.

        What those before handed on of it goes along; nothing around it is seen any more.
        """
        needed = self._needed(number)
        tensors = {name: self._part(name, rows, columns) for name in self._tensors if name in needed}
        return Inference(self._model, tensors, rows.stop - rows.start, columns.stop - columns.start)

    def _needed(self, number: int) -> set[str]:
        return {name for later in self._model.manifest.stages[number:] for name in later.inputs}

    def logits(self, number: int, rows: slice, columns: slice) -> np.ndarray:
        """Run one stage for a part of the image; the stages that it reads from have run on all of it.

        Args:
            number: of the stage, 0-based, never less than in an earlier call.
            rows, columns: pixels that are asked for. The stage sees its halo around them, as far as the image
                goes.
        Returns:
            float32 (channels, h, w) of that part.
        """
        stage, needed = self._model.manifest.stages[number], self._needed(number)
        self._tensors = {name: tensor for name, tensor in self._tensors.items() if name in needed}
        seen_rows, seen_columns = (
            slice(max(asked.start - stage.halo, 0), min(asked.stop + stage.halo, length))
            for asked, length in ((rows, self._height), (columns, self._width))
        )
        left, top = columns.start - seen_columns.start, rows.start - seen_rows.start
        margins = left, top, seen_columns.stop - columns.stop, seen_rows.stop - rows.stop
        inputs = {name: self._part(name, seen_rows, seen_columns) for name in stage.inputs if name != MARGINS}
        if stage.trims:
            inputs[MARGINS] = np.array(margins, np.int64)
        outputs = self._model.run_stage(number, inputs)
        logits = outputs.pop("logits")[0]
        self._tensors.update(outputs)
        if stage.trims:
            return logits
        height, width = rows.stop - rows.start, columns.stop - columns.start
        return logits[:, top : top + height, left : left + width]

    def _part(self, name: str, rows: slice, columns: slice) -> np.ndarray:
        tensor = self._tensors[name]
        if name not in self._strides:
            return tensor  # presence is of the tile, not of its pixels
        rows, columns = (
            slice(one.start // self._strides[name], one.stop // self._strides[name])
            for one in (rows, columns)
        )
        return np.ascontiguousarray(tensor[:, :, rows, columns])
