"""A new story folder: commented templates that a person fills in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import InputError
from ..files import FILE_NAME, printable
from ..story import ARTICLE_COLUMNS

SCHEMA = "# yaml-language-server: $schema=../../codebook.schema.json\n"  # an editor then completes and checks the file

# In each template a line with ## explains; a line with one # is an example that counts once the # and the blank go.
STORY = """\
## What the story is about. What stands after # is not read.
title = {title}
summary = ""

## The first and the last day of what happened, year-month-day, once you know them:
# earliest = 2024-03-04
# latest = 2024-03-18

## Articles in a language other than English need a spaCy model of it, an installed package or a folder, named as in
## model = "de_core_news_sm"

## Who publishes. `tellings add` writes here the outlets it finds; say of each what a reader should know.
[outlets]
"""

ACTORS = """\
## Who acts and speaks in the story. Take away "# " before the lines of the example and put your own words in.
##
## aliases       mean the actor wherever they stand
## descriptions  mean it once a name has been given: "the mayor"
## kind          person, body, country, medium or thing; camp: the side it is on; pronoun: she, he, it or they
# actors:
# - actor_id: lopez
#   name: Ada Lopez
#   kind: person
#   camp: City
#   pronoun: she
#   aliases: [Lopez, Ada Lopez, Mayor Ada Lopez]
#   descriptions: [the mayor]
#   definition: Mayor of the town, who ordered the bridge to be shut.
#   coding_rule: Code her name in any spelling.
"""

EVENTS = """\
## What happened, with the first and the last day on which it can have happened.
## Notebook 02 proposes events from your texts, in this form, to copy here.
# events:
# - event_id: bridge-shut
#   name: Bridge shut
#   earliest: 2024-03-04
#   latest: 2024-03-04
#   definition: The old bridge is shut to all traffic.
#   coding_rule: The shutting itself, not the works before it.
#   wordings:
#   - {did: [shut, close, closure], what: [bridge]}
"""

FACTS = """\
## The facts on which the tellings are compared: ten are enough to begin with. One fact is one statement that an
## article says or does not say; read three of your articles and note what each says that another does not.
##
## importance  vital: a telling without it is incomplete; okay: worth having
## wordings    how articles say it: every slot (who, did, whom, what, where, when, why, how) must be found in one
##             sentence by one of its alternatives. "close" also finds closes, closed and closing.
##             data/README.md tells the rest.
# facts:
# - fact_id: F01
#   statement: The old bridge is shut.
#   kind: action
#   importance: vital
#   definition: No traffic may cross the bridge.
#   coding_rule: A partial closure, for lorries only, is not enough.
#   wordings:
#   - did: [shut, close, closure]
#     what: [bridge, crossing]
# - fact_id: F02
#   statement: Cracks were found in a pillar.
#   kind: cause
#   importance: okay
#   definition: Why the bridge was shut.
#   coding_rule: The damage must be to the bridge itself.
#   wordings:
#   - what: [crack, cracks]
#     where: [pillar, pier, bridge]
"""

FRAMES = """\
## Ways of presenting the event, each with the devices (wordings) that show it. A target is an actor of actors.yaml.
# frames:
# - frame_id: neglect
#   name: Neglect
#   definition: The damage is the fruit of years without repair.
#   coding_rule: Words of delay, thrift or warnings not heeded, about the bridge.
#   devices:
#   - years of neglect
#   - {did: [ignore, overlook], what: [warning, warnings]}
"""

README = """\
# {title}

What to do next: add articles with `tellings add`, say in `story.toml` what the story is about, take the comment signs
away in `codebook/facts.yaml` and put your facts there. `tellings check` says at any time what is still missing.
"""


def new_story(name: str) -> Path:
    """Make a story folder with commented templates.

    Parameters
    ----------
    name : a name, for a folder in `data/` below where you are; or a path.

    Returns
    -------
    The folder.

    Raises
    ------
    InputError : it is there already, or the name cannot be one.
    """
    path = Path(name)
    folder = Path("data", name) if path.name == name else path
    if folder.exists() or folder.is_symlink():
        raise InputError("this is there already", "take another name, or add to it with `tellings add`", file=folder)
    if not FILE_NAME.fullmatch(folder.name):
        raise InputError(f"'{printable(folder.name)}' cannot name a story",
                         "use letters, digits, '-', '_' and '.', beginning with a letter or digit")
    folder.parent.mkdir(parents=True, exist_ok=True)
    title = folder.name.replace("-", " ").replace("_", " ")
    schema = SCHEMA if (folder.parent / "codebook.schema.json").exists() else ""
    files = {
        "README.md": README.format(title=title),
        "story.toml": STORY.format(title=json.dumps(title, ensure_ascii=False)),
        "articles.csv": ",".join(ARTICLE_COLUMNS) + "\n",
        **{f"codebook/{part}.yaml": schema + content for part, content in
           (("actors", ACTORS), ("events", EVENTS), ("facts", FACTS), ("frames", FRAMES))},
    }
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as draft:
        made = Path(draft, folder.name)
        for place, content in files.items():
            (made / place).parent.mkdir(parents=True, exist_ok=True)
            (made / place).write_text(content, encoding="utf-8", newline="\n")
        (made / "texts").mkdir()
        made.rename(folder)
    return folder
