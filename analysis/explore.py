"""Widgets for JupyterLab: read the sentences behind the numbers, and code the facts by hand."""

from __future__ import annotations

import os

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup

from . import show, walk
from .measures import labels, sentence_of
from .measures.framing import voice
from .story import Story, choose, find_story, stories
from .tables import STATUSES, Tables

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


def _wide() -> dict:
    """Return the options of an input as wide as the cell: by themselves inputs cut names, statements and hints."""
    return {"layout": widgets.Layout(width="95%"), "style": {"description_width": "6em"}}


def _prose(html: str) -> str:
    """Set lines as close as in prose: widgets set them as far apart as their buttons are high."""
    return f'<div style="line-height: 1.4">{html}</div>'


def chooser() -> widgets.VBox:
    """Return a chooser for the story that `load_story()` loads from now on, in every notebook."""
    now = find_story()
    folders = {name: find_story(name) for name in stories()} | {now.name: now}
    story = widgets.Dropdown(description="Story", options=list(folders.items()), value=now, **_wide())
    said = widgets.HTML()

    def chosen(_) -> None:
        os.environ.pop("TELLINGS_STORY", None)  # which would go before
        choose(story.value)
        words = Markup("<p>Every notebook tells <b>{}</b> from now on: run the cells below, and those of notebooks "
                       "that are open, again.</p>")
        said.value = str(words.format(show.safe(story.label)))

    story.observe(chosen, names="value")
    return widgets.VBox([story, said])


def explorer(tables: Tables) -> widgets.VBox:
    """Return a chooser for outlet, fact and frame, with the passages it chooses below.

    Article text is escaped before it is shown.
    """
    names = labels(tables.articles)
    facts = [(f"{f.fact_id}  {f.statement}", f.fact_id) for f in tables.facts.itertuples(index=False)]
    frames = [(f.name, f.frame_id) for f in tables.frames.itertuples(index=False)]
    outlet = widgets.Dropdown(description="Outlet", options=[EVERYTHING, *zip(names, names.index)], **_wide())
    fact = widgets.Dropdown(description="Fact", options=[EVERYTHING, *facts], **_wide())
    frame = widgets.Dropdown(description="Frame", options=[EVERYTHING, *frames], **_wide())
    shown = widgets.HTML(layout=widgets.Layout(max_height="36em", overflow="auto"))  # all passages are a long list

    def refresh(change=None) -> None:
        # A fact and a frame are two ways of choosing: the one chosen last counts.
        if change is not None and change["new"] and change["owner"] in (fact, frame):
            (frame if change["owner"] is fact else fact).value = ""
        chosen = passages(tables, article_id=outlet.value or None, code_id=fact.value or frame.value or None)
        count = f"<p>{len(chosen)} {'passage' if len(chosen) == 1 else 'passages'}</p>"
        table = show.table(chosen, columns=["outlet", "code_id", "voice", "sentence"])
        shown.value = _prose(f"{count}{table._repr_html_()}")

    for chooser in (outlet, fact, frame):
        chooser.observe(refresh, names="value")
    refresh()
    return widgets.VBox([outlet, fact, frame, shown])


def coder(story: Story, tables: Tables, *, coder: str, show_machine: bool = False) -> widgets.VBox:
    """Return a walk through the cells to code: fact, definition, passages, and a button for each status.

    The same walk as `tellings code`: each decision is saved at once in the story's folder `codings`, and the next call
    goes on from there. Analyse the story again to see the decisions in its tables. Article text is escaped.

    Parameters
    ----------
    coder : the person's name or initials.
    show_machine : whether to show what the machine decided; agreement is worth more without.
    """
    shown, said = widgets.HTML(), widgets.HTML()
    passage = widgets.Dropdown(description="Passage", **_wide())
    hint = "where attributed or disputed, if the text tells"
    speaker = widgets.Combobox(description="Speaker", placeholder=hint, **_wide())
    note = widgets.Text(description="Note", **_wide())
    whole = widgets.Layout(width="auto")  # as wide as their words
    buttons = {name: widgets.Button(description=name, tooltip=walk.MEANING.get(name, ""), layout=whole)
               for name in (*STATUSES, "skip", "back")}
    row = widgets.HBox(list(buttons.values()), layout=widgets.Layout(flex_flow="row wrap"))
    steps = walk.begin(story, tables, coder)

    def go(to: walk.Walk) -> None:
        nonlocal steps
        steps, said.value, note.value, speaker.value = to, "", "", ""
        for name, button in buttons.items():
            button.disabled = steps.cell is None and name != "back"
        shown.value = _prose(_cell(steps, tables, show_machine))
        if steps.cell:
            numbers = walk.text_of(steps, tables).index
            passage.options = [("choose the one that shows it", ""), *((str(number), number) for number in numbers)]
            passage.value, speaker.options = "", walk.speakers(steps, tables)

    def decide(button: widgets.Button) -> None:
        status, evidence = button.description, None
        if status != "absent":
            if not passage.value:
                said.value = "<p>Choose the passage that shows it.</p>"
                return
            evidence = walk.text_of(steps, tables).loc[passage.value]
        go(walk.decide(steps, story, status, passage=evidence, speaker=speaker.value, note=note.value))

    for status in STATUSES:
        buttons[status].on_click(decide)
    buttons["skip"].on_click(lambda button: go(walk.skip(steps)))
    buttons["back"].on_click(lambda button: go(walk.back(steps)))
    go(steps)
    return widgets.VBox([shown, passage, speaker, note, row, said])


def _cell(steps: walk.Walk, tables: Tables, show_machine: bool) -> Markup:
    """Show the fact, how to decide it, the passages to choose from and, folded up, the whole text."""
    if steps.cell is None:
        return Markup("<p>This is the end; {} of {} cells are left.</p>").format(steps.left, len(steps.cells))
    article_id, fact_id = steps.cell
    fact = tables.facts.set_index("fact_id").loc[fact_id]
    place = f"{labels(tables.articles)[article_id]}: cell {steps.at + 1} of {len(steps.cells)}, {steps.left} left"
    machine = f"The machine: {walk.of_machine(steps, tables)}" if show_machine else ""
    earlier = f"You decided: {steps.decisions[steps.cell].status}" if steps.cell in steps.decisions else ""
    words = [show.safe(fact[name]) for name in ("statement", "definition", "coding_rule")]
    return Markup("<p>{}</p><p><b>{} {}</b></p><p>{} <i>{}</i></p>{}<details><summary>The whole text</summary>{}"
                  "</details><p>{} {}</p>").format(
        show.safe(place), fact_id, *words, _numbered(walk.passages(steps, tables)),
        _numbered(walk.text_of(steps, tables)), show.safe(machine), earlier)


def _numbered(sentences: pd.DataFrame) -> Markup:
    return Markup("").join(Markup("<p><b>{}</b> {}</p>").format(number, show.safe(text))
                           for number, text in sentences["text"].items())
