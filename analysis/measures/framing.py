"""How the event is framed, and in whose voice: the outlet's own, or a quoted speaker's."""

from __future__ import annotations

import pandas as pd

from . import camp_of

OWN = "own voice"
UNNAMED = "unnamed speaker"


def voice(codings: pd.DataFrame) -> pd.Series:
    """Name the voice of each coding: `own voice`, a speaker, or `unnamed speaker`."""
    return codings["speaker"].fillna(UNNAMED).where(codings["status"].ne("stated"), OWN)


def devices(codings: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """List every framing device found, with its voice and its target.

    Returns
    -------
    DataFrame: article_id, frame_id, name, voice (`own voice`, a speaker, or `unnamed speaker`), quoted (bool),
    target (the actor of whom the frame speaks; empty for a frame of no one actor), text, start, end.
    """
    found = codings[codings["kind"].eq("frame")].rename(columns={"code_id": "frame_id"})
    listed = found.assign(quoted=found["status"].ne("stated"), voice=voice(found)).merge(
        frames[["frame_id", "name", "target"]], on="frame_id")
    return listed[["article_id", "frame_id", "name", "voice", "quoted", "target", "text", "start", "end"]].sort_values(
        ["article_id", "start"], ignore_index=True)


def by_voice(codings: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Count each frame's devices in each article, own and quoted voice apart.

    Returns
    -------
    DataFrame indexed by (`frame_id`, `article_id`), every pair of the codebook's frames and the coded articles:
    own, quoted (devices).
    """
    found = devices(codings, frames)
    counts = found.groupby(["frame_id", "article_id", "quoted"]).size().unstack(fill_value=0)
    pairs = pd.MultiIndex.from_product([frames["frame_id"], sorted(codings["article_id"].unique())],
                                       names=["frame_id", "article_id"])
    return (counts.reindex(index=pairs, columns=[False, True], fill_value=0)
            .rename(columns={False: "own", True: "quoted"}).rename_axis(columns=None).astype(int))


def of_whom(codings: pd.DataFrame, frames: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count who frames whom: devices with a target, by the camp that speaks them and the actor they are about.

    An outlet's own voice is a camp of its own, and so is whoever the codebook does not know.

    Returns
    -------
    DataFrame: camp (`own voice`, a camp of the codebook, `not in the codebook`, or `unnamed speaker`), target (name),
    frame (name), devices, articles (number of them), the most frequent first.
    """
    found = devices(codings, frames).dropna(subset=["target"])
    found = found.assign(camp=camp_of(found["voice"], actors, kept=(OWN, UNNAMED)),
                         target=found["target"].map(dict(zip(actors["actor_id"], actors["name"]))))
    counts = found.rename(columns={"name": "frame"}).groupby(["camp", "target", "frame"]).agg(
        devices=("start", "size"), articles=("article_id", "nunique")).reset_index()
    return counts.sort_values(["devices", "camp", "frame"], ascending=[False, True, True], ignore_index=True)


def rates(codings: pd.DataFrame, frames: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count devices by article and voice, with the rate for texts of different length.

    Returns
    -------
    DataFrame indexed by `article_id`: own, quoted (devices), words (of the article), per_1000 (devices a thousand
    words).
    """
    counts = by_voice(codings, frames).groupby("article_id").sum()
    table = articles.set_index("article_id")[["words"]].join(counts).fillna({"own": 0, "quoted": 0})
    table = table.astype({"own": int, "quoted": int})
    return table.assign(per_1000=1000 * (table["own"] + table["quoted"]) / table["words"])[
        ["own", "quoted", "words", "per_1000"]]
