"""Widgets for JupyterLab: choose an outlet, a fact or a frame, and read the sentences behind the numbers."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from . import show
from .measures import labels, sentence_of
from .measures.framing import voice
from .tables import Tables

EVERYTHING = ("all", "")  # an option with the value None would be shown as nothing chosen


def passages(tables: Tables, *, article_id: str | None = None, code_id: str | None = None) -> pd.DataFrame:
    """List the coded passages of facts and frames, each with its sentence, chosen by article or by code.

    Returns
    -------
    DataFrame: article_id, outlet (its label), code_id, status, voice (the outlet's own, or a speaker), text, sentence.
    """
    found = tables.codings[tables.codings["kind"].isin(["fact", "frame"])]
    for column, wanted in (("article_id", article_id), ("code_id", code_id)):
        if wanted is not None:
            found = found[found[column].eq(wanted)]
    found = found.join(sentence_of(found, tables.sentences)[["sentence"]])
    outlet = found["article_id"].map(labels(tables.articles))
    return found.assign(voice=voice(found), outlet=outlet)[
        ["article_id", "outlet", "code_id", "status", "voice", "text", "sentence"]].reset_index(drop=True)


def explorer(tables: Tables) -> widgets.VBox:
    """Return a chooser for outlet, fact and frame, with the passages it chooses below.

    Article text is escaped before it is shown.
    """
    names = labels(tables.articles)
    facts = [(f"{f.fact_id}  {f.statement}", f.fact_id) for f in tables.facts.itertuples(index=False)]
    frames = [(f.name, f.frame_id) for f in tables.frames.itertuples(index=False)]
    wide = {"layout": widgets.Layout(width="95%"), "style": {"description_width": "4em"}}
    outlet = widgets.Dropdown(description="Outlet", options=[EVERYTHING, *zip(names, names.index)], **wide)
    fact = widgets.Dropdown(description="Fact", options=[EVERYTHING, *facts], **wide)
    frame = widgets.Dropdown(description="Frame", options=[EVERYTHING, *frames], **wide)
    shown = widgets.HTML()

    def refresh(change=None) -> None:
        # A fact and a frame are two ways of choosing: the one chosen last counts.
        if change is not None and change["new"] and change["owner"] in (fact, frame):
            (frame if change["owner"] is fact else fact).value = ""
        chosen = passages(tables, article_id=outlet.value or None, code_id=fact.value or frame.value or None)
        count = f"<p>{len(chosen)} passages</p>"
        shown.value = count + show.table(chosen, columns=["outlet", "code_id", "voice", "sentence"])._repr_html_()

    for chooser in (outlet, fact, frame):
        chooser.observe(refresh, names="value")
    refresh()
    return widgets.VBox([outlet, fact, frame, shown])
