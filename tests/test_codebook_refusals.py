"""Each kind of bad codebook, through the command: exit status 2, one message, nothing else."""

import sys

import pytest

from analysis import cli
from test_codebook import BAD, changed

KINDS = {name: (old, new) for name, (old, new, *_) in BAD.items()}


def test_the_kinds_are_many():
    assert len(KINDS) >= 30


@pytest.mark.parametrize(("old", "new"), KINDS.values(), ids=KINDS)
def test_the_command_tells_a_bad_codebook_once(bridge, monkeypatch, capsys, old, new):
    (bridge / "codebook" / "facts.yaml").write_text(changed(old, new), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.setattr(sys, "argv", ["tellings", "check", str(bridge)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    out, err = capsys.readouterr()
    assert (end.value.code, out) == (2, "")
    assert err.count("To mend it: ") == 1
    assert "facts.yaml, line " in err and "Traceback" not in err
