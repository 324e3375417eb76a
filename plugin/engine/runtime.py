"""One onnxruntime session per stage: logits out, tensors carried on to the next stage.

onnxruntime runs a whole graph whatever output is asked for, so stopping early means not calling the next
file. A file whose bytes are not those that the manifest names is never loaded.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any

import numpy as np

from .errors import ManifestInvalid, ModelDamaged, ModelMissing, RuntimeMissing, StageFailed
from .manifest import FILE_NAME, Manifest


def default_threads() -> int:
    """Physical cores, as far as the standard library tells: logical ones, halved above four."""
    logical = os.cpu_count() or 1
    return logical // 2 if logical > 4 else logical


class StagedModel:
    """A model ready to run; sessions are made when their stage is first needed.

    Args:
        manifest: of the model.
        threads: per session; 0 for `default_threads()`.
    Raises:
        RuntimeMissing: onnxruntime cannot be imported.
        ModelMissing, ModelDamaged: a stage file is not there, or not the one that was published.
    """

    def __init__(self, manifest: Manifest, threads: int = 0):
        try:
            import onnxruntime
        except Exception as error:  # a broken install raises more than ImportError
            raise RuntimeMissing(reason=f"{type(error).__name__}: {error}") from None
        self.manifest = manifest
        self.threads = threads or default_threads()
        self._onnxruntime = onnxruntime
        # All files are checked at once: a damaged last stage must not be found out hours into a run.
        self._contents = [self._checked_bytes(number) for number in range(len(manifest.stages))]
        self._sessions: dict[int, Any] = {}

    def start(self, image: np.ndarray, presence: np.ndarray) -> Inference:
        """Begin with a tile.

        Args:
            image: float32 (bands, h, w), normalised; h and w multiples of the manifest's `tile.multiple`.
            presence: float32 (1, bands), used by models whose bands may be missing.
        """
        return Inference(self, {"image": image[np.newaxis], "presence": presence})

    def run_stage(self, number: int, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Run one stage (0-based) on the tensors it names; returns its outputs by name."""
        stage = self.manifest.stages[number]
        if number not in self._sessions:
            self._sessions[number] = self._session(number)
        inputs = {name: tensors[name] for name in stage.inputs}
        try:
            return dict(zip(stage.outputs, self._sessions[number].run(stage.outputs, inputs)))
        except Exception as error:  # onnxruntime's own error classes share no public base
            raise StageFailed(path=self.manifest.folder / stage.file, reason=str(error)) from None

    def _checked_bytes(self, number: int) -> bytes:
        stage = self.manifest.stages[number]
        path = self.manifest.folder / stage.file
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise ModelMissing(path=path) from None
        except OSError as error:
            raise ModelDamaged(path=path, reason=str(error)) from None
        if hashlib.sha256(content).hexdigest() != stage.sha256:
            raise ModelDamaged(path=path, reason="its sha256 is not the one in the manifest")
        return content

    def _session(self, number: int) -> Any:
        stage = self.manifest.stages[number]
        path = self.manifest.folder / stage.file
        options = self._onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        try:
            session = self._onnxruntime.InferenceSession(
                self._contents[number], options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own error classes share no public base
            raise ModelDamaged(path=path, reason=str(error)) from None
        self._contents[number] = b""
        found = {one.name for one in session.get_inputs()}, {one.name for one in session.get_outputs()}
        if found != (set(stage.inputs), set(stage.outputs)):
            reason = f"inputs and outputs of {stage.file} are not those it lists"
            raise ManifestInvalid(path=self.manifest.folder / FILE_NAME, reason=reason)
        return session


class Inference:
    """One tile on its way through the stages; forgets a tensor once no later stage asks for it."""

    def __init__(self, model: StagedModel, tensors: dict[str, np.ndarray]):
        self._model = model
        self._tensors = tensors
        self._next = 0

    def advance(self) -> np.ndarray:
        """Run the next stage; returns its logits, float32 (channels, h, w)."""
        outputs = self._model.run_stage(self._next, self._tensors)
        self._next += 1
        logits = outputs.pop("logits")
        self._tensors.update(outputs)
        needed = {name for stage in self._model.manifest.stages[self._next :] for name in stage.inputs}
        self._tensors = {name: tensor for name, tensor in self._tensors.items() if name in needed}
        return logits[0]
