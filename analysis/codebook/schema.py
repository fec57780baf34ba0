"""The JSON Schema of a codebook, for editors that complete and check YAML."""

from __future__ import annotations

import json

from .models import Codebook


def schema() -> str:
    """Return the schema of a codebook file as JSON."""
    return json.dumps(Codebook.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
