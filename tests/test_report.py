"""The report: one page that needs no network and obeys no article, in a real browser too."""

import re
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import nbformat.v4 as nb
import pandas as pd
import pytest
from hostile import IMAGE, SCRIPT, write_story

from analysis import load_story, report, show
from analysis.codebook import Codebook
from analysis.story import About, Story

FETCHING = {"src", "srcset", "poster", "data", "action", "background"}
FETCHING_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!data:)", re.I)


class Page(HTMLParser):
    """What a browser makes of a page: its elements, its title, its text and its styles."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.title = self.text = self.styles = ""
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.styles += f"\n{dict(attributes).get('style') or ''}"
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        name = {"title": "title", "style": "styles"}.get(self._inside, "text")
        setattr(self, name, getattr(self, name) + data)

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]

    def fetched(self) -> list[str]:
        """Return what a browser would fetch, from elsewhere or at a click, or run."""
        named = [value for attribute in FETCHING for value in self.all(attribute) if not value.startswith("data:")]
        links = [value for value in self.all("href") if not value.startswith("#")]
        active = sorted(self.tags & {"script", "iframe", "object", "embed", "link", "form", "base"})
        handlers = [name for _, attributes in self.elements for name in attributes if name.startswith("on")]
        return named + links + active + handlers + FETCHING_STYLE.findall(self.styles)


def page_of(*cells, title: str = "A bridge") -> str:
    about = About(title=title, summary="It closed.", earliest=date(2021, 10, 18), latest=date(2021, 10, 18))
    return report.render(nb.new_notebook(cells=list(cells)), Story("s", Path(), about, [], Codebook()))


def shown(**data: str):
    """A cell, executed, that shows data of these types (`text_html` is text/html)."""
    outputs = [nb.new_output("execute_result", {name.replace("_", "/", 1): value for name, value in data.items()},
                             execution_count=1)]
    return nb.new_code_cell("secret_call(1)", outputs=outputs, execution_count=1)


def test_a_page_shows_prose_and_results_without_the_code():
    table = show.table(pd.DataFrame({"outlet": [SCRIPT]}))
    page = page_of(nb.new_markdown_cell("## Words & deeds\n\nSee [the end](#end)."),
                   shown(text_html=table._repr_html_(), text_plain="as text"),
                   shown(text_plain="7 < 8"),
                   nb.new_code_cell("print(1)", outputs=[nb.new_output("stream", text="a < b\n")]),
                   nb.new_code_cell("nothing = 1"))
    for words in ("Words & deeds", "the end", SCRIPT, "7 < 8", "a < b"):
        assert words in Page(page).text
    assert "#end" in Page(page).all("href")
    for hidden in ("as text", "secret_call", "print(1)", "nothing", "In [", "Out["):
        assert hidden not in page


def test_a_page_has_no_script_and_fetches_nothing():
    page = page_of(shown(text_html=show.table(pd.DataFrame({"x": [SCRIPT, IMAGE]}))._repr_html_()),
                   shown(text_plain=SCRIPT),
                   nb.new_markdown_cell("Prose."), title=SCRIPT)
    assert "<script" not in page.lower()
    assert Page(page).fetched() == []
    assert Page(page).title == f"{SCRIPT}: one event, many tellings"


def test_a_page_forbids_scripts_and_the_network():
    [policy] = [attributes["content"] for tag, attributes in Page(page_of()).elements
                if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and "script-src" not in rules
    assert rules["img-src"] == "data:"


@pytest.mark.parametrize("kind", ["application_javascript", "image_svg+xml", "text_latex",
                                  "application_vnd.jupyter.widget-view+json"])
def test_other_kinds_of_output_are_shown_as_plain_text(kind):
    value = {} if kind.endswith("json") else "<b>alert</b>"
    page = page_of(shown(**{kind: value, "text_plain": "plain"}))
    assert "alert" not in page and "<pre>plain</pre>" in page


@pytest.mark.parametrize("html", [
    '<img src="https://x.org/a.png">', "<style>@import 'a.css'</style>", '<p style="background:url(//x)">',
    "<img src=data: onerror=go()>",
    '<link rel="stylesheet" href="a.css">', "<script>1</script>", "<a href='javascript:1'>",
])
def test_the_check_of_a_page_sees_what_is_fetched_or_run(html):
    assert Page(html).fetched()


@pytest.fixture
def hostile_story(tmp_path) -> Story:
    return load_story(write_story(tmp_path / "hostile"))


def test_a_hostile_story_in_a_real_browser(hostile_story, browser, tmp_path):
    file = report.write_report(hostile_story, tmp_path / "report" / "index.html")
    source = file.read_text(encoding="utf-8")
    opened = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         file.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=True)
    page = Page(opened.stdout)
    ids, links = page.all("id"), page.all("href")
    assert page.title == f"Bridge {SCRIPT}: one event, many tellings", "no script has changed the title"
    assert {"details", "table", "mark"} <= page.tags
    assert page.fetched() == []
    assert all(link[1:] in ids for link in links), "every link has its target in the page"
    assert {"#a-0", "#fact-F1", "#fact-F2"} <= set(links), "evidence links into the texts, and the texts back"
    assert len(ids) == len(set(ids))
    assert source.count("pwned") > 10, "the hostile words are all there, as words"
