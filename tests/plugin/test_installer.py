"""Installing onnxruntime into the profile: checked and tried out, or not at all; QGIS's numpy stays."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsNetworkAccessManager, QgsSettings

import build
from plugin import installer, lock, runtime
from plugin.installer import Installer
from plugin.wheel import leads_out

from .wheels import make_lock, make_wheel

LONG = 60_000  # milliseconds: pip on a busy machine


@pytest.fixture
def target(tmp_path) -> Path:
    """Where the profile would have it."""
    return tmp_path / "profile" / "exitwise_deps" / "cp311"


@pytest.fixture
def offline(monkeypatch):
    """A function that lets pip find nothing but what lies in a folder."""

    def only(folder: Path) -> None:
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)

    return only


def wait(qtbot, one: Installer, begin) -> tuple:
    """Begin, and wait for the end: outcome, sentence."""
    with qtbot.waitSignal(one.ended, timeout=LONG) as ended:
        begin()
    assert not one.is_running
    return tuple(ended.args)


def nothing_is_left(target: Path) -> bool:
    return not target.exists() and not list(target.parent.glob("*"))


def numpy_files() -> dict:
    """Every file of QGIS's numpy, with its size and time."""
    folder = Path(np.__file__).parent
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.rglob("*.*")}


def numpy_seen_with(folder: Path) -> str:
    """Version and place of the numpy that a new process imports with this folder last on its path."""
    code = (
        f"import sys; sys.path.append({str(folder)!r})\nimport numpy as n; print(n.__version__, n.__file__)"
    )
    return subprocess.check_output([sys.executable, "-c", code], text=True)


# The real thing --------------------------------------------------------------------------------------


@pytest.fixture
def real_wheel() -> Path:
    """The wheel that set up this environment: pip checks it against the lock that ships."""
    build.runtime_wheel(Path(sys.executable))
    version = lock.pin().version
    tag = build.python_tag(Path(sys.executable))
    return next(build.WHEELS.glob(f"onnxruntime-{version}-{tag}-*.whl"))


def test_the_published_wheel_is_installed_and_the_numpy_of_qgis_is_untouched(
    target, offline, real_wheel, qtbot, tmp_path
):
    offline(real_wheel.parent)
    before, seen = numpy_files(), numpy_seen_with(tmp_path)
    one, log = Installer(target), []
    one.said.connect(log.append)
    outcome, sentence = wait(qtbot, one, one.fetch)
    assert outcome == "finished", "\n".join(log)
    assert sentence == f"onnxruntime {lock.pin().version} is installed in {target}."
    assert numpy_files() == before
    assert numpy_seen_with(target) == seen
    assert not (target / "numpy").exists()
    assert sorted(path.name for path in target.parent.iterdir()) == [target.name]
    assert any(line.startswith("onnxruntime ") and f"numpy {np.__version__}" in line for line in log)


def test_the_downloaded_wheel_gives_the_same_files_as_pip(target, offline, real_wheel, qtbot):
    one = Installer(target)
    assert wait(qtbot, one, lambda: one.install_wheel(real_wheel))[0] == "finished"
    with zipfile.ZipFile(real_wheel) as archive:
        expected = {name for name in archive.namelist() if not name.endswith("/")}
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert found == expected


# What goes wrong -------------------------------------------------------------------------------------


@pytest.fixture(params=["pip", "file"])
def way(request, offline, target, qtbot):
    """A function that installs a wheel by a lock, by pip and from the file."""

    def install(wheel: Path, lock_file: Path) -> tuple:
        offline(wheel.parent)
        one = Installer(target, lock_file=lock_file)
        begin = one.fetch if request.param == "pip" else lambda: one.install_wheel(wheel)
        return wait(qtbot, one, begin)

    return install


def test_a_wheel_that_the_lock_names_is_installed(way, target, tmp_path):
    wheel = make_wheel(tmp_path / "wheels")
    outcome, sentence = way(wheel, make_lock(wheel))
    assert outcome == "finished", sentence
    assert (target / "onnxruntime" / "__init__.py").is_file()


