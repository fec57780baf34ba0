"""The notebooks and their widgets in a real JupyterLab and a real browser: nothing of an article is obeyed there.

All notebooks run as one, on one kernel and in one page, with a story that tries to be more than words. A last cell runs
a script and sets a formula: what the tests forbid to articles does happen in this page to who is allowed it.
"""

import csv
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat.v4 as nb
import pytest
from hostile import SCRIPT, TRICKS, write_story
from nbformat import read, write

from analysis.show import visible

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds for one step on a busy machine; nothing waits so long unless it fails
WHOLE = {"windowingMode": "none"}  # JupyterLab takes cells that are out of sight out of the page
QUIET = {"fetchNews": "false", "checkForUpdates": False}
CONTROL = """from IPython.display import HTML

HTML('<p id="control">$a$<img src="data:," onerror="window.control = 1"></p>')"""
# What no output of the workbook has, whatever its story says.
ACTIVE = ", ".join(f".jp-OutputArea-output {found}" for found in (
    "script", "iframe", "object", "embed", "base", "link", "meta", "form", "style", "svg", "math", "mjx-container",
    "img:not([src^='data:image/svg+xml;base64,'])", "[srcdoc]", "a:not([href^='#'])", "[autofocus]"))
HANDLERS = """() => [...document.querySelectorAll('.jp-OutputArea-output *')]
    .filter(element => !element.closest('#control'))
    .flatMap(element => element.getAttributeNames()).filter(name => name.startsWith('on'))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A copy of the workbook with a hostile story chosen, its name too, and a notebook that holds all notebooks."""
    tree = tmp_path_factory.mktemp("lab") / "tellings"
    for name in ("analysis", "notebooks", "data"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".chosen"))
    story = write_story(tree / "data" / "<img src=x onerror=document.title='pwned'> $x^8$")
    (tree / "data" / ".chosen").write_text(str(story), encoding="utf-8")
    notebooks = [read(file, as_version=4) for file in sorted((tree / "notebooks").glob("*.ipynb"))]
    cells = [cell for notebook in notebooks for cell in notebook.cells]
    for number, cell in enumerate(cells):
        cell.id = str(number)
    whole = nb.new_notebook(cells=[*cells, nb.new_code_cell(CONTROL)], metadata=notebooks[0].metadata)
    write(whole, tree / "notebooks" / "all.ipynb")
    return tree


