"""Make `data/codebook.schema.json` anew."""

from pathlib import Path

from .models import schema

if __name__ == "__main__":
    Path(__file__).parents[2].joinpath("data", "codebook.schema.json").write_text(schema(), encoding="utf-8")
