"""Exports of news databases: many articles a file, each with labels before and after its text.

    nexis       Nexis Uni, and the older LexisNexis
    factiva     Factiva
    proquest    ProQuest
    fields      what their labels say → a draft

The layouts were taken from exports in the test data of open parsers (LexisNexisTools, tm.plugin.factiva,
factiva-parsing, tm.plugin.proquest, importProquest). All come as lines here, whatever file they were in; what a layout
does not promise is unknown.
"""

from __future__ import annotations

from lxml import etree

from ...draft import Draft
from . import factiva, nexis, proquest

SAMPLE = 20_000  # characters at the head, and as many at the end, that tell a database's export from another text
_DATABASES = {"Nexis Uni": (nexis.is_uni, nexis.uni), "LexisNexis": (nexis.is_lexis, nexis.lexis),
              "Factiva": (factiva.is_export, factiva.articles), "ProQuest": (proquest.is_export, proquest.articles)}


def database(text: str) -> str | None:
    """Name the database whose export a text is, or None.

    Examples
    --------
    >>> database("Old bridge shut\\nThe Town Crier\\nOctober 18, 2021 Monday\\nBody\\nIt shut.\\nEnd of Document\\n")
    'Nexis Uni'
    >>> database("The city closed the bridge.")
    """
    sample = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + "\n" + text[-SAMPLE:]
    return next((name for name, (is_export, _) in _DATABASES.items() if is_export(sample)), None)


def read(text: str) -> list[Draft]:
    """Read the articles of an export that `database` names; one whose text is not there is a draft with its problem.

    Examples
    --------
    >>> [draft] = read("Old bridge shut\\nThe Town Crier\\nOctober 18, 2021 Monday\\nByline: Ada Lopez\\nBody\\n\\n"
    ...                "It shut.\\n\\nLoad-Date: October 19, 2021\\n\\nEnd of Document\\n")
    >>> draft.title, draft.outlet, draft.author, draft.published, draft.text
    ('Old bridge shut', 'The Town Crier', 'Ada Lopez', '2021-10-18', 'It shut.')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    _, articles = _DATABASES[database(text)]
    return list(articles(text))


def page_lines(tree: etree._Element) -> str | None:
    """Return a page that Factiva or ProQuest exported as the lines that its other exports have; None for any other."""
    return factiva.page_lines(tree) or proquest.page_lines(tree)
