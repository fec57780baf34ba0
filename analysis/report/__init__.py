"""The report: a notebook, executed and written as one HTML page that needs no network."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from traitlets.config import Config

from ..errors import ReportError
from ..story import Story

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOK = ROOT / "notebooks" / "07_report.ipynb"
CELL_SECONDS = 600  # a cell that runs longer hangs


def write_report(story: Story, target: Path, *, progress: Callable[[int, int], None] = lambda done, of: None) -> Path:
    """Execute the report's notebook on a story and write it as one self-contained page.

    Parameters
    ----------
    target : the file to write; it appears whole, or an older one stays as it was.
    progress : called after each code cell with the cells done and the cells in all.

    Raises
    ------
    ReportError : a cell failed.
    """
    notebook = execute(NOTEBOOK, story.folder, progress)
    page = render(notebook, story)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_text(page, encoding="utf-8")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def execute(path: Path, story_folder: Path, progress: Callable[[int, int], None]) -> nbformat.NotebookNode:
    """Run a notebook from a fresh kernel, the story given by TELLINGS_STORY, and return it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    with tempfile.TemporaryDirectory(prefix="tellings-") as sockets:
        client = NotebookClient(
            notebook, config=_private(sockets), timeout=CELL_SECONDS,
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_executed=lambda cell, cell_index, execute_reply: progress(code.index(cell_index) + 1, len(code)),
        )
        try:
            client.execute(env={**os.environ, "TELLINGS_STORY": str(story_folder)})
        except CellExecutionError as error:
            raise ReportError(_told(error, notebook, path)) from error
    return notebook


def _private(folder: str) -> Config:
    """Let the kernel speak over sockets of the file system where there are any: nobody else can listen."""
    if os.name != "posix":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder) / "kernel")}})


def _told(error: CellExecutionError, notebook: nbformat.NotebookNode, path: Path) -> str:
    number = next(i for i, cell in enumerate(notebook.cells, 1)
                  if any(output.output_type == "error" for output in cell.get("outputs", ())))
    first_line = notebook.cells[number - 1].source.strip().splitlines()[0]
    return f"{path.name}, cell {number} ({first_line}): {error.ename}: {error.evalue}. The report was not written."


def render(notebook: nbformat.NotebookNode, story: Story) -> str:
    """Turn an executed notebook into a page: prose and results, without code, scripts or links to elsewhere."""
    exporter = HTMLExporter(template_name="template", extra_template_basedirs=[str(Path(__file__).parent)],
                            exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True)
    page, _ = exporter.from_notebook_node(notebook, resources={"story": story.about})
    return page
