"""`tellings code`: a person decides, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .screen import errors, say, screen

if TYPE_CHECKING:
    import pandas as pd

    from ..story import Story
    from ..tables import Tables
    from ..walk import Walk


def code(
    story: Annotated[str, typer.Argument(help="A story: a name in data/, or a folder.")],
    coder: Annotated[str, typer.Option(help="Your name or initials: the decisions are saved in codings/CODER.csv.")],
    show_machine: Annotated[bool, typer.Option("--show-machine", help="Show what the machine decided.")] = False,
) -> None:
    """Code the facts by hand, cell by cell; each decision is saved at once, and the next call goes on from there."""
    from .. import analyse as run
    from .. import walk
    from ..codings import check_coder
    from ..story import load_story

    check_coder(coder)
    loaded = load_story(story)
    with errors.status("Reading the articles"):
        tables = run(loaded)
    steps = walk.begin(loaded, tables, coder)
    try:
        while steps.cell:
            _show_cell(steps, tables, show_machine)
            steps = _step(steps, loaded, tables)
    except (EOFError, KeyboardInterrupt):
        print()
    file = loaded.folder / "codings" / f"{coder}.csv"
    print(f"{steps.left} of {len(steps.cells)} cells are left. Your decisions are in {file}")


def _show_cell(steps: Walk, tables: Tables, show_machine: bool) -> None:
    """Print the fact, how to decide it, and the passages to choose from; no word of an article is obeyed."""
    from .. import walk
    from ..measures import labels

    article_id, fact_id = steps.cell
    fact = tables.facts.set_index("fact_id").loc[fact_id]
    screen.rule()
    say(f"{labels(tables.articles)[article_id]}: cell {steps.at + 1} of {len(steps.cells)}, {steps.left} left")
    say(f"{fact_id}  {fact['statement']}", style="bold")
    say(f"{fact['definition']}\nHow to decide: {fact['coding_rule']}\n")
    _show_sentences(walk.passages(steps, tables))
    if show_machine:
        say(f"The machine: {walk.of_machine(steps, tables)}")
    if steps.cell in steps.decisions:
        say(f"You decided: {steps.decisions[steps.cell].status}")


def _show_sentences(sentences: pd.DataFrame) -> None:
    for number, sentence in sentences["text"].items():
        say(f"{number:4}  {' '.join(sentence.split())}")


def _step(steps: Walk, story: Story, tables: Tables) -> Walk:
    """Ask until there is a decision, or another cell to go to.

    Raises
    ------
    EOFError : the person wants to stop.
    """
    from .. import walk

    note = ""
    statuses = "  ".join(f"{key} {status}" for key, status in walk.KEYS.items())
    while True:
        key = _ask(f"{statuses}  |  t whole text  n note  k skip  b back  q quit")
        if key in walk.KEYS:
            status = walk.KEYS[key]
            passage = None if status == "absent" else _ask_passage(walk.text_of(steps, tables))
            speaker = _ask_speaker(walk.speakers(steps, tables)) if status in walk.SPEAKING else ""
            return walk.decide(steps, story, status, passage=passage, speaker=speaker, note=note)
        if key in ("k", "b"):
            return walk.skip(steps) if key == "k" else walk.back(steps)
        if key == "q":
            raise EOFError
        if key == "t":
            _show_sentences(walk.text_of(steps, tables))
        elif key == "n":
            note = _ask("Your note")
        else:
            say("\n".join(f"{key}  {status}: {walk.MEANING[status]}" for key, status in walk.KEYS.items()))


def _ask(question: str) -> str:
    return screen.input(f"{question}: ", markup=False).strip()


def _ask_passage(sentences: pd.DataFrame) -> pd.Series:
    while True:
        number = _ask("Which passage shows it? Its number")
        if number.isdecimal() and int(number) in sentences.index:
            return sentences.loc[int(number)]
        if number == "t":
            _show_sentences(sentences)
        else:
            say(f"Give a number from {sentences.index.min()} to {sentences.index.max()}; t shows the whole text.")


def _ask_speaker(names: list[str]) -> str:
    """Return a name chosen by its number, or typed; nothing where it is not known."""
    for number, name in enumerate(names, 1):
        say(f"{number:4}  {name}")
    answer = _ask("Who says it? A number, a name, or nothing where the text does not tell")
    return names[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(names) else answer
