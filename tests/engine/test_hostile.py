"""Whatever raster is met: a run ends with a sane result, or with a message that names the cause."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.compose import ENTROPY_NODATA, write_views
from plugin.engine.errors import EngineError, SourceUnreadable
from plugin.engine.gdal_io import spatial_reference
from plugin.engine.job import Job
from plugin.engine.manifest import Manifest, read_manifest
from plugin.engine.raster_info import RasterInfo, describe, suggest_bands, suggest_model
from plugin.engine.run import Recorded
from plugin.engine.store import RunFolder, open_run_folder
from plugin.engine.table import UnitState, UnitTable
from plugin.engine.values import suggest_values
from tests.engine import hostile, hostile_files, scenes, tiny_onnx
from tests.engine.conftest import ROOT

CASES = [*hostile.CASES, *hostile_files.CASES]
PATIENCE = 20  # seconds; what takes longer hangs, whatever else the machine has to do


@pytest.fixture(scope="module")
def models(tiny_model, tmp_path_factory):
    """Manifests: one reads pictures, one reflectances."""
    other = tiny_onnx.write_model(tmp_path_factory.mktemp("model") / "reflectance", kind="reflectance")
    return read_manifest(tiny_model), read_manifest(other)


def _run(raster: hostile.Hostile, manifest: Manifest, output) -> tuple:
    """What dock and toolbox do with a raster: read its header, choose what it suggests, run."""
    info = describe(raster.path)
    suggest_model(info, [manifest])
    job = Job(
        path=raster.path,
        name=info.name,
        model_folder=manifest.folder,
        output_folder=output,
        bands=suggest_bands(info, manifest) or (0,) * len(manifest.bands),
        values=suggest_values(info, manifest) or "stretch",
        threshold=manifest.threshold,
        threads=1,
    )
    folder, table, _ = scenes.finish(job)
    return info, folder, table, manifest


def _check_sane(info: RasterInfo, folder: RunFolder, table: UnitTable, manifest: Manifest, holds) -> None:
    """The map lies where the raster does and holds legal values, and nodata where the raster holds none."""
    views = write_views(folder, table, manifest.threshold)
    mask, entropy = scenes.read_pixels(views.mask)[0], scenes.read_pixels(views.entropy)[0]
    assert np.isin(mask, (0, 1, 255)).all()
    assert np.array_equal(mask == 255, entropy == ENTROPY_NODATA)
    assert ((0 <= entropy[mask < 255]) & (entropy[mask < 255] <= manifest.max_entropy)).all()
    if holds is not None:
        assert np.array_equal(mask != 255, holds)
    shown = gdal.Open(str(views.mask))
    x, pixel_x, _, y, _, pixel_y = shown.GetGeoTransform()
    found = np.array((x, y, x + mask.shape[1] * pixel_x, y + mask.shape[0] * pixel_y))
    x, pixel_x, _, y, _, pixel_y = info.geotransform
    expected = np.array((x, y, x + info.width * pixel_x, y + info.height * pixel_y))
    assert np.allclose(found, expected, rtol=0, atol=abs(pixel_x) / 1000)
    assert spatial_reference(info.crs_wkt).IsSame(shown.GetSpatialRef())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_raster_ends_with_a_result_or_a_message(case, models, tmp_path, capfd):
    (tmp_path / "in").mkdir()
    number = CASES.index(case)
    raster = case.make(tmp_path / "in", np.random.default_rng((hostile.SEED, number)))
    capfd.readouterr()  # what GDAL had to say while the raster was made
    began, output = time.monotonic(), tmp_path / "out"
    try:
        result = _run(raster, models[raster.reflectance], output)
    except EngineError as error:
        assert raster.words or raster.either, f"{error!r}"
        assert all(word in str(error) for word in raster.words), str(error)
        for left in output.glob("*"):
            assert open_run_folder(left).table.states.any(), "a run without a single result is left"
    else:
        assert not raster.words or raster.either
        _check_sane(*result, raster.holds)
    gdal.DontUseExceptions()
    assert time.monotonic() - began < PATIENCE
    assert capfd.readouterr().err == ""


# Damage while a run goes on ------------------------------------------------------------------------------


def _other(path) -> None:
    """Another picture of the same size in the same layout."""
    scenes.write_raster(path, scenes.picture(200, 150, seed=9), options=hostile.LAYOUTS["tiles"])


def _overwritten(folder) -> None:
    _other(folder / "other.tif")
    (folder / "sound.tif").write_bytes((folder / "other.tif").read_bytes())


def _replaced(folder) -> None:
    _other(folder / "other.tif")
    (folder / "other.tif").replace(folder / "sound.tif")


def _zip(folder) -> str:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(folder / "sound.tif", "sound.tif")
    return f"/vsizip/{folder}/all.zip/sound.tif"


def _zip_replaced(folder) -> None:
    _replaced(folder)
    _zip(folder)


def _mosaic(folder) -> str:
    gdal.BuildVRT(str(folder / "all.vrt"), [str(folder / "sound.tif")]).FlushCache()
    return str(folder / "all.vrt")


def _cut_off(folder) -> None:
    path = folder / "sound.tif"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = [
    pytest.param(lambda folder: str(folder / "sound.tif"), _cut_off, id="cut off"),
    pytest.param(lambda folder: str(folder / "sound.tif"), _overwritten, id="overwritten"),
    pytest.param(lambda folder: str(folder / "sound.tif"), _replaced, id="replaced"),
    pytest.param(
        lambda folder: str(folder / "sound.tif"), lambda f: (f / "sound.tif").unlink(), id="deleted"
    ),
    pytest.param(_mosaic, _overwritten, id="part of a mosaic overwritten"),
    pytest.param(_mosaic, lambda folder: (folder / "sound.tif").unlink(), id="part of a mosaic deleted"),
    pytest.param(_zip, _zip_replaced, id="archive replaced"),
]


@pytest.mark.parametrize("opened, damage", DAMAGES)
def test_a_raster_that_changes_during_a_run_stops_it_and_no_pixel_of_the_new_one_is_kept(
    opened, damage, tiny_model, tmp_path, monkeypatch
):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    inside, kept = tmp_path / "in", tmp_path / "kept"
    inside.mkdir()
    pixels = scenes.picture(200, 150)
    scenes.write_raster(inside / "sound.tif", pixels, options=hostile.LAYOUTS["tiles"])
    job = scenes.job_for(tiny_model, opened(inside), tmp_path / "out", name="scene", threshold=0.0)
    shutil.copytree(inside, kept)
    recorded: list = []

    def watch(run, event):
        if isinstance(event, Recorded):
            recorded.append(event)
            if len(recorded) == 3:
                damage(inside)

    assert "scene cannot be read: it was changed, replaced or deleted" in _refused(job, watch)
    (folder,) = job.output_folder.iterdir()
    assert (open_run_folder(folder).table.states == UnitState.COMPUTED).sum() == 3
    _starts_anew(job, folder)
    shutil.rmtree(inside)
    shutil.copytree(kept, inside)  # with its times of change
    for one in (job, replace(job, output_folder=tmp_path / "whole")):
        _in_a_process(one)
    again, whole = (open_run_folder(one) for one in (folder, *(tmp_path / "whole").iterdir()))
    assert np.array_equal(again.table.scores, whole.table.scores)
    for number in (1, 2):
        left, right = (scenes.read_pixels(one.exit_file(number)) for one in (again, whole))
        assert np.array_equal(left, right)


def _in_a_process(job: Job) -> None:
    """A run as after a new start of QGIS: a thread may have the number of one that could not open a part."""
    order = {name: str(one) if isinstance(one, Path) else one for name, one in asdict(job).items()}
    command = [sys.executable, "-m", "tests.engine.child", json.dumps(order)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1])["outcome"] == "Finished"


def _in_a_thread(job: Job, watch=lambda run, event: None):
    """A run in a thread of its own, as in QGIS: GDAL remembers by thread what it could not open."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(scenes.finish, job, watch).result()


