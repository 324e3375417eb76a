"""A private QGIS profile and one desktop run in it: what the demo and the acceptance tests share.

Standard library only: it starts QGIS as a program of its own and reads the result that desktop.py leaves.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

DRIVER = Path(__file__).with_name("desktop.py")
OPEN_SCREEN = "from qgis.PyQt.QtGui import QGuiApplication; QGuiApplication([])"
VIRTUAL_SCREEN = (1600, 1000)  # pixels: the dock whole, the map still large enough to judge


class DesktopFailed(Exception):
    """QGIS ended badly, hung, or the driver met something that a person would not have got past."""


def profile_folder(profiles: Path) -> Path:
    """The profile that QGIS uses when it is started with `--profiles-path profiles --profile default`."""
    return profiles / "profiles" / "default"


def has_screen() -> bool:
    """Whether a person is sitting in front of this machine: there is a screen, and it lets us in.

    Tried in a process of its own, because Qt ends the one that asks where the screen is gone or not ours.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        opened = subprocess.run(
            [sys.executable, "-c", OPEN_SCREEN],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return opened.returncode == 0


def environment() -> dict:
    """The variables that QGIS is started with."""
    variables = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
    }  # numbers in the tables that the driver reads: 1.5, not 1,5
    # What pytest-qgis and the other tests set for themselves would move the profile and hide the window.
    for name in ("QT_QPA_PLATFORM", "QGIS_CUSTOM_CONFIG_PATH", "QGIS_OPTIONS_PATH"):
        variables.pop(name, None)
    # The Python inside QGIS looks for its library beside the first python3 on PATH, whosever that is.
    variables["PATH"] = os.pathsep.join(["/usr/bin", "/bin", variables.get("PATH", "")])
    return variables


class Desktop:
    """One QGIS desktop that carries out a job; see desktop.py for what a job says.

    Args:
        profiles: folder of the private profiles.
        job: the job; `work` and `size` are added to it.
        work: folder for job, result, log and screenshots; made if it is not there.
        screen: on the person's own screen, else on a virtual one.
        scale: pixels per point; the virtual screen grows with it.
    """

    def __init__(self, profiles: Path, job: dict, work: Path, screen: bool = False, scale: int = 1):
        work.mkdir(parents=True, exist_ok=True)
        self._result = work / "result.json"
        self._result.unlink(missing_ok=True)
        self._log = work / "qgis.log"
        file = work / "job.json"
        job = {**job, "work": str(work)} if screen else {**job, "work": str(work), "size": VIRTUAL_SCREEN}
        file.write_text(json.dumps(job, indent=1))
        command = ["qgis", "--profiles-path", str(profiles), "--profile", "default", "--nologo"]
        command += ["--noversioncheck", "--code", str(DRIVER)]
        variables = {**environment(), "EXITWISE_JOB": str(file), "EXITWISE_DRIVER": str(DRIVER.parent)}
        if not screen:
            variables.pop("WAYLAND_DISPLAY", None)  # Qt would prefer it to the virtual screen
            variables["QT_QPA_PLATFORM"] = "xcb"
            variables["QT_SCALE_FACTOR"] = str(scale)
            width, height = (scale * side for side in VIRTUAL_SCREEN)
            command = ["xvfb-run", "-a", "-s", f"-screen 0 {width}x{height}x24", *command]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=variables,
                start_new_session=True,  # a group of its own, so that a hung QGIS goes with its screen
            )

    def result(self, seconds: float) -> dict:
        """Wait until the job is done and return what the driver found.

        Raises:
            DesktopFailed: no result after `seconds`, QGIS ended without one, or the driver reports an error.
        """
        until = time.monotonic() + seconds
        while not self._result.exists() and self._process.poll() is None:
            if time.monotonic() > until:
                self.close()
                raise DesktopFailed(f"QGIS was not done after {seconds:.0f} s. {self._end_of_log()}")
            time.sleep(0.2)
        if not self._result.exists():
            raise DesktopFailed(f"QGIS ended with {self._process.returncode}. {self._end_of_log()}")
        result = json.loads(self._result.read_text())
        if result["error"]:
            self.close()
            raise DesktopFailed(f"{result['error']}\n{self._end_of_log()}")
        return result

    def exit_code(self, seconds: float | None = None) -> int:
        """Wait until QGIS has ended; 0 is a clean end. Without a limit: as long as the person wants."""
        return self._process.wait(seconds)

    def close(self) -> None:
        """End QGIS and its virtual screen, however they are."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)

    def _end_of_log(self) -> str:
        lines = self._log.read_text(errors="replace").splitlines()
        return "\n".join([f"The end of {self._log}:", *lines[-25:]])
