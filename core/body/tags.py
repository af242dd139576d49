"""Which `<...>` in a body is a tag: a list of what hosts and editors write, nothing else."""

from __future__ import annotations

import re
from typing import Final

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html html-blob legend li "
    "main nav ol option p pre section summary table tbody tfoot thead tr ul "
    "google-sheets-html-origin".split()
)
INLINE: Final = frozenset(
    "a abbr acronym area at b base basefont bdi bdo big br button cite code col colgroup "
    "data del dfn em embed emoji font frame frameset head i iframe img input ins kbd label link "
    "map mark meta meter nobr noscript object optgroup output param picture progress q rp "
    "rt ruby s samp script select small source span strike strong style sub sup svg td "
    "template textarea th time title tt u var video wbr xml".split()
)
KNOWN: Final = BLOCKS | INLINE
VOID: Final = frozenset(
    "area base basefont br col embed frame hr img input link meta param source wbr".split()
)
HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
UNSEEN: Final = frozenset("head style script title xml template svg".split())
FORMAT: Final = HEADINGS | frozenset(
    "a abbr b big cite code del em font i ins kbd label li mark ol p pre q s small span strike "
    "strong sub sup tt u ul".split()
)
CELLS: Final = frozenset(("td", "th"))
PICTURES: Final = frozenset(("img", "emoji"))
STRUCK: Final = frozenset(("s", "del", "strike"))
SHELL: Final = re.compile(r"<(?:html|body|head|div|table|meta|style|o:p|font)\b", re.IGNORECASE)
MARKUP: Final = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]{0,9})>|(?=[a-zA-Z/!?]))")
"""Where markup begins; a tag without attributes, as most are, is read at once."""
_OFFICE: Final = re.compile(r"(?:o|w|v|m|st1|u1|x):\w+")
NAME: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,24})(?=[\s/>])")
# Possessive throughout: each attempt ends at the next "<", so that a body of them stays linear.
REST: Final = re.compile(
    r"(?:[^<>\"']++|\"[^\"]{0,8000}+\"(?=[\s/>])|'[^']{0,8000}+'(?=[\s/>]))*+>"
)
LOOSE_REST: Final = re.compile(r"[^<>]*+>")
CONDITION: Final = re.compile(r"<!\[[^\]<>]{0,80}\](?:--)?>")
DOCTYPE: Final = re.compile(r"<(?:!doctype|\?xml)[^<>]{0,300}>", re.IGNORECASE)
END: Final = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in (*UNSEEN, "body", "mso")
}
BODY: Final = re.compile(r"<body\b", re.IGNORECASE)


def is_tag_name(name: str) -> bool:
    """Tell whether hosts write tags of this (lower-case) name."""
    return name in KNOWN or (":" in name and _OFFICE.fullmatch(name) is not None)
