"""What can compute the networks: the CPU always, and what else the user's onnxruntime offers.

Only the CPU was tried. Whether another one works is seen by trying it (runtime.py): that it is offered says
no more than that onnxruntime was built for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .errors import AcceleratorFailed

CPU = "cpu"


@dataclass(frozen=True)
class Provider:
    """An execution provider of onnxruntime: how people and onnxruntime call it, and what it is given."""

    label: str
    name: str
    options: dict[str, str] = field(default_factory=dict)


PROVIDERS = {
    CPU: Provider("CPU", "CPUExecutionProvider"),
    # By itself it takes the convolution that is fastest at that moment, so bits would differ from one session
    # to the next, and rounds to TensorFloat-32, which the models' thresholds were not chosen with.
    "cuda": Provider("CUDA", "CUDAExecutionProvider", {"cudnn_conv_algo_search": "DEFAULT", "use_tf32": "0"}),
    "dml": Provider("DirectML", "DmlExecutionProvider"),
    "coreml": Provider("CoreML", "CoreMLExecutionProvider"),
}
"""By the key that a `Job` names; the CPU first."""


@dataclass(frozen=True)
class Device:
    """What computes a run. `failure` says why it is the CPU where another provider was asked for."""

    provider: str
    threads: int
    failure: Optional[AcceleratorFailed] = None


def offered_providers() -> list[str]:
    """Keys of `PROVIDERS` that this onnxruntime was built with; only the CPU where there is none."""
    try:
        import onnxruntime

        names = onnxruntime.get_available_providers()
    except Exception:  # a broken install raises more than ImportError; the run will say so
        names = []
    return [key for key, provider in PROVIDERS.items() if key == CPU or provider.name in names]
