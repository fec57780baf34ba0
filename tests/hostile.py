"""A story in which every text that a person can write tries to be more than words."""

import csv
from pathlib import Path

from analysis.story import ARTICLE_COLUMNS

SCRIPT, IMAGE = "<script>document.title='pwned'</script>", "<img src=x onerror=\"document.title='pwned'\">"
ELSEWHERE = "https://elsewhere.example"
# Each is one piece of a sentence; none of them may be anything but words.
TRICKS = [
    SCRIPT, IMAGE, "<svg/onload=document.title='pwned'>", "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    f"<img src={ELSEWHERE}/i.png>", f"<base href={ELSEWHERE}>", f"<link rel=stylesheet href={ELSEWHERE}/s.css>",
    f"<meta http-equiv=refresh content=0;url={ELSEWHERE}>", f"<form action={ELSEWHERE}><input autofocus onfocus=document.title=1>",
    "<style>body{display:none}</style>", "<object data=data:text/html,pwned></object>", "</textarea></select></template>",
    "<a href=javascript:document.title='pwned'>here</a>", f"[here](javascript:document.title=1) ![i]({ELSEWHERE}/i.png)",
    "$x^2$", "$$x^3$$", r"\(x^4\)", r"\[x^5\]", r"\begin{equation}x^6\end{equation}", "\x1b[31mred\x1b[0m", "\u202eturned\u202c",
]

# A script stands in every text that a person can write into a story folder.
RULES = "  definition: d\n  coding_rule: r\n"
CODEBOOK = f"""
actors:
- actor_id: lopez
  name: "Lopez {IMAGE.replace('"', "'")}"
  kind: person
  camp: City
  pronoun: she
  aliases: [Ada Lopez, Lopez]
{RULES}
events:
- event_id: closing
  name: "Closing & {SCRIPT}"
  earliest: 2021-10-06
  latest: 2021-10-06
  wordings: [{{did: close, what: bridge}}]
{RULES}
- event_id: storm
  name: Storm
  earliest: 2021-10-04
  latest: 2021-10-04
  wordings: [{{did: hit, who: storm}}]
{RULES}
facts:
- fact_id: F1
  statement: "The bridge closed. {SCRIPT}"
  kind: action
  importance: vital
  wordings: [{{did: close, what: bridge}}]
{RULES}
- fact_id: F2
  statement: A ferry sails.
  kind: action
  importance: okay
  wordings: [ferry]
{RULES}
frames:
- frame_id: regret
  name: "Regret {SCRIPT}"
  devices: [regret]
{RULES}
"""
TEXTS = {
    "a": f"The city closed the bridge on October 6. {SCRIPT}\n\n“We regret it, {IMAGE}” Ada Lopez said on Monday. "
         "A storm had hit it on October 4.\n",
    "b": f"A ferry sails.\n\nLopez said that the bridge was closed last week & never opened. {IMAGE}\n\n{SCRIPT}\n",
    "c": f"</div></details></main><!-- {SCRIPT}\n\nIt rains \u202e here.\n",
    "d": "\n\n".join(f"The bridge {trick} closed on October 6." for trick in TRICKS) + "\n",
}


def write_story(folder: Path) -> Path:
    """Write a story folder whose title, outlets, texts and codebook all try to run a script, and return it."""
    (folder / "texts").mkdir(parents=True)
    (folder / "codebook").mkdir()
    (folder / "codebook" / "all.yaml").write_text(CODEBOOK, encoding="utf-8")
    outlets = {"a": f"Daily {SCRIPT}", "b": f"Post {IMAGE}", "c": "", "d": "Sums $x^7$"}
    about = {"title": f"Bridge {SCRIPT}", "summary": f"It closed. {IMAGE}"}
    lines = [*(f"{key} = {_quoted(value)}" for key, value in about.items()), "earliest = 2021-10-04",
             "latest = 2021-10-18", "[outlets]", *(f"{_quoted(name)} = 'a daily'" for name in outlets.values() if name)]
    (folder / "story.toml").write_text("\n".join(lines), encoding="utf-8")
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ARTICLE_COLUMNS, restval="")
        writer.writeheader()
        for article_id, text in TEXTS.items():
            (folder / "texts" / f"{article_id}.txt").write_text(text, encoding="utf-8")
            writer.writerow({"article_id": article_id, "outlet": outlets[article_id],
                             "outlet_basis": "stated" if outlets[article_id] else "unknown",
                             "title": f"Bridge shut {SCRIPT}", "published_earliest": "2021-10-18",
                             "published_latest": "2021-10-18",
                             "published_basis": "stated", "url": "javascript:document.title=1", "condition": "complete"})
    return folder


def _quoted(text: str) -> str:
    """Write a TOML basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