def test_a_rule_to_use_virtual_environments_does_not_stop_it(target, offline, tmp_path, qtbot, monkeypatch):
    wheel = make_wheel(tmp_path / "wheels")
    offline(tmp_path / "wheels")
    monkeypatch.setenv("PIP_REQUIRE_VIRTUALENV", "1")
    # A Python outside of any: the one of QGIS.
    monkeypatch.setattr(installer, "pythons", lambda: [Path("/usr/bin/python3")])
    one = Installer(target, lock_file=make_lock(wheel))
    outcome, sentence = wait(qtbot, one, one.fetch)
    assert outcome == "finished", sentence


def test_a_wheel_of_another_hash_is_refused(way, target, tmp_path):
    wheel = make_wheel(tmp_path / "wheels")
    outcome, sentence = way(wheel, make_lock(wheel, "0" * 64))
    assert outcome == "failed"
    assert "onnxruntime" in sentence
    assert nothing_is_left(target)


def test_a_wheel_that_does_not_start_here_does_not_count(way, target, tmp_path):
    wheel = make_wheel(tmp_path / "wheels", "raise ImportError('DLL load failed')\n")
    outcome, sentence = way(wheel, make_lock(wheel))
    assert outcome == "failed"
    assert "does not start here, so it was removed again: ImportError: DLL load failed." in sentence
    assert nothing_is_left(target)


def test_a_wheel_that_would_shadow_the_numpy_of_qgis_does_not_count(way, target, tmp_path):
    wheel = make_wheel(tmp_path / "wheels", numpy__slash____init__="")
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("numpy/__init__.py", "__version__ = '2.0'\n")
    outcome, sentence = way(wheel, make_lock(wheel))
    assert outcome == "failed"
    assert "numpy comes from" in sentence
    assert nothing_is_left(target)


def test_a_failed_installation_leaves_the_earlier_one_in_place(way, target, tmp_path):
    good = make_wheel(tmp_path / "good")
    assert way(good, make_lock(good))[0] == "finished"
    bad = make_wheel(tmp_path / "bad", "raise ImportError('no')\n")
    assert way(bad, make_lock(bad))[0] == "failed"
    assert "9.9" in (target / "onnxruntime" / "__init__.py").read_text()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize(
    "name", ["../evil.py", "/evil.py", "onnxruntime/../../evil.py", "C:/evil.py", "..\\evil.py"]
)
def test_a_wheel_with_a_path_that_leads_out_of_its_folder_is_not_unpacked(name, target, tmp_path, qtbot):
    wheel = make_wheel(tmp_path / "wheels")
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr(name, "")
    one = Installer(target, lock_file=make_lock(wheel))
    outcome, sentence = wait(qtbot, one, lambda: one.install_wheel(wheel))
    assert (outcome, "leads out of its folder" in sentence) == ("failed", True)
    assert nothing_is_left(target)
    assert not list(tmp_path.rglob("evil.py"))


def test_ordinary_names_stay_inside():
    assert not leads_out("onnxruntime/capi/onnxruntime_pybind11_state.so")
    assert not leads_out("onnxruntime/a..b.py")


def test_without_network_the_sentence_names_the_other_way(target, offline, tmp_path, qtbot):
    offline(tmp_path)
    one = Installer(target)
    outcome, sentence = wait(qtbot, one, one.fetch)
    assert outcome == "failed"
    assert "choose a downloaded file instead" in sentence
    assert nothing_is_left(target)


def test_without_the_python_of_qgis_nothing_is_installed(target, qtbot, monkeypatch):
    monkeypatch.setattr(installer, "pythons", lambda: [Path("/bin/false"), Path("/nowhere/python3")])
    one = Installer(target)
    assert wait(qtbot, one, one.fetch)[0] == "failed"
    assert nothing_is_left(target)


