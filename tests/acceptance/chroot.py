"""The acceptance tests in a newer QGIS than this machine's: in a Debian 13 of its own below .cache/debian13.

`python3 build.py test --qgis 3.40` (or 3.44) comes here. debootstrap makes the system once, and build.py
inside it fetches QGIS and everything else as on any machine; later calls find it all there. What is tested is
a copy of the checkout as it is now. Nothing stays mounted after a call, so the folder may simply be deleted.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import build

SUITES = {"3.40": "trixie", "3.44": "trixie-backports"}
"""Where Debian has which QGIS; both on Debian 13, named trixie."""

MIRROR = "http://deb.debian.org/debian"  # apt checks signatures, so plain http is enough
INSIDE = Path("root/exitwise")
KEPT = {".venv", ".cache"}  # of an earlier call, inside
PASSED_ON = re.compile(r"(?i)(PIP|SSL|REQUESTS)_\w+|(https?|no|all)_proxy")

# A mount namespace of its own: its mounts end with it, however it ends.
ENTER = 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"'


def main(words: list) -> int:
    """Carry out one command line; returns pytest's exit code."""
    parser = argparse.ArgumentParser(prog="build.py test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--qgis", choices=SUITES, required=True, help="version to test in")
    chosen, options = parser.parse_known_args(words)
    try:
        root = make_system(chosen.qgis)
    except build.BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    copy_checkout(root / INSIDE)
    named = [word for word in options if word.startswith("tests/")]
    command = ["python3", "build.py", "test", *options, *([] if named else ["tests/acceptance"])]
    inside = ["/bin/sh", "-c", f'cd /{INSIDE} && exec "$@"', "sh", *command]
    code = subprocess.call([*entered(root), *environment(), *inside])
    keep_output(root / INSIDE, chosen.qgis)
    return code


def make_system(version: str) -> Path:
    """Debian 13 with an archive that has this QGIS; returns its folder.

    Raises:
        BuildError: not root, a step failed, or the archive has another QGIS by now; then none is made.
    """
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        line = f"sudo python3 build.py test --qgis {version}"
        raise build.BuildError(f"Testing in another Debian needs Linux and root:\n    {line}")
    root = build.CACHE / "debian13" / version
    if root.exists():
        return root
    build.system_packages(("debootstrap",))
    print(f"QGIS {version} comes in a Debian 13 of its own: 600 MB to fetch, 3 GB in {root}, once.")
    part = root.with_name(version + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    bootstrap = ["debootstrap", "--variant=minbase", "--include=ca-certificates,python3", "trixie"]
    build.step("debootstrap of Debian 13", "100 MB, 1 to 3 minutes", [*bootstrap, part, MIRROR])
    adopt_settings(part)
    if SUITES[version] != "trixie":
        apt = part / "etc" / "apt"
        lines = f"deb {MIRROR} trixie main\ndeb {MIRROR} {SUITES[version]} main\n"
        (apt / "sources.list").write_text(lines)
        pin = f"Package: src:qgis\nPin: release n={SUITES[version]}\nPin-Priority: 900\n"
        (apt / "preferences.d" / "qgis").write_text(pin)
    build.step("apt-get update inside", "seconds", [*entered(part), *environment(), "apt-get", "update"])
    policy = [*map(str, entered(part)), *environment(), "apt-cache", "policy", "qgis"]
    offered = subprocess.run(policy, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Candidate: (\S+)", offered)
    if found is None or not found[1].startswith(version + "."):
        shutil.rmtree(part)
        has = found[1] if found else "none"
        raise build.BuildError(
            f"Debian's {SUITES[version]} has QGIS {has}, not {version}. Nothing was tested."
        )
    print(f"   QGIS {found[1]}")
    os.replace(part, root)
    return root


def adopt_settings(root: Path) -> None:
    """Let the system inside reach the network as this machine does: names, certificates, proxies, pip."""
    for name in ("resolv.conf", "hosts", "pip.conf", "ssl/certs/ca-certificates.crt"):
        own, inner = Path("/etc") / name, root / "etc" / name
        if own.exists():
            inner.unlink(missing_ok=True)  # it may be a link that leads out
            shutil.copyfile(own, inner)
    dump = subprocess.run(
        ["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=False
    ).stdout
    lines = [line for line in dump.splitlines() if re.match(r"Acquire::(https?|Check-[\w-]+)\b", line)]
    (root / "etc" / "apt" / "apt.conf.d" / "90machine").write_text("\n".join(lines) + "\n")


def entered(root: Path) -> list:
    """How a command line begins that runs inside."""
    return ["unshare", "--mount", "/bin/sh", "-c", ENTER, root]


def environment() -> list:
    """The variables of a command inside: what leads into the network, nothing else of this machine."""
    passed_on = [f"{name}={value}" for name, value in os.environ.items() if PASSED_ON.fullmatch(name)]
    paths = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return ["/usr/bin/env", "-i", paths, "HOME=/root", "TERM=dumb", "LC_ALL=C.UTF-8", *passed_on]


def copy_checkout(target: Path) -> None:
    """Put the checkout's files of now, changed and new ones too, in place of those of an earlier call."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.name in KEPT:
            continue
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink()
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=build.ROOT, capture_output=True, check=True).stdout.split(b"\0")
    for name in map(os.fsdecode, filter(None, names)):
        if (build.ROOT / name).is_file():  # not one that is deleted and not yet committed so
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(build.ROOT / name, target / name)


def keep_output(inside: Path, version: str) -> None:
    """Copy screenshots and reports out, where the tests of this machine's QGIS leave theirs."""
    made = inside / "tests" / "acceptance" / "output"
    if made.is_dir():
        target = build.ROOT / "tests" / "acceptance" / "output" / f"qgis-{version}"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)
        print(f"Screenshots and reports: {target.relative_to(build.ROOT)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
