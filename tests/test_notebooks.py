"""The form of the notebooks. What their cells say is tested by nbval, which runs them."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = {path.stem: nbformat.read(path, as_version=nbformat.NO_CONVERT) for path in sorted(FOLDER.glob("*.ipynb"))}
REPORT = "07_report"
LESSONS = [name for name in NOTEBOOKS if name != REPORT]
TAGS = {"nbval-check-output"}  # nbval-skip, raises-exception and their like would let a broken cell pass
MOST_LINES = 15
BANNED = ["sys.path", "%", "!", "pip ", "filterwarnings", "simplefilter", "import warnings", "exec(", "eval(", "os.environ", "__file__"]

every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)
every_lesson = pytest.mark.parametrize("name", LESSONS)


def code(name: str) -> list:
    return [cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"]


def prose(name: str) -> list:
    return [cell for cell in NOTEBOOKS[name].cells if cell.cell_type == "markdown"]


def test_there_are_seven_lessons_and_a_report():
    assert [name[:3] for name in NOTEBOOKS] == [f"{number:02}_" for number in range(8)]
    assert REPORT in NOTEBOOKS


@every_notebook
def test_notebook_is_valid(name):
    notebook = NOTEBOOKS[name]
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"


@every_notebook
def test_ids_of_cells_are_unique(name):
    ids = [cell.id for cell in NOTEBOOKS[name].cells]
    assert len(ids) == len(set(ids))


@every_notebook
def test_tags_are_known(name):
    used = {tag for cell in NOTEBOOKS[name].cells for tag in cell.metadata.get("tags", [])}
    assert used <= TAGS
    for cell in code(name):
        assert not re.search(r"#\s*(NBVAL|PYTEST)", cell.source)


@every_notebook
def test_only_checked_cells_store_an_output(name):
    for cell in code(name):
        if "nbval-check-output" in cell.metadata.get("tags", []):
            assert cell.outputs, f"nothing to check against: {cell.source}"
            assert all(output.output_type in ("execute_result", "display_data", "stream") for output in cell.outputs), cell.source
        else:
            assert cell.outputs == [], cell.source
            assert cell.execution_count is None, cell.source


@every_notebook
def test_stored_outputs_are_the_same_on_every_machine(name):
    for cell in code(name):
        stored = str(cell.outputs)
        assert not re.search(r"0x[0-9a-f]{6,}|/tmp/|<ipython-input", stored), cell.source
        assert "image/png" not in stored, "pictures are tested through their Axes"


@every_notebook
def test_a_cell_says_its_answer_in_its_last_line(name):
    """A cell whose output is checked must have one: its last statement is an expression."""
    for cell in code(name):
        if "nbval-check-output" in cell.metadata.get("tags", []):
            assert isinstance(ast.parse(cell.source).body[-1], ast.Expr), cell.source


@every_notebook
def test_code_is_short_and_defines_nothing(name):
    for cell in code(name):
        assert cell.source.strip(), "an empty cell"
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)), cell.source
            assert not isinstance(node, (ast.For, ast.While, ast.Try, ast.With, ast.Global)), cell.source


@every_notebook
def test_code_needs_no_tricks(name):
    for cell in code(name):
        bare = re.sub(r"(\"\"\"|\"|').*?\1", "''", cell.source)
        assert [word for word in BANNED if word in bare.replace("!=", "")] == [], cell.source


@every_notebook
def test_code_imports_only_the_workbook(name):
    for cell in code(name):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.Import), cell.source
            if isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[0] == "analysis", cell.source


@every_notebook
def test_names_are_defined_above_where_they_are_used(name):
    known = set(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)
    for cell in code(name):
        tree = ast.parse(cell.source)
        stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        imported = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        known |= stored | imported
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        assert used <= known, cell.source


@every_notebook
def test_links_lead_to_what_is_there(name):
    headings = {line.lstrip("# ").strip().replace(" ", "-")  # as JupyterLab and nbconvert make them
                for cell in prose(name) for line in cell.source.splitlines() if line.startswith("#")}
    for cell in prose(name):
        for target in re.findall(r"\]\(([^)]+)\)", cell.source):
            if target.startswith("#"):
                assert target[1:] in headings, target
            elif "://" not in target:
                assert (FOLDER / target.partition("#")[0]).exists(), target


@every_lesson
def test_lesson_opens_with_a_title_and_what_to_expect(name):
    first = NOTEBOOKS[name].cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# \S", first.source)
    for words in ("**You will see**", "**You need**", "**It takes**"):
        assert words in first.source


@every_notebook
def test_title_stands_once(name):
    titles = [line for cell in prose(name) for line in cell.source.splitlines() if line.startswith("# ")]
    assert len(titles) == (0 if name == REPORT else 1)  # the report's title is its story's


@every_lesson
def test_lesson_ends_with_what_was_seen_and_questions(name):
    last = NOTEBOOKS[name].cells[-1]
    assert last.cell_type == "markdown"
    for words in ("## What you have seen, and what not", "**Go on**", "### Questions for a seminar"):
        assert words in last.source
    questions = last.source.split("### Questions for a seminar")[1].strip().splitlines()
    assert len(questions) >= 3
    for number, question in enumerate(questions, 1):
        assert question.startswith(f"{number}. ") and question.rstrip(".").count("?") + question.count(".") > 1, question


@every_lesson
def test_a_sentence_comes_before_the_code(name):
    cells = NOTEBOOKS[name].cells
    for before, cell, after in zip(cells, cells[1:], cells[2:]):
        if cell.cell_type == "code":
            assert "markdown" in (before.cell_type, cells[max(0, cells.index(before) - 1)].cell_type), cell.source
