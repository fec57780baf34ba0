"""The codebook of a story: its actors, events, facts and frames, and the wordings that show them.

A codebook is one or more YAML files, checked when loaded: a mistake is told with file, line and remedy.
`data/codebook.schema.json` publishes the same rules for editors (make it anew: `python -m analysis.codebook`).

models      what a codebook holds
loading     the files of a folder, put together
reading     YAML, with the line of everything in it
refusals    a value that does not fit, in a person's words
periods     days, months, years and intervals
references  `<id>`, `disputes`, targets and circles

The wording language
--------------------
A *wording* has slots (`who`, `did`, `whom`, `what`, `where`, `when`, `why`, `how`); each holds alternatives, one of
which must be found. All slots must be found within one sentence (or `within: 2` neighbouring ones), in any order.

    - who: <nato>                                  # the actor `nato`: name, description, or a pronoun clearly for it
      did: [expel, revoke … accreditation]         # any inflection, and the noun of the deed: expelled, expulsion
      whom: [8, <staff>, {spun: "quality officers"}]  # a number by value ("eight"); a list under `terms`; spun words
      what: [{noun: lead}, {verb: close}]          # a word only as a noun, adjective or verb
      how: {from: 20, to: 10}                      # a change by value: "from twenty to ten", "halved", "by 50 percent"
      when: 2021-10-06                             # a date by value ("October 6"), through the times annotator;
                                                   # also 2021-10, 2021, 2021-10/2021-12: what lies within
      optional: {why: intelligence}                # slots that make a match full, but need not be there
      not: [deny]                                  # words that must not stand in the same window

A wording may also be written as a plain string, for one phrase in the slot `what`.

What no wording has to say, because it is done by itself: where the parse shows that somebody else does the deed `did`
than what fills `who`, or that it is done to somebody else than `whom`, nothing is found; nor where the outlet says
that it was not done; what somebody denies is `disputed`, and what may have been done is `hedge`d.
"""

from .loading import load_codebook
from .models import GAPS, REFERENCE, SLOTS, Actor, Change, Codebook, Part, Spun, Wording, schema
from .periods import period

__all__ = ["GAPS", "REFERENCE", "SLOTS", "Actor", "Change", "Codebook", "Part", "Spun", "Wording",
           "load_codebook", "period", "schema"]
