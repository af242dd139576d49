"""What people paste from other programs into our block, in the markup that those put it in."""

from __future__ import annotations

from typing import Final

import pytest

from core.body import Body, BodyForm, merge, readable, render
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA, PEOPLE
from tests.core.body.test_lines_and_their_meaning import agenda, annas
from tests.core.body.test_stories import told

OF: Final = agenda(annas("Urlaub"))
SHELL: Final = (
    '<html><head><style>\r\np {margin:0}\r\n</style></head><body dir="ltr">{}</body></html>'
)
PASTED: Final = {
    "a list of Google Docs": (
        (
            '<b style="font-weight:normal" id="docs"><ul><li dir="ltr" aria-level="1">'
            '<p dir="ltr" role="presentation"><span style="font-size:11pt">Kurs</span></p></li>'
            '</ul></b><br class="Apple-interchange-newline">'
        ),
        ("open Kurs",),
    ),
    "a checklist of Google Docs": (
        (
            '<ul><li role="checkbox" aria-checked="true"><img src="data:," alt="ja"><p>Kurs</p>'
            '</li><li role="checkbox" aria-checked="false"><p>Rad</p></li></ul>'
        ),
        ("discussed Kurs", "open Rad"),
    ),
    "a task list of TipTap": (
        (
            '<ul><li data-checked="true"><label><input type="checkbox" checked>'
            "<span></span></label><div><p>Kurs</p></div></li></ul>"
        ),
        ("discussed Kurs",),
    ),
    "cells of Google Sheets": (
        (
            "<google-sheets-html-origin><style><!--td {a: 0}--></style><table><tbody><tr><td>Köln"
            "</td><td>12</td></tr></tbody></table></google-sheets-html-origin>"
        ),
        ("open Köln 12",),
    ),
    "check boxes of Word": (
        (
            '<p class="MsoNormal"><w:Sdt CheckBox="t" CheckBoxIsChecked="t" ID="12"><span>☒</span>'
            "</w:Sdt> Kurs<o:p></o:p></p>"
        ),
        ("discussed Kurs",),
    ),
    "smart tags of an old Word": (
        '<p>Treffen in <st1:place w:st="on"><st1:City>Köln</st1:City></st1:place></p>',
        ("open Treffen in Köln",),
    ),
    "an item of Word that goes on without a bullet": (
        (
            '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:'
            'Ignore">·</span>Kurs</p><p class="MsoListParagraph">bis Juli</p><p>Rad</p>'
        ),
        ("open Kurs | bis Juli", "open Rad"),
    ),
    "a mention and an emoji of Teams": (
        '<p>Frag <at id="0">Ben</at> <img alt="🎉" itemtype="http://schema.skype.com/Emoji"></p>',
        ("open Frag Ben 🎉",),
    ),
    "a picture that was described by itself": (
        '<p>Siehe <img src="cid:1" alt="Ein Bild, das Text enthält."> Plan</p>',
        ("open Siehe Plan",),
    ),
    "a list of Slack with a list directly inside": (
        '<ul data-stringify-type="unordered-list"><li>Kurs</li><ul><li>bis Juli</li></ul></ul>',
        ("open Kurs | bis Juli",),
    ),
    "a to-do of Notion": (
        (
            '<!-- notionvc: 7c --><ul class="to-do-list"><li><div class="checkbox"></div> '
            '<span class="to-do-children-unchecked">Kurs</span></li></ul>'
        ),
        ("open Kurs",),
    ),
    "tables in tables": (
        "<table><tr><td><table><tr><td>Kurs</td></tr><tr><td>Rad</td></tr></table></td></tr></table>",
        ("open Kurs", "open Rad"),
    ),
    "what is struck through": ("<div><s>Kurs</s></div>", ("discussed Kurs",)),
    "what nobody sees": (
        (
            "<!--StartFragment--><style>p {color:red}</style><script>alert(1)</script>"
            "<p>Kurs</p><!--EndFragment-->"
        ),
        ("open Kurs",),
    ),
    "empty items": ("<ul><li><br></li><li>&nbsp;</li><li>Kurs</li><li></li></ul>", ("open Kurs",)),
    "a gateway's link": (
        (
            '<div><a href="https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example'
            '%2Fb&amp;data=05&amp;reserved=0" originalsrc="https://a.example/b">Wiki</a></div>'
        ),
        ("open Wiki (https://a.example/b)",),
    ),
    "links to people and telephones": (
        (
            '<div><a href="mailto:cara@example.com">cara@example.com</a>, '
            '<a href="tel:1">0301234</a>'
            "</div>"
        ),
        ("open cara@example.com, 0301234",),
    ),
    "a phone's signature": (
        (
            '<div dir="auto">Kurs</div><div id="ms-outlook-mobile-signature"><div>Holen Sie sich '
            '<a href="https://aka.ms/o0ukef">Outlook für iOS</a></div></div>'
        ),
        ("open Kurs",),
    ),
}


@pytest.mark.parametrize(("pasted", "come"), PASTED.values(), ids=PASTED)
def test_what_is_pasted_is_read_as_people_see_it_and_stands_once(
    pasted: str, come: tuple[str, ...]
) -> None:
    block = render(OF.shared(), form=BodyForm.HTML, locale="de", people=PEOPLE)
    base, theirs = (
        Body(form=BodyForm.HTML, content=SHELL.replace("{}", text))
        for text in (block, block.replace("</ul><i>", f"</ul>{pasted}<i>"))
    )
    call = {"copy_of": ANNA, **settings_of()}
    result = merge(base_agenda=OF, base_body=base, theirs=theirs, ours=OF, **call)
    done = {"base_agenda": result.agenda, "ours": result.agenda}
    again = merge(base_body=result.body, theirs=result.body, **done, **call)

    assert told(result.agenda) == ["open Urlaub", *come]
    assert result.body.content.startswith(SHELL[: SHELL.index("{}")])
    assert [readable(result.body).count(line.split()[-1]) for line in come] == [1] * len(come)
    assert (again.agenda, again.write, again.changes) == (result.agenda, False, ())