def _refused(job: Job, watch) -> str:
    """The message; nothing else of the error, which would keep the raster open."""
    try:
        _in_a_thread(job, watch)
    except SourceUnreadable as error:
        return str(error)
    pytest.fail("the run finished")


def _starts_anew(job: Job, folder: Path) -> None:
    """What took the raster's place goes to a folder of its own, or is refused where there is nothing."""
    try:
        run, _, _ = _in_a_thread(job)
    except SourceUnreadable:
        return
    assert run.folder != folder


def test_a_damaged_place_that_no_sample_meets_stops_the_run_there_and_keeps_what_was_recorded(
    tiny_model, tmp_path, monkeypatch
):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    options = ("TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE")
    path = scenes.write_raster(tmp_path / "scene.tif", scenes.picture(100, 1400), options=options)
    dataset = gdal.Open(str(path))
    start = int(dataset.GetRasterBand(1).GetMetadataItem("BLOCK_OFFSET_3_81", "TIFF"))
    dataset = None
    content = bytearray(path.read_bytes())
    content[start : start + 20] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(SourceUnreadable, match=r"scene cannot be read: .*X offset 3, Y offset 81"):
        scenes.finish(scenes.job_for(tiny_model, path, tmp_path / "out"))
    (folder,) = (tmp_path / "out").iterdir()
    recorded = np.flatnonzero(open_run_folder(folder).table.states == UnitState.COMPUTED)
    assert recorded.tolist()[:40] == list(range(40)) and 40 not in recorded, "the damage is in tile 40"
