"""The report of a simulation as one page that needs nothing else."""

from __future__ import annotations

import re
from importlib.resources import files

from babel.numbers import format_decimal
from markupsafe import Markup

from core.content.texts import text_for
from core.model.meetings import MeetingState
from core.model.suggestions import Suggestion
from core.rules.facts import Switches
from core.rules.guards import is_on
from core.rules.registry import by_id
from webhook_app.simulation.behaviours import PORTRAITS
from webhook_app.simulation.drawing import company_picture, drawn_pairs, rules_picture
from webhook_app.simulation.kept import kept_in
from webhook_app.simulation.play import Play, Played
from webhook_app.simulation.speaking import audience, heard, reason
from webhook_app.simulation.sums import BehaviourSum, Sums, sums_of
from webhook_app.simulation.words import words_of


def page_of(play: Play, locale: str) -> str:
    """Return the whole page."""
    words, sums = words_of(locale), sums_of(play)
    teams = len({pair.couple.manager.address for pair in play.pairs})
    lead = words["lead"].format(
        pairs=_count(sums.pairs, locale),
        teams=_count(teams, locale),
        weeks=sums.weeks,
        bodies=_count(sums.with_bodies, locale),
    )
    drawn = drawn_pairs(play)
    hint = words["company_hint"]
    if len(drawn) < len(play.pairs):
        some = words["some"].format(shown=len(drawn), pairs=_count(sums.pairs, locale))
        hint = f"{hint} {some}"
    parts = [
        Markup(
            "<header><p class=brand>vieraugen simulate</p><h1>{}</h1><p class=lead>{}</p>"
        ).format(words["title"], lead),
        _numbers(sums, words, locale),
        Markup("</header>{}").format(_promises(play, words)),
        Markup("<section><h2>{}</h2><p class=hint>{}</p>{}<div class=wide>{}</div>").format(
            words["company"],
            hint,
            _legend(words),
            company_picture(play, drawn, words, locale),
        ),
        Markup("</section><section><h2>{}</h2><div class=wide>{}</div>{}</section>").format(
            words["by_rule"], rules_picture(sums, words, locale), _quiet(sums, words, locale)
        ),
        _behaviours(sums, words, locale),
        _rules(words, locale),
        _examples(play, words, locale),
        Markup("<footer>{}</footer>").format(words["again"]),
    ]
    page = Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title><style>/* style */</style></head><body><main>{}</main></body></html>"
    ).format(locale[:2], words["title"], Markup("").join(parts))
    style = (files("webhook_app.simulation") / "report.css").read_text("utf-8")
    return str(page).replace("/* style */", style, 1)


def _count(number: int, locale: str) -> str:
    return format_decimal(number, locale=locale[:2])


def _decimal(number: float, locale: str) -> str:
    return format_decimal(number, format="0.00", locale=locale[:2])


def _numbers(sums: Sums, words: dict[str, str], locale: str) -> Markup:
    shown = (
        (_count(sums.said, locale), words["said"]),
        (_decimal(sums.a_pair_a_month, locale), words["month"]),
        (
            f"{_count(sums.silent_pairs, locale)}/{_count(sums.pairs, locale)}",
            words["silent"],
        ),
        (_count(sums.false, locale), words["false"]),
        (str(sums.most_to_a_manager_in_a_week), words["busiest"]),
        (_count(sums.bodies_written, locale), words["written"]),
    )
    cells = [Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, n) for n, name in shown]
    return Markup("<dl class=numbers>{}</dl>").format(Markup("").join(cells))


def _promises(play: Play, words: dict[str, str]) -> Markup:
    rows = Markup("").join(
        Markup("<tr><th scope=row>{}</th><td>{}</td><td>{}</td></tr>").format(
            words[f"kept_{one.name}"],
            words[f"found_{one.name}"].format(one.found),
            words["kept"] if one.holds else Markup("<b>{}</b>").format(words["broken"]),
        )
        for one in kept_in(play)
    )
    head = Markup("<th>{}</th><th>{}</th><th></th>").format(words["promise"], words["in_play"])
    return Markup(
        "<section><h2>{}</h2><p class=hint>{}</p><div class=wide><table class=said><thead><tr>{}"
        "</tr></thead><tbody>{}</tbody></table></div></section>"
    ).format(words["promises"], words["promises_hint"], head, rows)


