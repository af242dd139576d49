"""./vieraugen makes its environment once, heals it, and hands every command over."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.launcher.checkout import ROOT, checked_out, launched, surroundings

pytestmark = pytest.mark.slow
COULD_NOT_PREPARE = 4


Ran = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A house and the first start in it."""
    house = checked_out(tmp_path_factory.mktemp("ready") / "house")
    return house, launched(house, "doctor")


@pytest.fixture(scope="module")
def ready(first_start: tuple[Path, Ran]) -> Path:
    """A house whose environment is made."""
    house, ran = first_start
    assert ran.returncode == 0, ran.stderr
    return house


@pytest.fixture
def made(ready: Path, tmp_path: Path) -> Path:
    """The same, to be broken."""
    return shutil.copytree(ready, tmp_path / "house", symlinks=True)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return checked_out(tmp_path / "house")


def test_a_command_is_handed_over_with_its_words_and_its_exit_code(ready: Path) -> None:
    ran = launched(ready, "agenda", "show", "--json", "seven")

    assert json.loads(ran.stdout)["words"] == ["agenda", "show", "--json", "seven"]
    assert ran.returncode == 7


def test_the_second_start_prepares_nothing(ready: Path) -> None:
    assert launched(ready, "doctor").stderr == ""


def test_what_it_prepares_is_told_outside_of_what_the_command_prints(
    first_start: tuple[Path, Ran],
) -> None:
    _, ran = first_start

    assert "installing base" in ran.stderr
    assert list(json.loads(ran.stdout)) == ["words", "servers"]


def test_demo_brings_the_servers_in_an_environment_of_their_own(ready: Path) -> None:
    ran = launched(ready, "demo")

    servers = Path(json.loads(ran.stdout)["servers"])
    assert (servers / ".installed-servers").exists()
    assert servers == ready / ".venv-servers"


def test_help_on_a_fresh_machine_needs_no_environment(house: Path) -> None:
    ran = launched(house, "--help")

    assert "usage: ./vieraugen" in ran.stdout
    assert not (house / ".venv").exists()


def test_an_unknown_suite_is_refused_before_anything_is_made(house: Path) -> None:
    ran = launched(house, "install", "lotus")

    assert (ran.returncode, (house / ".venv").exists()) == (2, False)
    assert "no suite lotus" in ran.stderr


@pytest.mark.parametrize(
    "words", [["demo", "--suite", "google"], ["serve", "--suite=google"], ["connect", "google"]]
)
def test_a_suite_that_is_named_is_installed(ready: Path, words: list[str]) -> None:
    stamp = ready / ".venv/.installed-google"
    stamp.unlink(missing_ok=True)

    launched(ready, *words)

    assert stamp.exists()


def test_what_was_installed_once_is_kept_up(ready: Path) -> None:
    launched(ready, "install", "google")
    lock = ready / "requirements/google.lock"
    lock.write_text(lock.read_text() + "# a newer one\n")

    assert "once: google" in launched(ready, "doctor").stderr


def test_a_folder_of_choice_is_used(house: Path, tmp_path: Path) -> None:
    launched(house, "doctor", VIERAUGEN_VENV=str(tmp_path / "elsewhere"))

    assert (tmp_path / "elsewhere/pyvenv.cfg").exists()
    assert not (house / ".venv").exists()


def test_a_folder_that_is_no_environment_is_left_alone(house: Path) -> None:
    (house / ".venv").mkdir()
    (house / ".venv/diary.txt").write_text("mine")

    ran = launched(house, "doctor")

    assert (ran.returncode, (house / ".venv/diary.txt").read_text()) == (COULD_NOT_PREPARE, "mine")
    assert "is no Python environment" in ran.stderr


def test_a_package_that_cannot_be_fetched_is_one_clear_sentence_and_done_by_the_next_start(
    made: Path,
) -> None:
    lock = made / "requirements/base.lock"
    lock.write_text("nh3==0.3.0 --hash=sha256:" + "0" * 64 + "\n")
    refused = launched(made, "doctor", PIP_RETRIES="1")
    lock.write_text("# nothing\n")

    ran = launched(made, "doctor")

    assert refused.returncode == COULD_NOT_PREPARE
    assert "is this machine offline?" in refused.stderr.splitlines()[-1]
    assert ran.returncode == 0
    assert "making the environment" not in ran.stderr


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (f"small==1 --hash=sha256:{'0' * 64}", "not the one that the lock names"),
        ("small==1", "without its hash"),
    ],
)
def test_a_package_that_is_not_the_locked_one_is_refused(made: Path, entry: str, why: str) -> None:
    shutil.rmtree(next((made / ".venv").glob("lib/*/site-packages/small-1.dist-info")))
    wheel = [sys.executable, "-c", "import small; small.build_wheel('..')"]
    subprocess.run(wheel, cwd=made / "backend", check=True, timeout=30)
    (made / "requirements/base.lock").write_text(f"{entry}\n")

    ran = launched(made, "doctor", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(made))

    assert ran.returncode == COULD_NOT_PREPARE
    assert why in ran.stderr.splitlines()[-1]


