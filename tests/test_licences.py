"""The list of licences in the README, which is in the zip, names all that is bundled or fetched or used."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

import build

MODELS = sorted((build.ROOT / "models" / "bundled").glob("*/manifest.json"))


def _rows() -> list[str]:
    """Rows of the table, as the README in the zip has it."""
    text = (build.ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## Licences of everything bundled\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def _row(words: str) -> str:
    (row,) = [row for row in _rows() if words in row]
    return row


def test_the_list_is_in_the_zip(tmp_path):
    with zipfile.ZipFile(build.build_zip(tmp_path)) as archive:
        names = archive.namelist()
        assert "## Licences of everything bundled" in archive.read("exitwise/README.md").decode()
    assert "exitwise/LICENSE" in names


@pytest.mark.parametrize("manifest", MODELS, ids=lambda path: path.parent.name)
def test_every_bundled_model_is_named_with_what_its_manifest_says(manifest):
    said = json.loads(manifest.read_text(encoding="utf-8"))["licence"]
    row = _row(f"`models/bundled/{manifest.parent.name}`")
    sources = re.findall(r"MassGIS|OpenStreetMap|EfficientNet-Lite0|ukis-csmask [\d.]+|L8 Biome", said)
    licences = re.findall(r"ODbL|Apache-2\.0|MIT|CC BY[-\w. ]*", said)
    assert sources and licences
    for words in (*sources, *licences):
        assert words in row


def test_everything_that_is_fetched_is_named_with_its_versions():
    lock = (build.ROOT / "plugin" / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w-]+)==([\d.]+)", lock, re.M)
    assert pinned
    for name, version in pinned:
        assert version in _row(f"{name} ")


def test_every_package_that_is_loaded_when_asked_for_is_named():
    files = (build.ROOT / "plugin").rglob("*.py")
    found = {name for file in files for name in re.findall(r'imported\("(\w+)', file.read_text("utf-8"))}
    assert found == {"distributed", "pystac"}
    for name in found:
        assert name in _row("never fetched")


def test_every_folder_of_pictures_that_ships_is_named():
    shipped = [name.partition("/")[2] for name in build.zip_entries() if name.endswith((".png", ".jpg"))]
    assert shipped
    for folder in {name.rpartition("/")[0] for name in shipped}:
        assert _row(f"`{folder}`")
