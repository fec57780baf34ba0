"""One model, one story and one analysis for all tests."""

import pytest

from analysis import analyse, load_story


@pytest.fixture(scope="session")
def nlp():
    """The bare model with the layout component, as the annotators' own tests need it."""
    from analysis.annotators import layout  # noqa: F401 (registers the component)
    from analysis.pipeline import load_model

    model = load_model()
    model.add_pipe("tellings_layout", first=True)
    return model


@pytest.fixture(scope="session")
def story():
    return load_story("russia-nato-2021")


@pytest.fixture(scope="session")
def tables(story):
    return analyse(story)


def pytest_terminal_summary(terminalreporter):
    """Print the scores against gold, which a worker process cannot print itself."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, score in report.user_properties if report.when == "call" else ():
            if name == "score":
                terminalreporter.section("the machine against what was coded by reading")
                terminalreporter.write_line(score)
