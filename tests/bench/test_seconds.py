"""What `tests.bench.seconds` compares blocks with is a model that runs."""

from __future__ import annotations

from plugin.engine.manifest import read_manifest
from tests.bench.seconds import deciding_by_tile


def test_the_bundled_model_can_decide_by_whole_tiles(tmp_path):
    manifest = read_manifest(deciding_by_tile(tmp_path, 128))
    assert (manifest.block, manifest.tile.size) == (0, 128)
