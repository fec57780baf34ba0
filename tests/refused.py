"""What every refusal of bad input has in common."""

import pytest

from analysis.errors import InputError


def refused(load, source) -> InputError:
    """Load what is bad; return the one message that tells it, on one line and with a remedy."""
    with pytest.raises(InputError) as caught:
        load(source)
    assert "\n" not in str(caught.value)
    assert "To mend it: " in str(caught.value)
    return caught.value
