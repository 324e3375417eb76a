"""The built zip in a real QGIS desktop, installed by QGIS's own installer and used like a person would.

One desktop run serves all tests here; each looks at one promise. Screenshots and the log stay in output/.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from tests.acceptance.conftest import OUTPUT
from tests.acceptance.session import Desktop, profile_folder

SECONDS = 300
BUSY = 0.3  # share of the processors that other programs may take while we judge the pauses
# To the left for deeper exits, to the right, between the two, and back.
SLIDER = {"deep": 0.01, "early": 0.95, "mixed": "half", "default": None}


@pytest.fixture(scope="module")
def result(plugin_zip, runtime, road_picture, tmp_path_factory) -> dict:
    """What the desktop driver found, with QGIS's exit code."""
    folder = tmp_path_factory.mktemp("desktop")
    profiles = folder / "profile"
    runtime(profile_folder(profiles))
    results = folder / "results"
    results.mkdir()
    shutil.rmtree(OUTPUT / "desktop", ignore_errors=True)
    job = {
        "install": str(plugin_zip),
        "runs": [
            {
                "name": "fields",
                "raster": str(road_picture),
                "model": "roads",
                "folder": str(results),
                "cancel": True,
                "slider": SLIDER,
                "look_closer": True,
            }
        ],
    }
    desktop = Desktop(profiles, job, OUTPUT / "desktop")
    try:
        found = desktop.result(SECONDS)
        found["exit code"] = desktop.exit_code(60)
    finally:
        desktop.close()
    return found


@pytest.fixture(scope="module")
def run(result) -> dict:
    """The one run of the job."""
    return result["runs"][0]


def test_the_run_finishes_and_qgis_ends_cleanly(result, run):
    assert run["state"] == "finished"
    assert result["exit code"] == 0


def test_nothing_is_written_to_the_log_as_a_warning_or_traceback(result):
    ours = [entry for entry in result["log"] if "exitwise" in (entry["tag"] + entry["text"]).lower()]
    assert [entry for entry in ours if entry["level"] not in ("info", "success")] == []
    assert [entry for entry in result["log"] if "Traceback" in entry["text"]] == []


def test_no_dialog_waits_for_an_answer_that_nobody_expects(result):
    assert result["dialogs"] == []


def test_a_click_on_cancel_stops_and_the_next_on_run_goes_on(run):
    cancelled = run["cancelled"]
    assert cancelled["state"] == "cancelled"
    assert "wait for their exit" in cancelled["status"]
    assert cancelled["run_folder"] == run["run_folder"]


def test_moving_the_slider_moves_blocks_between_exits(run):
    blocks = [[row[1] for row in place["exits"]] for place in run["slider"]]
    assert blocks[0] != blocks[1]
    assert run["slider"][0]["threshold"] < run["slider"][2]["threshold"] < run["slider"][1]["threshold"]


def test_a_threshold_from_the_scores_themselves_sends_half_of_the_blocks_to_the_last_exit(run):
    *_, last, total = run["slider"][2]["exits"]
    assert abs(int(last[1]) - int(total[1]) / 2) <= 1


def test_the_way_back_ends_where_the_run_began(run):
    assert run["slider"][3]["threshold"] == run["threshold"]
    assert run["slider"][3]["exits"] == run["exits"]


@pytest.mark.parametrize("what", ["mask", "heatmap"])
def test_an_exported_file_is_a_cloud_optimised_geotiff_in_its_place(run, road_picture, what):
    exported, source = gdal.Open(run["files"][what]), gdal.Open(str(road_picture))
    assert exported.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert exported.GetSpatialRef().IsSame(source.GetSpatialRef())
    left, width, _, top, _, height = exported.GetGeoTransform()
    assert (left, top) == (440000, 4170000)
    assert left + width * exported.RasterXSize == pytest.approx(441000, abs=abs(width))
    assert top + height * exported.RasterYSize == pytest.approx(4169200, abs=abs(height))


