"""The command `tellings`.

results   report, lab, analyse
stories   new, add
checking  check
coding    code
sharing   bundle, unbundle
screen    what they print
"""

from __future__ import annotations

import sys

import typer

from ..errors import InputError, ReportError
from .checking import check
from .coding import code
from .results import analyse, lab, report
from .screen import errors, visible
from .sharing import bundle, unbundle
from .stories import add, new

app = typer.Typer(help="One event, many tellings: a workbook for media analysis.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)
for command in (report, lab, new, add, check, code, analyse, bundle, unbundle):
    app.command()(command)


def main() -> None:
    """Run the command; what a person can mend is told in one message, with exit status 2."""
    try:
        app()
    except (InputError, OSError, ReportError) as error:
        errors.print(visible(f"tellings: {error}"), markup=False)
        sys.exit(1 if isinstance(error, ReportError) else 2)
