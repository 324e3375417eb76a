"""A kept run folder taken up again: the job that made it, from what it wrote down."""

from __future__ import annotations

import json
from pathlib import Path

from .errors import RunDamaged
from .job import CloudSkip, Job
from .store import RUN_FILE


def job_of(folder: Path, threshold: float) -> Job:
    """The job of a run, as it was ordered, at a threshold (nats).

    Raster and model are looked for where they were; the folder itself may have been moved, but not renamed:
    its name says what it holds.

    Raises:
        RunDamaged: the folder holds no run that can be read.
    """
    folder = Path(folder).resolve()
    try:
        data = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        kept, clouds = data["job"], None
        if "clouds" in kept:  # with what came of the mask, which may be gone
            clouds = CloudSkip(**kept["clouds"], tiles=tuple(data.get("cloudy", ())))
        return Job(
            **{
                **kept,
                "model_folder": Path(kept["model_folder"]),
                "output_folder": folder.parent,
                "bands": tuple(kept["bands"]),
                "extent": tuple(kept["extent"]) if kept["extent"] else None,
                "threshold": threshold,
                "clouds": clouds,
                "gate": bool(kept.get("gate")),  # what is kept is the gate itself
            }
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunDamaged(path=folder, reason=f"its {RUN_FILE} cannot be read ({error})") from None
