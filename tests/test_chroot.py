"""`build.py test --qgis VERSION`: what it refuses, and that what is tested is the checkout as it is now."""

from __future__ import annotations

import shutil
import subprocess

import pytest

import build
from tests.acceptance import chroot


def test_the_test_command_hands_over(monkeypatch):
    commands = []
    monkeypatch.setattr(build, "run", lambda command: commands.append(command) or 0)
    assert build.main(["test", "--qgis", "3.40", "-x"]) == 0
    assert commands[0][1:] == ["-m", "tests.acceptance.chroot", "--qgis", "3.40", "-x"]


def test_another_version_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        chroot.main(["--qgis", "3.28"])
    assert "'3.40', '3.44'" in capsys.readouterr().err


def test_without_root_the_command_to_type_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(chroot.os, "geteuid", lambda: 1000)
    assert chroot.main(["--qgis", "3.44"]) == 1
    assert "    sudo python3 build.py test --qgis 3.44" in capsys.readouterr().err


def test_an_archive_that_has_moved_on_is_told_and_nothing_is_left(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(chroot.os, "geteuid", lambda: 0)
    monkeypatch.setattr(build, "CACHE", tmp_path)
    monkeypatch.setattr(build, "system_packages", lambda packages: None)
    part = tmp_path / "debian13" / "3.44.part"

    def step(title, cost, command):
        for folder in ("etc/apt/apt.conf.d", "etc/apt/preferences.d", "etc/ssl/certs"):
            (part / folder).mkdir(parents=True, exist_ok=True)

    def run(command, **options):
        return subprocess.CompletedProcess(command, 0, "qgis:\n  Candidate: 3.48.1+dfsg-1~bpo13+1\n", "")

    monkeypatch.setattr(build, "step", step)
    monkeypatch.setattr(chroot.subprocess, "run", run)
    assert chroot.main(["--qgis", "3.44"]) == 1
    told = "Debian's trixie-backports has QGIS 3.48.1+dfsg-1~bpo13+1, not 3.44. Nothing was tested."
    assert told in capsys.readouterr().err
    assert list((tmp_path / "debian13").iterdir()) == []


@pytest.mark.skipif(
    shutil.which("git") is None or not (build.ROOT / ".git").exists(),
    reason="git, which lists the files to copy, or its folder is not here",
)
def test_a_copy_holds_the_checkout_of_now_and_what_was_set_up_before(tmp_path):
    for old in ("gone.py", ".venv/kept", "plugin/gone.py"):
        (tmp_path / old).parent.mkdir(exist_ok=True)
        (tmp_path / old).touch()
    chroot.copy_checkout(tmp_path)
    assert (tmp_path / "build.py").read_bytes() == (build.ROOT / "build.py").read_bytes()
    assert (tmp_path / ".venv" / "kept").exists()
    assert not list(tmp_path.rglob("gone.py"))
