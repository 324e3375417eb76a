"""The machine stays awake during a run, and may sleep after it, however it ends."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from plugin import awake
from plugin.awake import KeepAwake

from .conftest import SECONDS, cancel_in_the_middle, run

ROOT = Path(__file__).resolve().parents[2]


class Power:
    """What the desktop's service was told, a line each."""

    def __init__(self, place: int, address: str):
        self._service = subprocess.Popen(
            [sys.executable, "-m", "tests.plugin.power_service", *awake._SERVICES[place]],
            cwd=ROOT,
            env={"DBUS_SESSION_BUS_ADDRESS": address, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.next() == "ready"

    def next(self) -> str:
        """Waits for the next line."""
        return self._service.stdout.readline().strip()

    def stop(self) -> str:
        """Ends the service; returns what else it was told."""
        if self._service.stdout.closed:
            return ""
        self._service.terminate()
        return self._service.communicate()[0].strip()


@pytest.fixture
def bus(monkeypatch) -> str:
    """A session bus of its own, without any service."""
    if sys.platform != "linux":
        pytest.skip("only Linux has D-Bus")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    daemon.communicate()


@pytest.fixture(params=[0, 1], ids=["power management", "screen saver"])
def power(request, bus):
    """A desktop that can be kept awake."""
    one = Power(request.param, bus)
    yield one
    one.stop()


@pytest.fixture
def any_power(bus):
    """A desktop that can be kept awake, of one kind."""
    one = Power(0, bus)
    yield one
    one.stop()


def test_a_run_holds_the_machine_awake_until_it_ends(power, dock, qtbot, gate):
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    assert power.next() == "held by Exitwise"
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    assert power.next() == "left"
    assert power.stop() == ""


def test_a_run_that_is_cancelled_lets_go(any_power, dock, qtbot, gate):
    cancel_in_the_middle(dock, qtbot, gate)
    assert (any_power.next(), any_power.next()) == ("held by Exitwise", "left")


def test_a_run_that_fails_lets_go(any_power, dock, qtbot, raster):
    raster.unlink()
    assert run(dock, qtbot) == "failed"
    assert (any_power.next(), any_power.next()) == ("held by Exitwise", "left")


def test_a_project_that_closes_during_a_run_lets_go(any_power, dock, qtbot, gate):
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    gate.open()
    QgsProject.instance().clear()
    assert (any_power.next(), any_power.next()) == ("held by Exitwise", "left")


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere"], ids=["no bus", "a bus that is gone"])
def test_where_nothing_keeps_it_awake_it_runs_all_the_same(dock, qtbot, monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert run(dock, qtbot) == "finished"


def test_a_bus_without_such_a_service_is_left_again(bus, qapp):
    one = KeepAwake(QObject())
    one.hold()
    assert not one.is_held
    assert not awake.QtDBus.QDBusConnection(awake._BUS).isConnected()
    one.release()


def test_windows_is_told_and_told_back(monkeypatch, qapp):
    marks = []
    kernel = SimpleNamespace(SetThreadExecutionState=lambda mark: marks.append(mark) or 1)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(awake.sys, "platform", "win32")
    one = KeepAwake(QObject())
    one.hold()
    one.hold()
    one.release()
    one.release()
    assert marks == [0x80000001, 0x80000000]


def test_on_a_mac_a_program_runs_for_as_long(monkeypatch, tmp_path, qtbot):
    program = tmp_path / "caffeinate"
    program.write_text(f'#!/bin/sh\necho $$ "$@" > {tmp_path}/called\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setattr(awake, "_PROGRAM", str(program))
    monkeypatch.setattr(awake.sys, "platform", "darwin")
    one = KeepAwake(QObject())
    one.hold()
    qtbot.waitUntil(lambda: (tmp_path / "called").exists() and bool((tmp_path / "called").read_text()))
    number, *arguments = (tmp_path / "called").read_text().split()
    assert arguments[:2] == ["-i", "-w"] and Path(f"/proc/{number}").exists()
    one.release()
    assert not Path(f"/proc/{number}").exists()
