"""A scene in pieces: the bytes of the whole, every tile computed once, whatever was stopped on the way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plugin.engine import open_model, scene, segment, whole_raster
from plugin.engine.grid import Grid
from plugin.engine.pieces import FOLDER, tiles_of_piece
from plugin.engine.run import Recorded, Run
from plugin.engine.scene_row import DONE, FAILED, Scene, SceneOrder
from plugin.engine.whole_raster import segment_piece
from tests.engine import scenes, tiny_onnx

PIECES = 3


@pytest.fixture(params=["own pixels", "finer pixels", "blocks", "gate"])
def case(request, tmp_path) -> dict:
    """A model and a raster of 7 x 7 tiles, as arguments of `segment`."""
    changes = {}
    if request.param in ("blocks", "gate"):
        changes = {"decision": {"unit": "block", "block": 16, "score": "upper_entropy"}, "local_halo": 1}
    model = tiny_onnx.write_model(tmp_path / "tiny", **changes)
    if request.param == "gate":
        gate = tiny_onnx.write_gate(model)
        tiny_onnx.edit_manifest(model, lambda manifest: manifest.update(gate=gate))
    size, pixel = ((1300, 1210), 0.34) if request.param == "finer pixels" else ((430, 405), 1.0)
    pixels = scenes.picture(*size)
    pixels[:, : size[1] // 2, : size[0] // 4] = 255
    raster = scenes.write_raster(tmp_path / "scene.tif", pixels, pixel=pixel, nodata=255)
    return {"raster": raster, "model": model, "gate": request.param == "gate"}


def _plain(case: dict, tmp_path: Path) -> list[bytes]:
    out = tmp_path / "plain"
    out.mkdir()
    done = segment(**case, output=out / "mask.tif", run_folder=out / "run")
    return [done.mask.read_bytes(), done.entropy.read_bytes()]


def _whole(case: dict, out: Path) -> list[bytes]:
    done = segment(**case, output=out / "mask.tif", run_folder=out / "run")
    return [done.mask.read_bytes(), done.entropy.read_bytes()]


def test_pieces_give_the_bytes_of_the_whole_and_no_tile_is_computed_twice(case, tmp_path, stage_calls):
    expected = _plain(case, tmp_path)
    calls = len(stage_calls)
    out = tmp_path / "out"
    out.mkdir()
    stage_calls.clear()
    for piece in range(PIECES):
        segment_piece(**case, run_folder=out / "run", piece=piece, pieces=PIECES)
    assert len(list((out / "run" / FOLDER).iterdir())) == PIECES
    done = len(stage_calls)
    assert 0 < done <= calls, "as many as for the whole, which also tries the network out"
    assert _whole(case, out) == expected
    assert len(stage_calls) == done, "nothing was left to compute"


def test_a_piece_that_was_stopped_goes_on(case, tmp_path, stage_calls, monkeypatch):
    from plugin.engine import run as engine_run

    case["model"] = open_model(case["model"], threads=1)  # so that nothing is under way when it is stopped
    expected = _plain(case, tmp_path)
    calls = len(stage_calls)
    stage_calls.clear()
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0)

    class Stopped(Exception):
        pass

    original = Run.events

    def stopping(self):
        for number, event in enumerate(original(self)):
            yield event
            if isinstance(event, Recorded) and number >= 4:
                raise Stopped

    monkeypatch.setattr(whole_raster.Run, "events", stopping)
    with pytest.raises(Stopped):
        segment_piece(**case, run_folder=out / "run", piece=1, pieces=PIECES)
    monkeypatch.setattr(whole_raster.Run, "events", original)
    before = len(stage_calls)
    assert 0 < before < calls
    for piece in range(PIECES):
        segment_piece(**case, run_folder=out / "run", piece=piece, pieces=PIECES)
    assert len(stage_calls) <= calls
    assert _whole(case, out) == expected


def test_what_the_whole_has_is_not_computed_again(case, tmp_path, stage_calls):
    """Begun on one machine at a low threshold, gone on with in pieces at the model's own."""
    expected = _plain(case, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    segment(**case, output=out / "mask.tif", run_folder=out / "run")
    stage_calls.clear()
    for piece in range(PIECES):
        segment_piece(**case, run_folder=out / "run", piece=piece, pieces=PIECES)
    assert not stage_calls
    assert _whole(case, out) == expected


def test_pieces_add_to_a_whole_that_knows_other_exits_of_some_blocks(case, tmp_path):
    expected, deep = _plain(case, tmp_path), tmp_path / "deep"
    deep.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    segment(**case, threshold=0.6, output=deep / "early.tif", run_folder=out / "run")
    for piece in range(PIECES):
        segment_piece(**case, run_folder=out / "run", piece=piece, pieces=PIECES, threshold=0.1)
    assert _whole(case, out) == expected
    done = segment(**case, threshold=0.1, output=out / "deep.tif", run_folder=out / "run")
    again = segment(**case, threshold=0.1, output=deep / "deep.tif", run_folder=deep / "run")
    assert done.mask.read_bytes() == again.mask.read_bytes()
    assert done.entropy.read_bytes() == again.entropy.read_bytes()


@pytest.mark.parametrize("rows", [1, 2, 7, 40])
def test_pieces_are_all_of_the_tiles(rows):
    grid = Grid(300, rows * 64, 64, 16, 64)
    tiles = [tiles_of_piece(grid, piece, 3) for piece in range(3)]
    assert np.concatenate(tiles).tolist() == list(range(len(grid)))


def test_a_piece_of_nodata_only_is_no_error(tmp_path):
    model = tiny_onnx.write_model(tmp_path / "tiny")
    pixels = scenes.picture(200, 400)
    pixels[:, :260] = 255
    raster = scenes.write_raster(tmp_path / "scene.tif", pixels, nodata=255)
    case = {"raster": raster, "model": model}
    expected = _plain(case, tmp_path)
    for piece in range(PIECES):
        segment_piece(**case, run_folder=tmp_path / "out" / "run", piece=piece, pieces=PIECES)
    assert _whole(case, tmp_path / "out") == expected


def test_a_damaged_piece_is_computed_anew(tmp_path):
    model = tiny_onnx.write_model(tmp_path / "tiny")
    case = {"raster": scenes.write_raster(tmp_path / "scene.tif", scenes.picture(200, 400)), "model": model}
    expected = _plain(case, tmp_path)
    run = tmp_path / "out" / "run"
    for piece in range(PIECES):
        segment_piece(**case, run_folder=run, piece=piece, pieces=PIECES)
    (folder,) = (run / FOLDER / "0").iterdir()
    (folder / "exits.gpkg").write_bytes(b"no table")
    (folder,) = (run / FOLDER / "1").iterdir()
    (folder / "exit_1.tif").write_bytes(b"no raster")
    assert _whole(case, tmp_path / "out") == expected


@pytest.fixture
def in_pieces(tmp_path, stage_calls) -> SceneOrder:
    """A scene of a collection of which all pieces are computed, and nothing else is done."""
    model = tiny_onnx.write_model(tmp_path / "tiny")
    raster = scenes.write_raster(tmp_path / "scene.tif", scenes.picture(200, 400))
    order = SceneOrder(Scene(str(raster), "scene"), tmp_path / "out" / "scene", str(model), 0.1, None, None)
    for piece in range(PIECES):
        scene.segment_scene_piece(order, piece, PIECES)
    assert len(list((order.folder / "run" / FOLDER).glob("*/*/run.json"))) == PIECES
    stage_calls.clear()
    return order


def test_a_scene_that_failed_after_its_pieces_computes_nothing_again_and_leaves_none(in_pieces, stage_calls):
    order = in_pieces
    (order.folder / "mask.tif").mkdir()
    assert scene.segment_scene(order).state == FAILED
    assert (order.folder / "run" / FOLDER).exists()
    (order.folder / "mask.tif").rmdir()
    assert scene.segment_scene(order).state == DONE
    assert not stage_calls
    assert not (order.folder / "run" / FOLDER).exists()


def test_a_scene_that_was_stopped_before_its_row_leaves_no_pieces_either(in_pieces, stage_calls, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(path: Path, content: bytes) -> None:
        raise Killed

    order, original = in_pieces, scene.write_whole
    monkeypatch.setattr(scene, "write_whole", killed)
    with pytest.raises(Killed):
        scene.segment_scene(order)
    monkeypatch.setattr(scene, "write_whole", original)
    assert not (order.folder / "run" / FOLDER).exists()
    assert scene.segment_scene(order).state == DONE
    assert not stage_calls
