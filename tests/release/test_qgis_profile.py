"""A plugin is switched on in a profile and nothing else is touched; the user hears how to start it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.release import qgis_profile
from tests.release.qgis_profile import enable_plugin, enabled_in, how_to_start


@pytest.mark.parametrize(
    "settings, expected",
    [
        pytest.param("", "[PythonPlugins]\nexitwise=true\n", id="no settings yet"),
        pytest.param(
            "[app]\nwidth=3\n", "[app]\nwidth=3\n\n[PythonPlugins]\nexitwise=true\n", id="no plugin yet"
        ),
        pytest.param(
            "[PythonPlugins]\nother=true\n",
            "[PythonPlugins]\nexitwise=true\nother=true\n",
            id="other plugins",
        ),
        pytest.param(
            "[PythonPlugins]\nexitwise=false\n", "[PythonPlugins]\nexitwise=true\n", id="switched off before"
        ),
        pytest.param(
            "[PythonPlugins]\nexitwise=true\n\n[app]\npath=C:\\\\a%20b\n",
            "[PythonPlugins]\nexitwise=true\n\n[app]\npath=C:\\\\a%20b\n",
            id="on already, odd characters",
        ),
    ],
)
def test_enabling_leaves_every_other_setting_as_it_was(settings, expected):
    assert enabled_in(settings, "exitwise") == expected


@pytest.fixture
def settings(tmp_path) -> Path:
    """A user's QGIS3.ini with a byte that is no UTF-8, for their eyes only."""
    file = tmp_path / "QGIS3.ini"
    file.write_bytes(b"[app]\npath=caf\xe9\n")
    file.chmod(0o600)
    return file


def test_enabling_keeps_every_byte_and_the_permissions(settings):
    enable_plugin(settings, "exitwise")
    assert settings.read_bytes() == b"[app]\npath=caf\xe9\n\n[PythonPlugins]\nexitwise=true\n"
    assert settings.stat().st_mode & 0o777 == 0o600


def test_settings_survive_a_failed_replacing(settings, monkeypatch):
    def refuse(_old, _new):
        raise OSError("disk full")

    before = settings.read_bytes()
    monkeypatch.setattr(qgis_profile.os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        enable_plugin(settings, "exitwise")
    assert settings.read_bytes() == before


def test_settings_kept_elsewhere_stay_a_link(settings, tmp_path):
    link = tmp_path / "QGIS" / "QGIS3.ini"
    link.parent.mkdir()
    link.symlink_to(settings)
    enable_plugin(link, "exitwise")
    assert link.is_symlink()
    assert "exitwise=true" in settings.read_text(errors="replace")


@pytest.mark.parametrize(
    "platform, variables, expected",
    [
        pytest.param(
            "linux", {"XDG_DATA_HOME": ""}, "home/.local/share/QGIS/QGIS3/profiles/default", id="Linux"
        ),
        pytest.param(
            "darwin", {}, "home/Library/Application Support/QGIS/QGIS3/profiles/default", id="macOS"
        ),
        pytest.param("win32", {"APPDATA": "roaming"}, "roaming/QGIS/QGIS3/profiles/default", id="Windows"),
    ],
)
def test_the_default_profile_is_where_qgis_keeps_it(platform, variables, expected, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert qgis_profile.default_profile() == Path(expected)


@pytest.mark.parametrize(
    "profile, told",
    [
        pytest.param("my qgis/profiles/new", "qgis --profiles-path '{}/my qgis' --profile new", id="named"),
        pytest.param("elsewhere", "folder named profiles", id="where QGIS never looks"),
        pytest.param(None, "Start QGIS again", id="default"),
    ],
)
def test_installing_ends_with_how_to_start_qgis(profile, told, tmp_path, monkeypatch):
    monkeypatch.setattr(qgis_profile, "default_profile", lambda: tmp_path / "QGIS3" / "profiles" / "default")
    folder = tmp_path / profile if profile else qgis_profile.default_profile()
    assert told.format(tmp_path) in how_to_start(folder)