@pytest.mark.parametrize("what, kind", [("mask", np.uint8), ("heatmap", np.float32)])
def test_an_exported_file_is_not_constant(run, what, kind):
    values = np.frombuffer(gdal.Open(run["files"][what]).ReadRaster(), kind)
    assert values.min() < values.max()


def test_the_heatmap_is_in_nats_and_not_cut_to_whole_numbers(run):
    dataset = gdal.Open(run["files"]["heatmap"])
    values = np.frombuffer(dataset.ReadRaster(), np.float32)
    values = values[values != dataset.GetRasterBand(1).GetNoDataValue()]
    assert values.min() >= 0
    assert values.max() <= np.log(2) + 1e-6
    assert len(np.unique(values)) > 50


def test_dragging_the_line_of_the_chart_moves_blocks_to_deeper_exits(run):
    chart = run["closer"]["chart"]
    assert chart["threshold"] < chart["taken"]
    first = [[int(row[1].replace(",", "")) for row in exits] for exits in chart["exits"]]
    assert first[0] != first[1]
    assert "of the MACs" in chart["words"]


def test_a_click_on_the_map_tells_a_blocks_story_with_pictures(run):
    story = run["closer"]["story"]
    assert story["outside"] == "This place lies outside of the run."
    assert re.match(r"Block \d+: columns \d+ to \d+, rows .*: (other|road), ", story["told"])
    assert story["pictures"][:3] == ["Image", "Mask at exit 1", "Entropy at exit 1"]
    assert story["tool given back"]


def test_a_reviewer_sends_a_block_deeper_and_ticks_it_off(run):
    review = run["closer"]["review"]
    before, after = ([int(row[1].replace(",", "")) for row in exits] for exits in review["exits"])
    assert after == [before[0] - 1, before[1] + 1, before[2]]
    assert "It was sent deeper" in review["told"]
    assert review["words"].endswith("done: 1.")


def test_a_line_on_the_map_shows_the_picture_beside_the_results_and_goes_again(run):
    swipe = run["closer"]["swipe"]
    assert abs(swipe["share"] - 1 / 3) < 0.02
    assert swipe["map changed"] and swipe["as before"]


def test_the_report_is_one_page_with_map_chart_and_recipe(run):
    text = Path(run["closer"]["report"]).read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 2
    assert "1 place(s) done, 1 block(s) sent to full depth" in text
    assert "sha256 stage_1.onnx" in text
    shutil.copy(run["closer"]["report"], OUTPUT / "desktop")
    recipe = json.loads((Path(run["run_folder"]) / "recipe.json").read_text())
    assert recipe["threshold"] == run["threshold"] and len(recipe["sent_deeper"]) == 1


def test_the_desktop_stays_responsive(run):
    watched = {**run["gaps"], **{f"slider {place['name']}": place["gaps"] for place in run["slider"]}}
    for what, gaps in watched.items():
        print(f"{what}: {gaps['from_50_ms']} of {gaps['count']} reach 50 ms, longest {gaps['longest_ms']} ms")
    others = max(gaps["others"] for gaps in watched.values())
    if others > BUSY:
        pytest.skip(f"other programs took {others:.0%} of the processors: these pauses are not QGIS's own")
    reach_50_ms = sum(gaps["from_50_ms"] for gaps in watched.values())
    assert reach_50_ms < 0.01 * sum(gaps["count"] for gaps in watched.values())
    assert max(gaps["longest_ms"] for gaps in watched.values()) < 200


def test_unloading_leaves_qgis_as_it_was(result):
    assert result["inventory"]["after"] == result["inventory"]["before"]


def test_there_is_a_screenshot_to_look_at(result):
    pictures = [Path(path) for path in result["screenshots"]]
    assert len(pictures) >= 5
    assert all(picture.stat().st_size > 20_000 for picture in pictures)
