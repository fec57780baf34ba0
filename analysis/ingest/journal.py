"""Changes to a story folder that happen wholly or not at all, also after kill -9.

What `tellings add` decides is written to STAGED first. Renaming that folder to PENDING, which a file system does at one
moment, decides it; then its files move to their places. A run that died before is forgotten by the next one, a run that
died after is finished by it. While PENDING is there, `load_story` asks for that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError
from ..story import PENDING

STAGED, LOCK, BEFORE = ".adding", ".adding.lock", "before.json"


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Finish what an earlier run left, and give an empty folder for the files of this one; no other run has the story.

    Raises
    ------
    InputError : another run is adding to the story just now, or there is a link in it.
    """
    _check_links(folder)
    with (folder / LOCK).open("a") as lock:
        _hold(lock, folder)
        finish(folder)
        staged = folder / STAGED
        staged.mkdir()
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _check_links(folder: Path) -> None:
    """Refuse a story with a link in it, through which what is added would land outside."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            raise InputError("this is a link, which may lead out of the story",
                             "put the folder or the file itself in its place", file=path)


def _hold(lock, folder: Path) -> None:
    """Lock a file; the system lets go of it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError("articles are being added to this story by another process", "wait until that is done",
                         file=folder) from error


def finish(folder: Path) -> None:
    """Forget what an earlier run had not decided, and put into place what it had."""
    if (folder / STAGED).exists():
        shutil.rmtree(folder / STAGED)
    if (folder / PENDING).exists():
        _put_in_place(folder)


def replace(staged: Path, name: str, before: bytes | None, after: bytes) -> None:
    """Stage a new content for a file that people write too; it is replaced only where it still is as it was read."""
    (staged / name).write_bytes(after)
    known = _known(staged)
    known[name] = None if before is None else _checksum(before)
    (staged / BEFORE).write_text(json.dumps(known), encoding="utf-8")


def commit(folder: Path) -> None:
    """Decide what is staged, and put it into place."""
    _check_unchanged(folder, folder / STAGED)
    if hasattr(os, "sync"):
        os.sync()  # so that a power failure too finds either all of it or nothing
    (folder / STAGED).rename(folder / PENDING)
    _put_in_place(folder)


def _put_in_place(folder: Path) -> None:
    pending = folder / PENDING
    _check_unchanged(folder, pending)
    for path in sorted(pending.rglob("*")):
        if path.is_file() and path.name != BEFORE:
            target = folder / path.relative_to(pending)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
    shutil.rmtree(pending)


def _check_unchanged(folder: Path, staged: Path) -> None:
    for name, checksum in _known(staged).items():
        file = folder / name
        if (staged / name).exists() and checksum != (_checksum(file.read_bytes()) if file.exists() else None):
            raise InputError("the file was changed while articles were being added",
                             f"run the command again; where this message stays, delete the folder {PENDING}", file=file)


def _known(staged: Path) -> dict[str, str | None]:
    file = staged / BEFORE
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