def test_a_killed_start_heals(house: Path) -> None:
    cut_off = subprocess.Popen(
        [sys.executable, house / "vieraugen", "doctor"],
        env=surroundings(house),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert cut_off.stderr is not None
    next(line for line in cut_off.stderr if b"making" in line)
    time.sleep(0.3)
    cut_off.send_signal(signal.SIGKILL)
    cut_off.communicate(timeout=30)

    ran = launched(house, "doctor")

    assert "removing what an earlier start left" in ran.stderr
    assert ran.returncode == 0


def test_a_half_installed_environment_is_not_believed(made: Path) -> None:
    (made / ".venv.lock").write_text("unfinished")

    assert "making the environment" in launched(made, "doctor").stderr


def test_two_starts_at_once_make_one_environment(house: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, house / "vieraugen", "doctor"],
            env=surroundings(house),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [start.communicate(timeout=120)[1] for start in starts]

    assert [start.returncode for start in starts] == [0, 0]
    assert sum("making the environment" in text for text in said) == 1
    assert sum("waiting for it" in text for text in said) == 1


def test_a_dead_shim_on_the_path_is_passed_over(house: Path, tmp_path: Path) -> None:
    old = old_python()
    path = tmp_path / "bin"
    path.mkdir()
    (path / "python3.20").write_text("#!/bin/sh\nexit 127\n")
    (path / "python3.20").chmod(0o755)
    (path / "python3.11").symlink_to(sys.executable)

    ran = launched(house, "doctor", python=old, PATH=f"{path}{os.pathsep}{os.defpath}")

    assert ran.returncode == 0, ran.stderr


def test_an_old_python_alone_says_what_is_needed(house: Path, tmp_path: Path) -> None:
    ran = launched(house, "doctor", python=old_python(), PATH=str(tmp_path))

    assert ran.returncode == COULD_NOT_PREPARE
    assert "needs Python 3.11 or newer, this is 3." in ran.stderr.splitlines()[-1]


def test_without_ensurepip_the_package_to_install_is_named(house: Path, tmp_path: Path) -> None:
    ran = launched(house, "doctor", python=without("ensurepip", "pip", tmp_path))

    assert ran.returncode == COULD_NOT_PREPARE
    assert "apt install python3-venv" in ran.stderr.splitlines()[-1]


def test_without_ensurepip_the_systems_pip_installs_from_outside(
    house: Path, tmp_path: Path
) -> None:
    ran = launched(house, "doctor", python=without("ensurepip", "nothing", tmp_path))

    assert ran.returncode == 0, ran.stderr
    assert not list((house / ".venv").glob("lib/*/site-packages/pip"))


def test_launcher_and_its_parts_keep_to_the_syntax_of_python_3_8() -> None:
    for name in ("vieraugen", "requirements/environment.py", "requirements/steps.py"):
        ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def old_python() -> str:
    for minor in (10, 9, 8):
        for found in (shutil.which(f"python3.{minor}"), *pyenv(minor)):
            if found and subprocess.run([found, "-c", ""], check=False).returncode == 0:
                return found
    pytest.skip("no Python older than 3.11 is installed")


def pyenv(minor: int) -> list[str]:
    return [str(path) for path in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")]


def without(*modules: str | Path) -> str:
    """A Python in which some modules cannot be imported, as on a Debian with parts left out."""
    *names, folder = modules
    base = getattr(sys, "_base_executable", sys.executable)
    wrapper = Path(folder) / "python3"
    refuse = "".join(f"sys.modules[{name!r}] = None;" for name in names)
    (Path(folder) / "sitecustomize.py").write_text(f"import sys; {refuse}\n")
    wrapper.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec {base} "$@"\n')
    wrapper.chmod(0o755)
    return str(wrapper)
