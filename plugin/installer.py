"""Puts onnxruntime into the user's profile: whole and tried out, or not at all. No widget is in here.

Two ways lead there: pip of QGIS's own Python fetches the wheel that requirements.lock names, or a wheel that
the user has downloaded is unpacked. Either way its sha256 is checked, and no other package comes along: a
numpy beside QGIS's own would break gdal for the whole session. It counts once a child process imported it.

All that is slow happens in child processes and threads.
"""

from __future__ import annotations

import codecs
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Callable, Optional
from urllib.parse import quote

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QObject, QProcess, QProcessEnvironment, QUrl, pyqtSignal, pyqtSlot
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyQuery

from . import lock, runtime
from .wheel import unpack
from .worker import CANCELLED, FAILED, FINISHED, Background, Worker

_INDEX = "https://pypi.org"  # asked for the proxy only; pip may be set to another index

# Whether an interpreter is QGIS's own: version, size of its pointers, pip.
_PROBE = """
import importlib.util, json, sys
print(json.dumps([*sys.version_info[:2], sys.maxsize, importlib.util.find_spec("pip") is not None]))
"""

_IMPORT = """
import os, sys
folder = os.path.realpath(sys.argv[1])
sys.path.insert(0, folder)
import numpy, onnxruntime
for module, inside in ((onnxruntime, True), (numpy, False)):
    where = os.path.realpath(module.__file__)
    if where.startswith(folder + os.sep) is not inside:
        sys.exit("ImportError: %s comes from %s" % (module.__name__, where))
offered = onnxruntime.get_available_providers()
print("onnxruntime", onnxruntime.__version__, "offers", *offered, "and runs with numpy", numpy.__version__)
"""


