"""Exports: Cloud-Optimised GeoTIFFs of what the slider shows, or nothing at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.centrelines import export_centrelines
from plugin.engine.errors import ExportCancelled, NotExported, RunDamaged
from plugin.engine.export import export_entropy, export_mask, export_probability
from plugin.engine.polygons import export_polygons
from plugin.engine.store import open_run_folder
from tests.engine import scenes
from tests.engine.conftest import ROOT

EXPORTS = [pytest.param(export_mask, 0, id="mask"), pytest.param(export_entropy, 1, id="entropy")]


def _go_on(_share: float) -> bool:
    return True


@pytest.fixture(scope="module")
def result(tiny_model, tmp_path_factory, manifest):
    """Folder and table of a run on 700 x 600 pixels: large enough for overviews."""
    folder = tmp_path_factory.mktemp("export")
    raster = scenes.scene_for(manifest, folder / "scene.tif", 700, 600)
    return scenes.finish(scenes.job_for(tiny_model, raster, folder / "out", threshold=0.22))[:2]


@pytest.mark.parametrize("export, kind", EXPORTS)
def test_an_export_is_a_cog_of_what_is_shown(result, tmp_path, export, kind, gdal_exceptions):
    path = tmp_path / "result.tif"
    export(*result, 0.22, path, _go_on)
    dataset = gdal.Open(str(path))
    assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert dataset.GetGeoTransform() == result[0].geotransform
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "32631"
    band = dataset.GetRasterBand(1)
    assert band.GetNoDataValue() == (255, -9999)[kind]
    assert band.GetOverviewCount() >= 1
    assert band.GetUnitType() == ("", "nats")[kind]
    facts = dataset.GetMetadata()
    assert (facts["EXITWISE_MODEL"], facts["EXITWISE_THRESHOLD_NATS"]) == ("tiny 1", "0.22")
    assert facts["EXITWISE_CLASS_1"] == result[0].manifest.classes[1].name
    assert np.array_equal(scenes.read_pixels(path)[0], scenes.shown(*result, 0.22)[kind])
    assert [one.name for one in tmp_path.iterdir()] == ["result.tif"]
    assert not list(result[0].folder.glob("export_*"))


def test_overviews_of_a_mask_hold_no_class_that_the_mask_does_not(result, tmp_path):
    export_mask(*result, 0.22, tmp_path / "mask.tif", _go_on)
    dataset = gdal.Open(str(tmp_path / "mask.tif"))
    overview = dataset.GetRasterBand(1).GetOverview(0).ReadRaster()
    assert set(overview) <= {0, 1, 255}


def test_exports_at_the_same_time_do_not_disturb_each_other(result, tmp_path):
    thresholds = {f"{place}.tif": 0.1 + 0.04 * place for place in range(6)}
    with ThreadPoolExecutor(3) as pool:
        for name, threshold in thresholds.items():
            pool.submit(export_mask, *result, threshold, tmp_path / name, _go_on)
    for name, threshold in thresholds.items():
        found = scenes.read_pixels(tmp_path / name)[0]
        assert np.array_equal(found, scenes.shown(*result, threshold)[0])


def test_progress_rises_to_one(result, tmp_path):
    shares = []
    export_mask(*result, 0.22, tmp_path / "mask.tif", lambda share: shares.append(share) is None)
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize("export, kind", EXPORTS)
@pytest.mark.parametrize("last", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("name", ["mask.tif", "mask [v2].tif"])
def test_a_cancelled_export_leaves_nothing(result, tmp_path, export, kind, last, name, gdal_exceptions):
    with pytest.raises(ExportCancelled, match="mask"):
        export(*result, 0.22, tmp_path / name, lambda share: share < last)
    assert list(tmp_path.iterdir()) == []
    assert not list(result[0].folder.glob("export_*"))


def test_a_cancelled_export_keeps_the_file_that_was_there(result, tmp_path):
    path = tmp_path / "mask.tif"
    path.write_text("of yesterday")
    with pytest.raises(ExportCancelled):
        export_mask(*result, 0.22, path, lambda share: False)
    assert path.read_text() == "of yesterday"


def test_files_beside_the_target_stay_but_statistics_of_the_old_one_go(result, tmp_path):
    target = tmp_path / "out.tif"
    export_mask(*result, 0.5, target, _go_on)
    (tmp_path / "out.tif.partial.zip").write_text("mine")
    (tmp_path / "out.tif.aux.xml").write_text("<PAMDataset/>")
    export_mask(*result, 0.5, target, _go_on)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.tif", "out.tif.partial.zip"]


def test_a_new_export_replaces_the_file_that_was_there(result, tmp_path):
    path = tmp_path / "mask.tif"
    path.write_text("of yesterday")
    export_mask(*result, 0.22, path, _go_on)
    assert scenes.read_pixels(path).shape == (1, 600, 700)


@pytest.mark.parametrize("target", ["nowhere/mask.tif", "file/mask.tif", "folder"])
def test_a_target_that_cannot_be_written_is_named(result, tmp_path, target, gdal_exceptions):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotExported, match=f"{target} cannot be written: .*then try again"):
        export_mask(*result, 0.22, tmp_path / target, _go_on)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "share", [0.01, 0.5, 0.95, 1.0], ids=["at once", "half-way", "late", "one byte short"]
)
@pytest.mark.parametrize("export, kind", EXPORTS)
def test_a_full_disk_keeps_the_old_file_and_leaves_no_other(result, tmp_path, export, kind, share):
    export(*result, 0.22, tmp_path / "whole", _go_on)
    limit = int((tmp_path / "whole").stat().st_size * share) - 1
    (tmp_path / "whole").unlink()
    path = tmp_path / "result [1].tif"
    path.write_text("of yesterday")
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from plugin.engine import export, shown, store\nfrom plugin.engine.errors import NotWritable\n"
        f"run = store.open_run_folder(Path({str(result[0].folder)!r}))\n"
        "shown.write_views(run, run.table, 0.22, 'export_')\n"  # imports and views before the disk is full
        "original = shown.write_views\n"
        "def then_full(*arguments):\n"
        "    views = original(*arguments)\n"
        f"    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "    return views\n"
        "shown.write_views = then_full\n"
        "try:\n"
        f"    export.{export.__name__}(run, run.table, 0.22, Path({str(path)!r}), lambda share: True)\n"
        "except NotWritable as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{path} cannot be written: the disk has no room for it.")
    assert "then try again" in done.stdout
    assert path.read_text() == "of yesterday"
    assert [one.name for one in tmp_path.iterdir()] == ["result [1].tif"]


@pytest.mark.parametrize("left", [100, 0, None], ids=["cut off", "empty", "gone"])
@pytest.mark.parametrize(
    "export", [export_mask, export_entropy, export_probability, export_polygons, export_centrelines]
)
def test_a_damaged_result_is_named_and_no_full_disk(result, tmp_path, export, left):
    folder = shutil.copytree(result[0].folder, tmp_path / "run")
    run, damaged = open_run_folder(folder), folder / "exit_1.tif"
    if left is None:
        damaged.unlink()
    else:
        damaged.write_bytes(damaged.read_bytes()[:left])
    (tmp_path / "out").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for _ in range(2):  # GDAL says only once why a file cannot be read
        with pytest.raises(RunDamaged, match=f"{folder} .*its exit_1.tif cannot be read"):
            export(run, run.table, 0.22, tmp_path / "out" / "result", _go_on)
    assert sorted(tmp_path.rglob("*")) == before
