"""What is needed to repeat a run, and no data: raster, model, settings, threshold, blocks sent deeper.

    recipe.json    in the run folder, written when a run ends and when the dock leaves it; can be passed on

A recipe names its model by name and fingerprint, and its raster by path and shape: another one of that name
would give another result.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, asdict, dataclass, fields
from pathlib import Path
from typing import Any, Optional, Sequence

from .errors import RecipeInvalid, SourceError
from .far_away import is_far, unsigned
from .files import write_whole
from .job import CloudSkip, Job
from .manifest import Manifest
from .raster_info import describe
from .shape import Shape, shape_from, shape_of
from .store import RunFolder

FILE_NAME = "recipe.json"
_FORMAT = 1
_LEFT_OUT = ("model_folder", "output_folder", "threads")  # of a job: where it ran, not what
_KINDS = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "tuple[int, ...]": list,
    "Optional[CloudSkip]": (dict, type(None)),
}


@dataclass(frozen=True)
class Recipe:
    """A run as it can be repeated.

    Attributes:
        settings: fields of a `Job`, all but where model and results lie and the number of threads.
        model: name, version and fingerprint. sent_deeper: numbers of units.
        raster: what is to be at the path; None in recipes of versions that did not keep that.
    """

    settings: dict[str, Any]
    model: dict[str, str]
    sent_deeper: tuple[int, ...]
    raster: Optional[Shape] = None

    def job(self, manifest: Manifest, output_folder: Path) -> Job:
        """The job that repeats it.

        Args:
            manifest: the model of that name here.
        Raises:
            RecipeInvalid: that model is another one by now, or the raster is.
        """
        if manifest.fingerprint_of(self.settings["gate"]) != self.model["fingerprint"]:
            reason = f"it was made with another {self.model['name']} model ({self.model['version']})"
            raise RecipeInvalid(path=self.settings["name"], reason=reason)
        self._require_raster()
        extent, clouds = self.settings["extent"], self.settings["clouds"]
        own = {"bands": tuple(self.settings["bands"]), "extent": extent and tuple(extent)}
        own["clouds"] = clouds and CloudSkip(clouds["limit"], tiles=tuple(clouds["tiles"]))
        return Job(**{**self.settings, **own}, model_folder=manifest.folder, output_folder=output_folder)

    def _require_raster(self) -> None:
        """Check that the raster is the one it was; one that cannot be opened is the run's business."""
        path = self.settings["path"]
        if self.raster is None or is_far(path):  # far ones may want a signature, which no recipe keeps
            return
        try:
            found = shape_of(describe(path))
        except SourceError:
            return
        if found != self.raster:
            reason = f"{path} is another raster now ({found}) than it was ({self.raster})"
            raise RecipeInvalid(path=self.settings["name"], reason=reason)


def recipe_of(run: RunFolder, job: Job, threshold: float, sent_deeper: Sequence[int]) -> dict[str, Any]:
    """The recipe of what a run shows at a threshold (nats), as JSON takes it."""
    model = run.manifest
    settings = {key: value for key, value in asdict(job).items() if key not in _LEFT_OUT}
    settings["path"] = unsigned(job.path)  # a signature is nobody else's business
    if job.clouds is not None:  # the tiles that were left out, however they were found
        settings["clouds"] = {"limit": job.clouds.limit, "tiles": [int(number) for number in run.cloudy]}
    return {
        "format": _FORMAT,
        "model": {
            "name": model.name,
            "version": model.version,
            "fingerprint": model.fingerprint_of(job.gate),
        },
        **({"raster": asdict(run.raster)} if run.raster else {}),
        **settings,
        "threshold": threshold,
        "sent_deeper": sorted(int(number) for number in sent_deeper),
    }


def write_recipe(run: RunFolder, job: Job, threshold: float, sent_deeper: Sequence[int]) -> Path:
    """Put the recipe into the run folder.

    Raises:
        NotWritable: the folder is full or gone.
    """
    path = run.folder / FILE_NAME
    content = json.dumps(recipe_of(run, job, threshold, sent_deeper), indent=1)
    write_whole(path, content.encode())
    return path


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        RecipeInvalid: it cannot be read, or a field is missing or of the wrong kind.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError(f"it has format {data['format']}, this version reads {_FORMAT}")
        settings = {one.name: _setting(one, data) for one in fields(Job) if one.name not in _LEFT_OUT}
        tiles = settings["clouds"]["tiles"] if settings["clouds"] else []
        if settings["clouds"] and not isinstance(settings["clouds"]["limit"], (int, float)):
            raise ValueError("the limit of clouds must be a number")
        numbers = [*settings["bands"], *(settings["extent"] or ()), *data["sent_deeper"]]
        if any(isinstance(one, bool) or not isinstance(one, (int, float)) for one in numbers):
            raise ValueError("bands, extent and sent_deeper must hold numbers only")
        if settings["extent"] is not None and len(settings["extent"]) != 4:
            raise ValueError("extent must have 4 entries")
        if any(
            not isinstance(one, int) or one < 0 for one in (*settings["bands"], *tiles, *data["sent_deeper"])
        ):
            raise ValueError("bands, tiles and sent_deeper must hold whole numbers from 0 on")
        raster = shape_from(data["raster"]) if "raster" in data else None
        model = {name: str(data["model"][name]) for name in ("name", "version", "fingerprint")}
    except OSError as error:
        raise RecipeInvalid(path=path, reason=error.strerror or str(error)) from None
    except KeyError as error:
        raise RecipeInvalid(path=path, reason=f"{error.args[0]} is missing") from None
    except (ValueError, TypeError) as error:
        raise RecipeInvalid(path=path, reason=str(error)) from None
    return Recipe(settings, model, tuple(data["sent_deeper"]), raster)


def _setting(field: Field, data: dict[str, Any]) -> Any:
    """One field of a job; a recipe from before there was such a field has its default."""
    if field.name not in data and field.default is not MISSING:
        return field.default
    value, kind = data[field.name], _KINDS.get(field.type, (list, type(None)))
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{field.name} is of the wrong kind")
    return value