def pythons() -> list[Path]:
    """Where QGIS's own interpreter may lie, likeliest first; only those that exist.

    `sys.executable` is QGIS itself on Windows and macOS, and any python3 on the path on Linux.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if sys.platform == "win32":
        places = [Path(prefix) / "python.exe" for prefix in (sys.exec_prefix, sys.base_exec_prefix)]
    else:
        folders = [Path(prefix) / "bin" for prefix in (sys.exec_prefix, sys.base_exec_prefix)]
        folders.append(Path(QgsApplication.prefixPath()) / "bin")  # the macOS bundle
        places = [folder / name for folder in folders for name in (version, "python3")]
    return [place for place in dict.fromkeys(places) if place.is_file()]


def proxy_url() -> str:
    """The proxy that QGIS would fetch a package through, as pip writes it; empty for none."""
    factory = QgsNetworkAccessManager.instance().proxyFactory()
    if factory is None:
        return ""
    kinds = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5",
    }
    for proxy in factory.queryProxy(QNetworkProxyQuery(QUrl(_INDEX))):
        if proxy.type() in kinds and proxy.hostName():
            who = f"{quote(proxy.user(), '')}:{quote(proxy.password(), '')}@" if proxy.user() else ""
            return f"{kinds[proxy.type()]}://{who}{proxy.hostName()}:{proxy.port()}"
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return ""
    return ""


class _Unpacking(Worker):
    """Checks and unpacks a wheel."""

    def __init__(self, wheel: Path, pin: lock.Pin, folder: Path):
        super().__init__()
        self._arguments = wheel, pin, folder

    def cancel(self) -> None:
        """Nothing: it takes a second."""

    def _work(self) -> str:
        unpack(*self._arguments)
        return FINISHED


class Installer(QObject):
    """One installation at a time, into a folder that is replaced in one step at the end or stays as it was.

    Args:
        target: the folder. lock_file: what may be installed there.
    """

    said = pyqtSignal(str)  # a line for the log
    advanced = pyqtSignal(str)  # what is being done now, a short sentence
    ended = pyqtSignal(str, str)  # one of worker's three outcomes, and a sentence for the user

    def __init__(self, target: Path, parent: Optional[QObject] = None, lock_file: Path = lock.PATH):
        super().__init__(parent)
        self._target, self._lock_file = target, lock_file
        self._work = target.with_name(target.name + ".part")
        self._site = self._work / "site"
        self._process: Optional[QProcess] = None
        self._unpacking: Optional[Background] = None
        self._then: Callable[[int, str], None] = lambda code, output: None
        self._python, self._wheel = "", Path()
        self._outcome = CANCELLED  # of a wheel being unpacked, until told otherwise
        self.is_running = False

    def fetch(self) -> None:
        """Let pip fetch and install it; `ended` follows."""
        self._begin(None)

    def install_wheel(self, wheel: Path) -> None:
        """Install it from a file; `ended` follows."""
        self._begin(wheel)

    def cancel(self) -> None:
        """Stop; nothing is left, and `ended` follows at once."""
        if self.is_running:
            self._end(CANCELLED, self.tr("Cancelled; nothing was installed."))

    # Steps -------------------------------------------------------------------------------------------

    def _begin(self, wheel: Optional[Path]) -> None:
        self.is_running, self._wheel = True, wheel
        try:
            self._pin = lock.pin(self._lock_file)
            shutil.rmtree(self._work, ignore_errors=True)
            (self._work / "tmp").mkdir(parents=True)
            self._site.mkdir()
        except LookupError:
            sentence = self.tr("Exitwise knows no {} for Python {}.{} yet. Install it by hand.")
            self._fail(sentence.format(lock.PACKAGE, *sys.version_info[:2]))
            return
        except OSError as error:
            self._fail(self.tr("{} cannot be written: {}.").format(self._work, error.strerror))
            return
        self.advanced.emit(self.tr("Looking for QGIS's own Python ..."))
        self._candidates = iter(pythons())
        self._try_next_python()

    def _try_next_python(self) -> None:
        self._python = str(next(self._candidates, ""))
        if not self._python:
            self._fail(self.tr("The Python that QGIS itself uses was not found. Nothing was installed."))
            return
        self._start(["-c", _PROBE], self._on_probed, is_told=False)

    def _on_probed(self, code: int, output: str) -> None:
        wanted = [*sys.version_info[:2], sys.maxsize]
        try:
            found = json.loads(output.splitlines()[-1]) if code == 0 else []
        except (ValueError, IndexError):  # whatever it was, it was no answer
            found = []
        if found[:3] != wanted:
            self._try_next_python()
        elif self._wheel is not None:
            self._unpack()
        elif not found[3]:
            self._fail(self.tr("QGIS's Python has no pip here. Choose a file instead: it needs none."))
        else:
            self._pip()

    def _pip(self) -> None:
        self.advanced.emit(self.tr("Fetching {} {} ...").format(lock.PACKAGE, self._pin.version))
        words = (
            "-m pip install --no-deps --require-hashes --only-binary=:all: --no-compile --progress-bar off"
        )
        arguments = [*words.split(), "--target", str(self._site), "-r", str(self._lock_file)]
        self.said.emit(" ".join([self._python, *arguments]))
        self._start(arguments, self._on_pip_ended)

    def _on_pip_ended(self, code: int, output: str) -> None:
        if code == 0:
            self._verify()
            return
        errors = [line for line in output.splitlines() if line.startswith("ERROR: ")] or [f"ERROR: {code}"]
        sentence = self.tr(
            "pip could not install {}: {} Without a network connection, choose a downloaded file instead."
        )
        self._fail(sentence.format(lock.PACKAGE, errors[-1].replace("ERROR: ", "").rstrip(".") + "."))

    def _unpack(self) -> None:
        self.advanced.emit(self.tr("Unpacking {} ...").format(self._wheel.name))
        worker = _Unpacking(self._wheel, self._pin, self._site)
        worker.failed.connect(self._on_refused)
        self._refusal = ""
        self._unpacking = Background(worker, self)
        self._unpacking.ended.connect(self._on_unpacked)
        self._unpacking.start()

    @pyqtSlot(str, str)
    def _on_refused(self, sentence: str, details: str) -> None:
        self._refusal = sentence
        if details:
            self.said.emit(details)

    @pyqtSlot(str)
    def _on_unpacked(self, outcome: str) -> None:
        self._unpacking.deleteLater()
        self._unpacking = None
        if outcome == FINISHED:
            self._verify()
        else:
            self._fail(self._refusal)

    def _verify(self) -> None:
        self.advanced.emit(self.tr("Trying it out ..."))
        self._start(["-c", _IMPORT, str(self._site)], self._on_verified)

    def _on_verified(self, code: int, output: str) -> None:
        if code:
            sentence = self.tr(
                "{} {} was unpacked but does not start here, so it was removed again: {}. "
                "A file has to be for this system and Python {}.{}."
            )
            reason = (output.strip().splitlines() or [str(code)])[-1].rstrip(".")
            self._fail(sentence.format(lock.PACKAGE, self._pin.version, reason, *sys.version_info[:2]))
            return
        try:
            if self._target.exists():
                self._target.rename(self._work / "old")
            os.replace(self._site, self._target)
        except OSError as error:
            sentence = self.tr("{} cannot be replaced: {}. Restart QGIS, and install before the first run.")
            self._fail(sentence.format(self._target, error.strerror))
            return
        runtime.look_again()
        sentence = self.tr("{} {} is installed in {}.")
        self._end(FINISHED, sentence.format(lock.PACKAGE, self._pin.version, self._target))

    def _fail(self, sentence: str) -> None:
        self._end(FAILED, sentence)

    def _end(self, outcome: str, sentence: str) -> None:
        self._stop_process()
        if self._unpacking:
            self._unpacking.stop()
            self._unpacking.deleteLater()
            self._unpacking = None
        shutil.rmtree(self._work, ignore_errors=True)
        self.is_running = False
        self.said.emit(sentence)
        self.ended.emit(outcome, sentence)

    # Child processes ---------------------------------------------------------------------------------

    def _start(self, arguments: list[str], then: Callable[[int, str], None], is_told: bool = True) -> None:
        """Start QGIS's Python; `then` gets its exit code and what it wrote, and so does the log if told."""
        self._then, self._is_told, self._output, self._told = then, is_told, "", 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        # Neither what lies where QGIS was started nor a leftover of a cancelled pip gets in the way.
        self._process.setWorkingDirectory(str(self._work / "tmp"))
        variables = QProcessEnvironment.systemEnvironment()
        for name, value in self._variables().items():
            variables.insert(name, value)
        self._process.setProcessEnvironment(variables)
        self._process.readyRead.connect(self._on_output)
        self._process.finished.connect(self._on_process_ended)
        self._process.errorOccurred.connect(self._on_process_error)
        self._process.start(self._python, arguments)

    def _variables(self) -> dict[str, str]:
        temporary = str(self._work / "tmp")
        variables = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
        variables.update(PYTHONIOENCODING="utf-8", PYTHONDONTWRITEBYTECODE="1")
        # Not on the command line, where every user of the machine could read the proxy's password.
        variables.update(PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
        variables.update(PIP_REQUIRE_VIRTUALENV="0")  # a user's own rule, which is about other folders
        proxy = proxy_url()
        return {**variables, "PIP_PROXY": proxy} if proxy else variables

    @pyqtSlot()
    def _on_output(self) -> None:
        self._output += self._decoder.decode(bytes(self._process.readAll()))
        self._tell(self._output.rfind("\n") + 1)

    def _tell(self, end: int) -> None:
        """Let the log have the output up to there."""
        lines = self._output[self._told : end].splitlines()
        self._told = max(self._told, end)
        for line in lines if self._is_told else ():
            self.said.emit(line)

    @pyqtSlot(QProcess.ProcessError)
    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the others end with `finished` too
            self._on_process_ended(-1)

    @pyqtSlot(int)
    def _on_process_ended(self, code: int) -> None:
        if self._process is None:
            return
        self._on_output()
        self._tell(len(self._output))
        # One that crashed has a code too, and on Linux it may be 0.
        crashed = self._process.exitStatus() == QProcess.ExitStatus.CrashExit
        self._stop_process()
        self._then(code or int(crashed), self._output)

    def _stop_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(2000)
        process.deleteLater()
