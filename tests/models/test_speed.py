"""Times per stage: only that they are there and positive; what they are depends on the machine."""

from __future__ import annotations

from models.networks.coarse_to_fine import CoarseToFine, CoarseToFineConfig
from models.speed import stage_seconds


def test_every_stage_has_a_time():
    network = CoarseToFine(CoarseToFineConfig(context_widths=(8, 6), local_widths=(6, 4)))
    seconds = stage_seconds(network, threads=1, repeats=1)
    assert len(seconds) == 2 and min(seconds) > 0
