"""A CUDA that is not there: onnxruntime as it behaves with one, at work or failing in each of its ways.

It computes on the CPU, and its logits differ a little from the CPU's, as those of a real one do.
"""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

CPU_NAME, CUDA_NAME = "CPUExecutionProvider", "CUDAExecutionProvider"
WAYS = ("no session", "silently", "first call")  # how it can fail before a run begins
NOISE = 0.01  # added to its logits
_Session = onnxruntime.InferenceSession


class Accelerator:
    """`fails` may be one of `WAYS`, "no numbers", or how many calls succeed before one fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails: object = None):
        self.fails, self.calls = fails, 0
        monkeypatch.setattr(onnxruntime, "InferenceSession", self._session)
        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA_NAME, CPU_NAME])

    def _session(self, content, options, providers):
        session = _Session(content, options, providers=[CPU_NAME])
        if providers == [CPU_NAME]:
            return session
        assert [providers[0][0], providers[1]] == [CUDA_NAME, CPU_NAME]
        if self.fails == "no session":
            raise RuntimeError("libcudnn is not there.\nA long story follows")
        if self.fails != "silently":
            session.get_providers = lambda: [CUDA_NAME, CPU_NAME]
        run = session.run
        session.run = lambda names, inputs: self._run(run, names, inputs)
        return session

    def _run(self, run, names, inputs):
        self.calls += 1
        if self.fails == "first call" or self.calls - 1 == self.fails:
            raise RuntimeError("out of memory")
        noise = np.nan if self.fails == "no numbers" else NOISE
        return [one + noise if name == "logits" else one for name, one in zip(names, run(names, inputs))]
