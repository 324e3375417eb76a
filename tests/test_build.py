"""What build.py promises: a zip the plugin repository takes, careful installing, walls between rooms."""

from __future__ import annotations

import configparser
import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import build

# The zip ----------------------------------------------------------------------------------------------


def test_the_same_files_give_the_same_zip_bytes(tmp_path):
    first = build.build_zip(tmp_path / "first")
    second = build.build_zip(tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()


def test_the_zip_has_one_folder_with_what_the_plugin_repository_wants(tmp_path):
    with zipfile.ZipFile(build.build_zip(tmp_path)) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"exitwise"}
    assert {f"exitwise/{name}" for name in ("__init__.py", "metadata.txt", "LICENSE", "README.md")} <= set(
        names
    )
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".part"))]
    assert "exitwise/requirements.lock" in names


def test_a_zip_that_the_plugin_repository_refuses_is_not_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ZIP_LIMIT", 1000)
    with pytest.raises(build.BuildError, match="1,000"):
        build.build_zip(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_checkout_without_licence_gives_no_zip(tmp_path):
    (tmp_path / "metadata.txt").touch()
    (tmp_path / "README.md").touch()
    with pytest.raises(build.BuildError, match="LICENSE"):
        build.zip_entries(tmp_path)


def test_the_pictures_and_figures_behind_a_model_card_do_not_ship(tmp_path):
    model = tmp_path / "models" / "bundled" / "roads"
    model.mkdir(parents=True)
    needed = [tmp_path / name for name in ("metadata.txt", "LICENSE", "README.md")]
    for file in (*needed, model / "manifest.json", model / "curve.png", model / "metrics.json"):
        file.touch()
    shipped = [name for name in build.zip_entries(tmp_path) if "/models/" in name]
    assert shipped == ["exitwise/models/bundled/roads/manifest.json"]


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "description",
        "version",
        "qgisMinimumVersion",
        "author",
        "email",
        "about",
        "tracker",
        "repository",
    ],
)
def test_metadata_has_what_the_plugin_repository_wants(field):
    metadata = configparser.ConfigParser(interpolation=configparser.BasicInterpolation())
    metadata.read(build.ROOT / "metadata.txt", encoding="utf-8")
    assert metadata["general"][field]


def test_nothing_of_the_plugin_leads_to_the_addresses_in_metadata():
    for name, file in build.zip_entries().items():
        if name.endswith((".py", ".md")):
            text = file.read_text(encoding="utf-8")
            assert "example.org" not in text, name
            assert not re.search(r"""["'](tracker|repository|homepage|email)["']""", text), name


def test_the_icon_that_metadata_names_is_in_the_zip():
    metadata = configparser.ConfigParser()
    metadata.read(build.ROOT / "metadata.txt", encoding="utf-8")
    assert f"exitwise/{metadata['general']['icon']}" in build.zip_entries()


def test_every_runtime_requirement_is_pinned_and_hashed():
    text = build.RUNTIME_LOCK.read_text().replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert requirements
    for requirement in requirements:
        assert "==" in requirement and "--hash=sha256:" in requirement


# Installing -------------------------------------------------------------------------------------------


def test_installing_again_replaces_the_older_plugin_whole(tmp_path):
    old = tmp_path / "python" / "plugins" / "exitwise" / "gone_since.py"
    old.parent.mkdir(parents=True)
    old.touch()
    folder = build.install_plugin(build.build_zip(tmp_path / "dist"), tmp_path)
    assert (folder / "metadata.txt").is_file()
    assert not old.exists()
    assert [child.name for child in folder.parent.iterdir()] == ["exitwise"]
    assert "exitwise=true" in (tmp_path / "QGIS" / "QGIS3.ini").read_text()


def test_a_link_that_a_developer_made_is_kept_and_named(tmp_path, capsys):
    checkout, plugins = tmp_path / "checkout", tmp_path / "profile" / "python" / "plugins"
    checkout.mkdir()
    plugins.mkdir(parents=True)
    (plugins / "exitwise").symlink_to(checkout)
    with pytest.raises(build.BuildError, match=r"is a link to .*checkout"):
        build.install_plugin(build.build_zip(tmp_path / "dist"), tmp_path / "profile")
    assert (plugins / "exitwise").is_symlink()
    assert not (tmp_path / "profile" / "QGIS").exists()


# Setting up -------------------------------------------------------------------------------------------