def _rules(words: dict[str, str], locale: str) -> Markup:
    heads = (words["rule"], words["looks_at"], words["speaks_to"], words["fresh"])
    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in heads)
    rows = Markup("").join(
        Markup("<tr><th scope=row>{} {}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            rule.rule_id,
            text_for(rule.name, locale),
            without_numbers(text_for(rule.why, locale)),
            words[
                f"to_{next(iter(rule.audience)).value}" if len(rule.audience) == 1 else "to_both"
            ],
            words["on"] if is_on(rule, Switches()) else words["off"],
        )
        for _, rule in sorted(by_id().items())
    )
    return Markup(
        "<section><h2>{}</h2><p class=hint>{}</p><div class=wide><table class=said><thead><tr>{}"
        "</tr></thead><tbody>{}</tbody></table></div></section>"
    ).format(words["all_rules"], words["all_rules_hint"], head, rows)


def without_numbers(text: str) -> str:
    """Return a rule's reason with dots in place of what it was in one case."""
    return re.sub(r"\{\w+\}", "…", text).replace("….", "…")


def _legend(words: dict[str, str]) -> Markup:
    states = (MeetingState.HELD, MeetingState.CANCELLED, MeetingState.UNKNOWN)
    found = [
        Markup(
            '<span><svg width="16" height="12"><rect class="{}" width="16" height="12" rx="2"/>'
            "</svg>{}</span>"
        ).format(state.value, words[f"legend_{state.value}"])
        for state in states
    ]
    found += [
        Markup(
            '<span><svg width="12" height="12"><circle class="{}" cx="6" cy="6" r="4.2"/></svg>'
            "{}</span>"
        ).format(name, words[f"legend_{name}"])
        for name in ("dot", "ring")
    ]
    return Markup("<p class=legend>{}</p>").format(Markup("").join(found))


def _quiet(sums: Sums, words: dict[str, str], locale: str) -> Markup:
    names = []
    for rule in (by_id()[r.rule_id] for r in sums.rules if not r.said):
        off = "" if is_on(rule, Switches()) else f" ({words['off']})"
        names.append(f"{rule.rule_id} {text_for(rule.name, locale)}{off}")
    return Markup("<p class=hint><b>{}:</b> {}. {}</p>").format(
        words["quiet_rules"], " · ".join(names), words["by_rule_hint"]
    )


def _behaviours(sums: Sums, words: dict[str, str], locale: str) -> Markup:
    heads = ("behaviour", "pairs", "held", "heard", "unreasoned", "quiet")
    head = Markup("").join(Markup("<th>{}</th>").format(words[name]) for name in heads)
    rows = Markup("").join(_behaviour(b, locale) for b in sums.behaviours)
    return Markup(
        "<section><h2>{}</h2><div class=wide><table><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table></div></section>"
    ).format(words["by_behaviour"], head, rows)


def _behaviour(found: BehaviourSum, locale: str) -> Markup:
    cells = (
        found.pairs,
        f"{found.held}/{found.meetings}",
        found.said,
        found.false or "–",
        found.silent_pairs or "–",
    )
    name = text_for(PORTRAITS[found.behaviour].words, locale)
    return Markup("<tr><th scope=row>{}</th>{}</tr>").format(
        name, Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    )


def _examples(play: Play, words: dict[str, str], locale: str) -> Markup:
    first: dict[str, tuple[Played, Suggestion]] = {}
    for pair in play.pairs:
        for said in pair.said:
            if said.rule_id not in first or said.at < first[said.rule_id][1].at:
                first[said.rule_id] = (pair, said)
    cards = [
        Markup(
            "<article><p class=tag>{} · {}</p><p class=words>{}</p><p class=why>{}</p></article>"
        ).format(
            rule_id,
            audience(pair, said, words),
            heard(pair, said, locale),
            reason(said, locale),
        )
        for rule_id, (pair, said) in sorted(first.items())
    ]
    return Markup(
        "<section><h2>{}</h2><p class=hint>{}</p><div class=cards>{}</div></section>"
    ).format(words["reads"], words["reads_hint"], Markup("").join(cards))
