"""What GDAL and onnxruntime say reaches users behind a plain sentence, short and without secrets."""

from __future__ import annotations

import pytest

from plugin.engine.errors import SourceDamaged, SourceUnreadable
from plugin.engine.foreign import in_brief, not_opened, onnx_in_words
from plugin.engine.raster_info import describe
from plugin.engine.whole_raster import segment
from tests.engine import scenes


@pytest.mark.parametrize(
    "text, brief",
    [
        ("/a/b/c.tif, band 1: IReadBlock failed.", "c.tif, band 1: IReadBlock failed"),
        ("`C:\\maps\\c.tif' is odd\nand more", "`c.tif' is odd"),
        ("HTTP 500 of https://h:80/a/c.tif?sig=secret: gone", "HTTP 500 of c.tif: gone"),
        ("/vsicurl/https://h/c.tif?sig=secret, band 2", "c.tif, band 2"),
        ("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : it stopped", "it stopped"),
        ("x" * 500, "x" * 160 + " ..."),
    ],
)
def test_what_was_said_is_shortened(text, brief):
    assert in_brief(text) == brief


def test_a_network_that_is_none_is_called_that():
    words = onnx_in_words("[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : Failed to load model.")
    assert words == "it is no ONNX network, or only a part of one (Failed to load model)"
    assert onnx_in_words("[ONNXRuntimeError] : 1 : FAIL : odd") == "onnxruntime cannot go on with it (odd)"


def test_a_raster_that_was_cut_off_says_what_to_do_before_what_gdal_says(tiny_model, tmp_path):
    path = scenes.write_raster(tmp_path / "scene.tif", scenes.picture(600, 600))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SourceDamaged) as error:
        segment(path, tiny_model, tmp_path / "mask.tif")
    ours, theirs = str(error.value).split(" (", 1)
    assert ours.startswith("scene.tif cannot be read: a part of it is damaged or missing. Copy or download")
    assert "IReadBlock" in theirs and str(tmp_path) not in theirs


def test_a_file_that_is_no_raster_is_called_that(tmp_path):
    (tmp_path / "notes.tif").write_text("no raster")
    with pytest.raises(SourceUnreadable, match=r"notes\.tif cannot be read: it is no raster that GDAL knows"):
        describe(str(tmp_path / "notes.tif"))
    reason = str(not_opened("a.tif", "a.tif: Permission denied"))
    assert reason.startswith("a.tif cannot be read: a.tif: Permission denied. Check")
