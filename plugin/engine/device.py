"""What can compute the networks: the CPU always, and what else the user's onnxruntime offers.

Only the CPU was tried. Whether another one works is seen by trying it (runtime.py): that it is offered says
no more than that onnxruntime was built for it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Optional

from .errors import AcceleratorFailed, RuntimeMissing

CPU = "cpu"

# Beside the folder of the plugins, in a QGIS profile: `python/exitwise_deps/cp311`.
_INSTALLED = Path(__file__).resolve().parents[3] / "exitwise_deps" / "cp{}{}".format(*sys.version_info)


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


def load_onnxruntime() -> ModuleType:
    """Import it, where it is first needed: from this Python, or from where it is installed for the plugin.

    Raises:
        RuntimeMissing: it cannot be imported.
    """
    try:
        if find_spec("onnxruntime") is None and str(_INSTALLED) not in sys.path:
            sys.path.append(str(_INSTALLED))
        import onnxruntime
    except Exception as error:  # a broken install raises more than ImportError
        raise RuntimeMissing(reason=f"{type(error).__name__}: {error}") from None
    return onnxruntime


def offered_providers() -> list[str]:
    """Keys of `PROVIDERS` that this onnxruntime was built with; only the CPU where there is none."""
    try:
        names = load_onnxruntime().get_available_providers()
    except (RuntimeMissing, AttributeError):  # the run will say so
        names = []
    return [key for key, provider in PROVIDERS.items() if key == CPU or provider.name in names]
