"""`vieraugen template …`: list, show, check, carry in and out, choose."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from core.content.json_schema import schema_files
from core.content.template_model import Template
from core.content.texts import text_for
from core.errors import InvalidInput, NotFound
from core.model.people import normal_address
from core.model.series import SeriesId
from core.model.shape import OwnTemplate
from core.service.offers import decline_template, template_offers
from core.service.own_templates import import_template, read_template, remove_template
from core.service.run import run_due
from core.service.shapes import all_templates, known_template, use_template
from core.templates import Finding, Level, Severity, lint, load_templates
from core.templates.exchange import to_json, to_text
from core.templates.markdown import to_markdown
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now


def show_all(args: Namespace) -> int:
    """Print every template's id and title."""
    with opened(args) as app, app.store.transaction() as tx:
        found = [all_templates(tx)[name] for name in sorted(all_templates(tx))]
        own = {t.template_id for t in tx.nouns(OwnTemplate)}
    data = [
        {
            "id": t.id,
            "title": text_for(t.title, args.locale),
            "minutes": t.duration_min,
            "version": t.version,
            "own": t.id in own,
        }
        for t in found
    ]
    lines = [
        f"{d['id']:14} {d['minutes']:3} min  {d['title']}{' *' if d['own'] else ''}" for d in data
    ]
    show(args, {"templates": data}, "\n".join(lines))
    return 0


def show_one(args: Namespace) -> int:
    """Print a template as people read it."""
    template = _known(args, args.template)
    show(args, template.model_dump(mode="json"), to_text(template, args.locale).rstrip())
    return 0


def _known(args: Namespace, template_id: str) -> Template:
    with opened(args) as app, app.store.transaction() as tx:
        return known_template(tx, template_id)


def check(args: Namespace) -> int:
    """Say what is to change in template files, or in built-in ones by their ids."""
    results, refused = [], False
    for name in args.files:
        template = load_templates().get(name) or _read(name)
        findings = lint(template, args.minutes)
        refused = refused or any(f.severity is Severity.REFUSED for f in findings)
        results.append({"file": name, "findings": [_finding(f, args.locale) for f in findings]})
    lines = [
        f"{r['file']}: {f['severity']}: {f['where']}: {f['text']} {f['found']}".rstrip()
        for r in results
        for f in r["findings"]
    ]
    show(args, {"templates": results}, "\n".join(lines) or "Nothing to change.")
    return 1 if refused else 0


def _finding(finding: Finding, locale: str) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "code": finding.code.value,
        "where": finding.where,
        "text": finding.text(locale),
        "found": finding.found,
    }


def _read(name: str) -> Template:
    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise InvalidInput(f"{name}: neither a readable file nor a built-in template") from err
    try:
        return read_template(text, path.suffix)
    except InvalidInput as err:
        raise InvalidInput(f"{name}: {err}") from err


def take_in(args: Namespace) -> int:
    """Keep a company's own template."""
    template = _read(args.file)
    if args.dry_run:
        return check(Namespace(**{**vars(args), "files": [args.file], "minutes": None}))
    with opened(args) as app, app.store.transaction() as tx:
        replaced = template.id in all_templates(tx)
        hints = import_template(tx, template, now=utc_now())
    data = {
        "id": template.id,
        "replaced": replaced,
        "hints": [_finding(f, args.locale) for f in hints],
    }
    lines = [f"{template.id}: kept", *(f"hint: {f.where}: {f.text(args.locale)}" for f in hints)]
    show(args, data, "\n".join(lines))
    return 0


def give_out(args: Namespace) -> int:
    """Write a template as JSON, Markdown or plain text, to a file or here."""
    template = _known(args, args.template)
    ending = Path(args.to).suffix.lstrip(".") if args.to else ""
    match args.form or ending:
        case "md":
            text = to_markdown(template)
        case "text" | "txt":
            text = to_text(template, args.locale)
        case _:
            text = to_json(template)
    if args.to:
        Path(args.to).write_text(text, encoding="utf-8")
        print(f"Written: {args.to}")
    else:
        print(text, end="")
    return 0


def schema(args: Namespace) -> int:
    """Print a published JSON Schema."""
    files = schema_files()
    name = f"{args.name}.schema.json"
    if name not in files:
        known = ", ".join(sorted(f.partition(".")[0] for f in files))
        raise NotFound(f"no schema {args.name!r}: there are {known}")
    print(files[name], end="")
    return 0


def remove(args: Namespace) -> int:
    """Take a company's template away."""
    with opened(args) as app, app.store.transaction() as tx:
        again = remove_template(tx, args.template, now=utc_now())
    text = "The built-in one stands there again." if again else "Gone."
    show(args, {"id": args.template, "built_in": again}, text)
    return 0


def use(args: Namespace) -> int:
    """Choose a template for the next talk, the series, or the pair; `usual` takes it back."""
    template = "" if args.template == "usual" else args.template
    series, by = SeriesId(args.series), normal_address(args.by) if args.by else ""
    with opened(args) as app:
        with app.store.transaction() as tx:
            level = Level(args.level)
            sheet = use_template(tx, series, template, level=level, by=by, now=utc_now())
        if not engine_is_on(app):
            run_due(app.services, utc_now())
    data = {"series": args.series, "template": template, "level": args.level}
    now = "The open agenda has its shape." if sheet else "The next agenda begins with it."
    show(args, data, now)
    return 0


def offers(args: Namespace) -> int:
    """Print which templates fit the next talk, and why."""
    by = normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        found = template_offers(tx, SeriesId(args.series), by, utc_now())
    data: list[dict[str, Any]] = [
        {"id": o.template_id, "title": o.title, "reason": o.reason, "minutes": o.minutes}
        for o in found
    ]
    text = "\n".join(f"{o.template_id:14} {o.title}: {o.reason}" for o in found)
    show(args, {"offers": data}, text or "Nothing but the usual.")
    return 0


def decline(args: Namespace) -> int:
    """Turn an offered template down."""
    by = normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        decline_template(tx, SeriesId(args.series), args.template, by=by, now=utc_now())
    show(args, {"id": args.template}, "Not offered again for a while.")
    return 0