@pytest.fixture(scope="module")
def lab(folder):
    """The address of JupyterLab, started by `tellings lab` with settings of its own, and its token."""
    own = folder.parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    server = {"ip": "127.0.0.1", "port": port, "port_retries": 0, "open_browser": False, "allow_root": True}
    settings = {"config/jupyter_server_config.json": {"ServerApp": server, "IdentityProvider": {"token": token}},
                "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": WHOLE,
                "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": QUIET}
    for name, values in settings.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(json.dumps(values), encoding="utf-8")
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
              "IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    env = {**os.environ, **{name: str(own / place) for name, place in places.items()}, "PYTHONPATH": str(folder)}
    env.pop("TELLINGS_STORY", None)
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "lab"]
    with (own / "log").open("w", encoding="utf-8") as log:
        running = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(f"{address}/api?token={token}"):
            assert running.poll() is None and time.monotonic() < until, (own / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        yield address, token
    finally:
        _stop(f"{address}/api/shutdown?token={token}", running)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except (URLError, TimeoutError):
        return False


def _stop(url: str, running: subprocess.Popen) -> None:
    """Ask the server to end itself and its kernels; `tellings lab` ends with it."""
    try:
        with urlopen(url, data=b"", timeout=PATIENCE):
            pass
        running.wait(timeout=PATIENCE)
    except (URLError, subprocess.TimeoutExpired):
        running.kill()
        raise


@pytest.fixture(scope="module")
def opened(browser, lab):
    """The page in which all notebooks have run, and a list of what went where it should not."""
    from playwright.sync_api import sync_playwright

    address, token = lab
    with sync_playwright() as driver:
        # As root, as on CI machines, Chromium has no sandbox.
        program = driver.chromium.launch(executable_path=browser, chromium_sandbox=False)
        page = program.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        astray = []
        here = (address, "data:", "blob:")
        page.on("request", lambda sent: None if sent.url.startswith(here) else astray.append(sent.url))
        page.on("dialog", lambda dialog: (astray.append(dialog.message), dialog.dismiss()))
        page.context.on("page", lambda other: astray.append(other.url))
        page.goto(f"{address}/lab/tree/all.ipynb?token={token}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.locator("#control mjx-container").wait_for()  # formulas are set in the order of the page
        yield page, astray
        program.close()


@pytest.fixture
def page(opened):
    """The page, which after each test is still what it was: the hostile words are words in it."""
    page, astray = opened
    yield page
    assert astray == [], "nothing is fetched from elsewhere, opened or asked"
    assert "pwned" not in page.title() and page.title() != "1"
    unwanted = page.locator(ACTIVE).and_(page.locator(":not(#control *)"))
    assert unwanted.evaluate_all("found => found.map(element => element.outerHTML.slice(0, 300))") == []
    assert page.evaluate(HANDLERS) == []


def words(locator) -> str:
    """Return what stands in a part of the page, with single spaces."""
    return " ".join(locator.inner_text().split())


def test_this_page_would_run_a_script_and_set_a_formula(page):
    page.wait_for_function("window.control === 1")


def test_every_cell_has_run(page):
    for wrong in ("stderr", "error"):
        assert page.locator(f"[data-mime-type='application/vnd.jupyter.{wrong}']").all_inner_texts() == []
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert [prompt for prompt in prompts if not prompt.strip("[]:").isdecimal()] == []


@pytest.mark.parametrize("trick", TRICKS)
def test_what_an_article_tries_is_shown_as_words(page, trick):
    assert " ".join(visible(trick).split()) in words(page.locator(".reading").last)


def explorer(page):
    """Return the first explorer: its choosers by name, and what is shown below them."""
    box = page.locator(".widget-vbox").filter(has=page.get_by_label("Outlet", exact=True)).first
    choosers = {name: box.get_by_label(name, exact=True) for name in ("Outlet", "Fact", "Frame")}
    return choosers, box.locator(".widget-html")


def test_the_explorer_shows_what_is_chosen(page):
    choosers, shown = explorer(page)
    everything = words(shown)
    assert "passages" in everything
    choosers["Fact"].select_option(label=f"F1 The bridge closed. {SCRIPT}")
    shown.filter(has_not_text="A ferry sails").wait_for()
    assert SCRIPT in words(shown) and "$x^2$" in words(shown)
    choosers["Frame"].select_option(label=f"Regret {SCRIPT}")
    shown.get_by_text("1 passage", exact=True).wait_for()
    assert "We regret it" in words(shown) and choosers["Fact"].input_value() == choosers["Outlet"].input_value()
    choosers["Frame"].select_option(label="all")
    shown.filter(has_text="We regret it").filter(has_text="A ferry sails").wait_for()
    choosers["Outlet"].select_option(label="Sums $x^7$")
    shown.filter(has_not_text="We regret it").wait_for()
    assert "$x^7$" in words(shown)
    choosers["Outlet"].select_option(label="all")
    shown.filter(has_text="We regret it").wait_for()
    assert words(shown) == everything


def test_the_coder_saves_what_is_clicked_and_typed(page, folder):
    box = page.locator(".widget-vbox").filter(has=page.get_by_label("Passage"))
    shown = box.locator(".widget-html").first
    assert f"The bridge closed. {SCRIPT}" in words(shown)
    for field in ("Passage", "Speaker", "Note"):
        assert box.get_by_label(field).bounding_box()["width"] > 600, "wide enough for what is shown in it"
    box.get_by_role("button", name="stated").click()
    box.get_by_text("Choose the passage that shows it.").wait_for()
    box.get_by_label("Passage").select_option(label="1")
    box.get_by_label("Speaker").fill("Nobody")
    box.get_by_label("Note").fill(f"{SCRIPT} $x^9$")
    box.get_by_role("button", name="stated").click()
    shown.filter(has_text="A ferry sails.").wait_for()
    box.get_by_role("button", name="absent").click()
    box.get_by_text("cell 3 of").wait_for()
    box.get_by_role("button", name="back").click()
    box.get_by_text("You decided: absent").wait_for()
    [saved] = (folder / "data").glob("*/codings/me.csv")
    with saved.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["article_id"], row["fact_id"], row["status"], row["speaker"], row["note"]) for row in rows] == [
        ("a", "F1", "stated", "", f"{SCRIPT} $x^9$"), ("a", "F2", "absent", "", "")]


def test_the_chooser_chooses_by_hand(page, folder):
    story = page.get_by_label("Story", exact=True)
    assert "$x^8$" in story.locator("option:checked").inner_text()
    box = page.locator(".widget-vbox").filter(has=story)
    for wanted in ("russia-nato-2021", "$x^8$"):
        label = story.locator("option").filter(has_text=wanted).inner_text().replace("\xa0", " ")
        story.select_option(label=label)
        box.get_by_text(f"Every notebook tells {label} from now on").wait_for()
        assert (folder / "data" / ".chosen").read_text(encoding="utf-8").endswith(label)