def test_a_folder_that_cannot_be_made_is_named(tmp_path, qtbot):
    (tmp_path / "file").touch()
    one = Installer(tmp_path / "file" / "cp311")
    outcome, sentence = wait(qtbot, one, one.fetch)
    assert outcome == "failed"
    assert str(tmp_path / "file") in sentence


def test_cancel_ends_pip_and_leaves_nothing(target, offline, tmp_path, qtbot):
    wheel = make_wheel(tmp_path / "wheels", "import time\ntime.sleep(60)\n")  # held up while it is tried out
    offline(wheel.parent)
    one, steps = Installer(target, lock_file=make_lock(wheel)), []
    one.advanced.connect(steps.append)
    one.fetch()
    qtbot.waitUntil(lambda: steps[-1] == "Trying it out ...", timeout=LONG)
    process = one._process
    with qtbot.waitSignal(one.ended, timeout=5000) as ended:
        one.cancel()
    assert ended.args == ["cancelled", "Cancelled; nothing was installed."]
    assert process.state() == process.ProcessState.NotRunning
    assert nothing_is_left(target)


# Proxy, interpreter, lock ----------------------------------------------------------------------------


@pytest.fixture
def proxy_settings():
    """A function that sets QGIS's proxy; taken back afterwards."""
    names = ("Enabled", "Type", "Host", "Port", "User", "Password")

    def set_to(*values: object) -> None:
        for name, value in zip(names, values):
            QgsSettings().setValue(f"proxy/proxy{name}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    yield set_to
    QgsSettings().remove("proxy")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def test_the_proxy_of_qgis_is_what_pip_gets(proxy_settings, target):
    proxy_settings(True, "HttpProxy", "proxy.example", "3128", "me", "p@ss")
    assert Installer(target)._variables()["PIP_PROXY"] == "http://me:p%40ss@proxy.example:3128"


def test_without_a_proxy_pip_is_left_alone(proxy_settings, target):
    proxy_settings(False)
    assert "PIP_PROXY" not in Installer(target)._variables()


@pytest.fixture
def listener():
    """A proxy that hangs up on everybody: its port, and what it was asked for."""
    asked: list = []

    class HangUp(socketserver.StreamRequestHandler):
        def handle(self):
            asked.append(self.rfile.readline().decode())

    with socketserver.TCPServer(("127.0.0.1", 0), HangUp) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], asked
        server.shutdown()
        thread.join()


def test_pip_really_goes_through_the_proxy_of_qgis(proxy_settings, target, monkeypatch, qtbot, listener):
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name in ("PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    port, asked = listener
    proxy_settings(True, "HttpProxy", "127.0.0.1", str(port))
    one = Installer(target)
    assert wait(qtbot, one, one.fetch)[0] == "failed"
    assert asked[0].startswith("CONNECT pypi.org:443")


def test_an_interpreter_is_found_and_is_no_guess_from_the_path():
    assert Path(sys.exec_prefix) / "bin" / "python3" in installer.pythons()


@pytest.mark.parametrize("python, version", [((3, 9), "1.19.2"), ((3, 11), "1.20.1"), ((3, 14), "1.31.1")])
def test_the_lock_that_ships_has_a_version_for_each_python(python, version):
    found = lock.pin_for(python)
    assert found.version == version
    assert len(found.hashes) > 3


# What is there ---------------------------------------------------------------------------------------


def test_what_was_installed_is_found_at_once_and_gone_once_removed(missing, tmp_path, qtbot):
    assert runtime.find_runtime() is None
    wheel = make_wheel(tmp_path / "wheels")
    one = Installer(missing, lock_file=make_lock(wheel))
    assert wait(qtbot, one, lambda: one.install_wheel(wheel))[0] == "finished"
    found = runtime.find_runtime()
    assert (found.version, found.folder, found.is_in_profile) == ("9.9", missing, True)
    runtime.remove_runtime()
    assert runtime.find_runtime() is None
    assert list(missing.parent.iterdir()) == []


def test_an_onnxruntime_of_the_system_is_accepted_as_it_is():
    found = runtime.find_runtime()
    assert found.version == lock.pin().version
    assert not found.is_in_profile