def test_without_root_and_sudo_the_exact_command_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(build, "missing_system_packages", lambda wanted: ["qgis", "xvfb"])
    monkeypatch.setattr(build.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(build.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    assert build.main(["lint"]) == 1
    typed = "apt-get update && apt-get install -y --no-install-recommends qgis xvfb"
    assert typed in capsys.readouterr().err


def test_a_failing_step_shows_the_end_of_its_output(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CACHE", tmp_path / ".cache")
    with pytest.raises(build.BuildError, match="no such wheel"):
        build.step("trial", "nothing", [sys.executable, "-c", "print('no such wheel'); raise SystemExit(3)"])


@pytest.fixture
def steps(tmp_path, monkeypatch) -> list:
    """Titles of the long steps that are asked for, none of which is carried out; all paths in tmp_path."""
    titles = []
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(build, "WHEELS", tmp_path / "wheels")
    monkeypatch.setattr(build, "step", lambda title, cost, command: titles.append(title))
    monkeypatch.setattr(build, "system_packages", lambda wanted: None)
    return titles


def test_a_changed_list_of_packages_is_installed_although_the_old_ones_work(steps, tmp_path, monkeypatch):
    interpreter = tmp_path / ".venv-train" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    pins = tmp_path / "requirements-train.txt"
    pins.write_text("torch==1\n")
    monkeypatch.setattr(build, "TRAIN_REQUIREMENTS", pins)
    monkeypatch.setattr(build, "runtime_wheel", lambda python: None)
    wanted = ["torch for .venv-train", "packages for .venv-train", "onnxruntime for .venv-train"]
    assert build.train_environment() == interpreter
    assert steps == wanted
    build.train_environment()
    assert steps == wanted, "the second start installs nothing"
    pins.write_text("torch==2\n")
    build.train_environment()
    assert steps == 2 * wanted


def wheel(folder: Path, version: str) -> Path:
    """A wheel of that name with nothing in it."""
    folder.mkdir(exist_ok=True)
    path = folder / f"onnxruntime-{version}-py3-none-any.whl"
    info = f"onnxruntime-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: onnxruntime\nVersion: {version}\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
        archive.writestr("onnxruntime/__init__.py", "")
    return path


@pytest.mark.parametrize(
    "there, fetched",
    [
        pytest.param("7.0.1", [], id="the one in the lock"),
        pytest.param("6.0.0", ["runtime wheel: onnxruntime"], id="an older one"),
        pytest.param(None, ["runtime wheel: onnxruntime"], id="none"),
    ],
)
def test_a_wheel_is_fetched_unless_the_one_in_the_lock_is_there(there, fetched, steps, tmp_path, monkeypatch):
    wanted = wheel(tmp_path, "7.0.1")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"onnxruntime==7.0.1 --hash=sha256:{hashlib.sha256(wanted.read_bytes()).hexdigest()}\n")
    if there:
        wheel(tmp_path / "wheels", there)
    monkeypatch.setattr(build, "RUNTIME_LOCK", lock)
    build.runtime_wheel(Path(sys.executable))
    assert steps == fetched


def test_a_changed_lock_replaces_the_runtime_in_a_profile(tmp_path, monkeypatch):
    lock, wheels = tmp_path / "requirements.lock", tmp_path / "wheels"
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(build, "WHEELS", wheels)
    monkeypatch.setattr(build, "RUNTIME_LOCK", lock)
    for version in ("6.0.0", "7.0.1"):
        digest = hashlib.sha256(wheel(wheels, version).read_bytes()).hexdigest()
        lock.write_text(f"onnxruntime=={version} --hash=sha256:{digest}\n")
        folder = build.install_runtime(Path(sys.executable), tmp_path)
        assert [one.name for one in folder.glob("*.dist-info")] == [f"onnxruntime-{version}.dist-info"]
    monkeypatch.setattr(build, "step", None)
    assert build.install_runtime(Path(sys.executable), tmp_path) == folder, "nothing is left to do"


@pytest.mark.parametrize(
    "words, wanted",
    [
        pytest.param(["lint"], build.PYTHON_ALONE, id="lint"),
        pytest.param(
            ["test", "tests/test_build.py"], build.QGIS + build.VIRTUAL_SCREEN + build.MESSAGE_BUS, id="test"
        ),
        pytest.param(["demo"], build.QGIS + build.VIRTUAL_SCREEN, id="demo"),
        pytest.param(["install"], build.QGIS, id="install"),
        pytest.param(["bench"], build.QGIS, id="bench"),
        pytest.param(["bench", "--macs"], None, id="MACs"),
        pytest.param(["train", "roads"], None, id="train"),
    ],
)
def test_a_command_asks_the_system_only_for_what_it_uses(words, wanted, monkeypatch):
    asked = []

    def system_packages(packages):
        asked.append(packages)
        raise build.BuildError("asked")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(build, "system_packages", system_packages)
    monkeypatch.setattr(build, "train_environment", lambda: "python")
    monkeypatch.setattr(build, "run", lambda command, **environment: 0)
    assert build.main(words) == (1 if wanted else 0)
    assert asked == ([wanted] if wanted else [])


def test_the_demo_makes_its_own_folders(steps, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "run_environment", lambda wanted: Path("python"))
    monkeypatch.setattr(build, "install_runtime", lambda python, profile: profile)
    monkeypatch.setattr(build, "build_zip", lambda: tmp_path / "exitwise.zip")
    monkeypatch.setattr(build, "run", lambda command: 0)
    assert build.main(["demo"]) == 0
    assert len(steps) == 1 and steps[0].startswith("scenes")
    assert (tmp_path / ".cache" / "scenes.lock").read_text().count("--hash=sha256:") == 2


# Commands ---------------------------------------------------------------------------------------------


def test_build_alone_prints_every_command(capsys):
    assert build.main([]) == 0
    printed = capsys.readouterr().out
    for command in (
        "demo",
        "test",
        "lint",
        "translate",
        "package",
        "install",
        "train",
        "evaluate",
        "export",
        "bench",
    ):
        assert f"  {command} " in printed


def test_an_unknown_command_is_an_error_that_names_it(capsys):
    assert build.main(["instal"]) == 2
    printed = capsys.readouterr().err
    assert "no command 'instal'" in printed and "  install " in printed


def test_a_pipe_gets_every_line_at_once():
    code = "import atexit, os, runpy; atexit.register(lambda: os.write(1, b'later'));"
    code += "runpy.run_path('build.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=build.ROOT, stdout=subprocess.PIPE, check=False)
    assert done.stdout.endswith(b"later") and len(done.stdout) > 500


@pytest.fixture
def model_module(tmp_path, monkeypatch) -> Path:
    """The module that `evaluate clouds` runs, to be written by the test."""
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "train_environment", lambda: sys.executable)
    return tmp_path / "models" / "evaluate.py"


def test_missing_data_are_told_in_one_line(model_module, capfd):
    model_module.write_text("raise FileNotFoundError('no patches; set EXITWISE_DATA')")
    assert build.main(["evaluate", "clouds"]) == 1
    assert capfd.readouterr().err == "no patches; set EXITWISE_DATA\n"


@pytest.mark.parametrize("fault", ["open('/no/such/file')", "1 / 0"])
def test_an_unexpected_error_of_a_model_command_keeps_its_traceback(fault, model_module, capfd):
    model_module.write_text(fault)
    assert build.main(["evaluate", "clouds"]) == 1
    assert "Traceback" in capfd.readouterr().err


def test_a_model_command_gets_its_words_as_with_m(model_module, capfd):
    model_module.write_text("import sys; print([__name__, *sys.argv[1:]])")
    assert build.main(["evaluate", "clouds", "--threads", "2"]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "['__main__', 'clouds', '--threads', '2']"


def test_an_unknown_model_is_an_error_that_names_the_known_ones(capsys):
    assert build.main(["train", "trees"]) == 1
    assert "{roads,clouds}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words, codes, calls, code",
    [
        pytest.param([], [0, 0], [["tests/models"], ["tests", "--ignore=tests/models"]], 0, id="all"),
        pytest.param([], [1, 0], [["tests/models"], ["tests", "--ignore=tests/models"]], 1, id="models fail"),
        pytest.param([], [0, 2], [["tests/models"], ["tests", "--ignore=tests/models"]], 2, id="others fail"),
        pytest.param(
            ["-k", "slider"],
            [5, 0],
            [["-k", "slider", "tests/models"], ["-k", "slider", "tests", "--ignore=tests/models"]],
            0,
            id="one run empty",
        ),
        pytest.param(
            ["-k", "nothing"],
            [5, 5],
            [["-k", "nothing", "tests/models"], ["-k", "nothing", "tests", "--ignore=tests/models"]],
            5,
            id="both runs empty",
        ),
        pytest.param(["tests/test_build.py::x"], [0], [["tests/test_build.py::x"]], 0, id="one named file"),
        pytest.param(
            ["tests"], [0, 0], [["tests/models"], ["tests", "--ignore=tests/models"]], 0, id="folder"
        ),
        pytest.param(
            ["-k", "plugin"],
            [5, 0],
            [["-k", "plugin", "tests/models"], ["-k", "plugin", "tests", "--ignore=tests/models"]],
            0,
            id="a word that is also the name of a folder",
        ),
    ],
)
def test_the_test_command_runs_models_first_and_keeps_the_worse_code(words, codes, calls, code, monkeypatch):
    seen = []

    def run(command, **_environment):
        seen.append(command[3:])
        return codes[len(seen) - 1]

    monkeypatch.setattr(build, "train_environment", lambda: "python")
    monkeypatch.setattr(build, "run_environment", lambda wanted: "python")
    monkeypatch.setattr(build, "run", run)
    assert build.test(words) == code
    assert seen == calls


# The documents ----------------------------------------------------------------------------------------

DOCUMENTS = ("README.md", ".github/CONTRIBUTING.md", "CHANGELOG.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_in_a_document_leads_somewhere(name):
    document = build.ROOT / name
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_placeholder_is_left_in_a_document(name):
    text = (build.ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"\b(?:METRICS|TODO|TBD|XXX|FIXME)\b", text) == []


def test_metadata_says_how_the_runtime_is_installed():
    metadata = configparser.ConfigParser()
    metadata.read(build.ROOT / "metadata.txt", encoding="utf-8")
    assert "onnxruntime" in metadata["general"]["about"]
    assert "Settings > Options > Exitwise" in metadata["general"]["about"]
