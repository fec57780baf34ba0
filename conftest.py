"""For tests, doctests and notebooks alike: what they read is kept in a folder of the run's own, not the user's."""

import os
from tempfile import TemporaryDirectory


def pytest_configure(config):
    """Name a new folder, which all processes of the run share."""
    if not hasattr(config, "workerinput"):  # a worker has it from the process that started it
        folder = TemporaryDirectory(prefix="tellings-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["TELLINGS_CACHE"] = folder.name
