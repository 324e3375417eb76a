"""The calculator: what it multiplies, and that its page tells what it assumes."""

from __future__ import annotations

import pytest

from tests.bench import fleet

LATEST = {
    "device": "CPU, 2 threads",
    "rows": [
        {"measure": "wall / onnxruntime, 4 Mpx, full depth", "note": "1.3 s; 3.00 Mpx/s"},
        {"measure": "wall / onnxruntime, 100 Mpx, full depth, large", "note": "25 s; 4.00 Mpx/s"},
        {"measure": "wall / onnxruntime, 100 Mpx, first exit only, large", "note": "10 s; 10.0 Mpx/s"},
    ],
}
METRICS = {
    "roads": {
        "curve": [
            {"threshold": 0.5, "macs_saved": 0.3},
            {"threshold": 0.5, "macs_saved": 0.2, "seconds_saved": 0.4},
        ],
        "static": [{"gmac": 0.1}, {"gmac": 1.0}],
        "tile": 256,
    },
    "clouds": {
        "curve": [{"threshold": 0.9, "macs_saved": 0.1}],
        "static": [{"gmac": 0.125}],
        "tile": 128,
    },
}
THRESHOLDS = {"roads": 0.5, "clouds": 0.9}


@pytest.fixture
def speeds():
    return fleet.measured(LATEST, METRICS, THRESHOLDS)


def test_the_largest_run_at_full_depth_counts_and_seconds_go_before_macs(speeds):
    assert speeds["roads"].full == pytest.approx(2 / 4.0)
    assert (speeds["roads"].saved, speeds["clouds"].saved) == (0.4, 0.1)


def test_clouds_are_counted_by_macs_until_they_were_measured(speeds):
    assert speeds["clouds"].full == pytest.approx(0.5 * (0.125 / 128**2) / (1.0 / 256**2))
    row = {"measure": "wall / onnxruntime, clouds, 6 bands of 100 Mpx, full depth, large", "note": "8 Mpx/s"}
    latest = {**LATEST, "rows": [*LATEST["rows"], row]}
    assert fleet.measured(latest, METRICS, THRESHOLDS)["clouds"].full == pytest.approx(2 / 8)


def test_a_country_costs_its_pixels_and_clouds_take_their_share_off(speeds):
    full, pruned, early, _ = fleet.country(speeds, km2=3600, gsd=1.0, clouded=0.25)
    assert full.core_hours == pytest.approx(0.5) and full.read == 3600e6 * 3
    assert early.core_hours == pytest.approx(0.3)
    look = 3600 / 900 * speeds["clouds"].of(True) / 3600
    assert pruned.core_hours == pytest.approx(0.5 * 0.75 + look)
    finer = fleet.country(speeds, km2=3600, gsd=0.5, clouded=0.25)[0]
    assert finer.core_hours == pytest.approx(2.0)


@pytest.mark.parametrize("cores, bandwidth, waits", [(2, 1e9, "processor"), (1000, 1e6, "reading")])
def test_what_takes_longer_is_what_a_scale_waits_for(cores, bandwidth, waits):
    way = fleet.Way("all", core_hours=10.0, read=3.6e12)
    hours, found = fleet.bottleneck(way, fleet.Scale("s", cores, bandwidth))
    assert found == waits and hours == max(10.0 / cores, 3.6e12 / bandwidth / 3600)


def test_the_page_names_every_assumption_and_bottleneck(capsys):
    assert fleet.main(["--price", "0.1", "--km2", "1000"]) == 0
    page = capsys.readouterr().out
    for word in (
        "1,000 km² at 1 m",
        "Sentinel-2",
        "a core-hour costs 0.1",
        "(processor)",
        "(reading)",
        "King",
    ):
        assert word in page


@pytest.mark.parametrize("words", [["--price", "-1"], ["--sentinel-clouds", "2"], ["--tiles", "0"]])
def test_what_cannot_be_is_refused(words, capsys):
    with pytest.raises(SystemExit):
        fleet.main(words)
    assert "is not" in capsys.readouterr().err


def test_without_a_measurement_the_command_to_make_one_is_named():
    with pytest.raises(ValueError, match="bench --full"):
        fleet.measured({**LATEST, "rows": []}, METRICS, THRESHOLDS)
