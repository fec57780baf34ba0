"""What earlier runs found, kept on disk: bytes by key, in one SQLite file that several processes may use at once.

A cache only saves time. Whatever is wrong with it, a folder that cannot be written, a file cut short, a disk that is
full, the analysis goes on without; a file that is no database is replaced. A value that comes back is the one that was
put in under this key, for a checksum is kept with it, and nothing of it is ever executed.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

FOLDER_VARIABLE = "TELLINGS_CACHE"  # names another folder; empty means that nothing is kept
FILE = "readings.sqlite3"
MOST_BYTES = 10**9  # some thirty thousand articles of 500 words; of a full cache the tenth goes, the longest unused
WAIT = 10.0  # seconds for another process to finish writing, which takes it milliseconds
LEVEL = 1  # zlib's fastest halves a Doc's bytes three times; its best would be a fifth smaller at three times the cost
CHECKSUM = 8  # bytes
DAY = 24 * 60 * 60  # how exactly it is noted when a value was used: reading then seldom writes
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_use ON kept (used);
"""

log = logging.getLogger(__name__)


def cache_folder() -> Path | None:
    """Return where readings are kept: what TELLINGS_CACHE names, else the user's cache folder; None for nowhere."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is None:
        return user_cache_path("tellings", appauthor=False)
    return Path(named) if named else None


class Cache:
    """A connection to what is kept; open it with `with`, in the process and thread that uses it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Cache(Path(folder)) as cache:
    ...     cache.put({b"key": b"value"})
    ...     cache.get([b"key", b"another"])
    {b'key': b'value'}
    """

    def __init__(self, folder: Path | None):
        self.folder = folder
        self.connection: sqlite3.Connection | None = None

    def __enter__(self) -> Cache:
        if self.folder is not None:
            self._safely(self._open)
        return self

    def __exit__(self, *_) -> None:
        self._close()

    @property
    def keeps(self) -> bool:
        return self.connection is not None

    def get(self, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that are there."""
        rows = self._safely(lambda: self._select(list(keys))) if self.connection and keys else None
        opened = {key: _opened(key, sealed) for key, sealed in rows or ()}
        return {key: value for key, value in opened.items() if value is not None}

    def put(self, values: dict[bytes, bytes]) -> None:
        """Keep values, all of them or none, in place of those that had their keys."""
        if self.connection and values:
            today = int(time.time()) // DAY
            self._safely(lambda: self._insert([(key, _sealed(key, value), today) for key, value in values.items()]))

    def _open(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.connection = sqlite3.connect(self.folder / FILE, timeout=WAIT, isolation_level=None)
        # With a write-ahead log readers never wait, and a process that is killed leaves the last whole transaction.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.executescript(SCHEMA)

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _select(self, keys: list[bytes]) -> list[tuple[bytes, bytes]]:
        marks = ", ".join("?" * len(keys))
        query = f"SELECT key, CAST(value AS BLOB), used FROM kept WHERE key IN ({marks})"
        rows = self.connection.execute(query, keys).fetchall()
        today = int(time.time()) // DAY
        if any(used != today for *_, used in rows):
            self.connection.execute(f"UPDATE kept SET used = ? WHERE key IN ({marks})", [today, *keys])
        return [(key, value) for key, value, _ in rows]

    def _insert(self, rows: list[tuple[bytes, bytes, int]]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        if self._bytes() > MOST_BYTES:
            self.connection.execute("DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY used, rowid "
                                    "LIMIT (SELECT 1 + count(*) / 10 FROM kept))")
        self.connection.execute("COMMIT")

    def _bytes(self) -> int:
        pages, unused, size = (self.connection.execute(f"PRAGMA {name}").fetchone()[0]
                               for name in ("page_count", "freelist_count", "page_size"))
        return (pages - unused) * size

    def _safely(self, act):
        """Do it; where that fails, go on without the cache, and with an empty file in place of one that is broken."""
        try:
            return act()
        except (sqlite3.Error, OSError) as error:
            log.info("nothing is kept in %s: %s", self.folder, error)
            self._close()
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN:  # the low byte tells the sort of error
                self._replace()
            return None

    def _replace(self) -> None:
        """Take a broken file away and begin anew, once."""
        try:
            for suffix in ("-wal", "-shm", ""):
                Path(f"{self.folder / FILE}{suffix}").unlink(missing_ok=True)
            self._open()
        except (sqlite3.Error, OSError) as error:
            log.info("nothing is kept in %s: %s", self.folder, error)
            self._close()


def _sealed(key: bytes, value: bytes) -> bytes:
    packed = zlib.compress(value, LEVEL)
    return sha256(key + packed).digest()[:CHECKSUM] + packed


def _opened(key: bytes, sealed: bytes) -> bytes | None:
    """Return a value as it was put in; None where it is not that, after a disk's or a crash's fault."""
    packed = sealed[CHECKSUM:]
    return zlib.decompress(packed) if sha256(key + packed).digest()[:CHECKSUM] == sealed[:CHECKSUM] else None
