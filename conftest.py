"""For tests, doctests and notebooks alike: the first story, and what they read kept in a folder of the run's own."""

import os
from tempfile import TemporaryDirectory


def pytest_configure(config):
    """Name a new folder, which all processes of the run share."""
    if not hasattr(config, "workerinput"):  # a worker has it from the process that started it
        folder = TemporaryDirectory(prefix="tellings-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["TELLINGS_CACHE"] = folder.name
        os.environ["TELLINGS_STORY"] = "russia-nato-2021"  # whatever the user chose in notebook 00
