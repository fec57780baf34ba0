"""Run the notebooks and store the outputs of their evidence cells, which nbval then holds them to (`make evidence`).

Read the difference before you commit it: each changed line is a finding that changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def store(path: Path) -> None:
    """Execute one notebook; keep the outputs of cells tagged nbval-check-output, clear all others."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        if "nbval-check-output" not in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = {name: notebook.metadata[name] for name in ("kernelspec", "language_info")}
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in sorted(map(Path, sys.argv[1:]) if sys.argv[1:] else NOTEBOOKS.glob("*.ipynb")):
        print(path.name, flush=True)
        store(path)
