"""`vieraugen insights`: a manager's own 1:1s over half a year, printed, drawn or mailed to them."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from core.errors import InvalidInput, NotFound
from core.model.people import normal_address
from core.service.insights import insights
from webhook_app.cli.opening import opened, show
from webhook_app.insights import mail_html, summary
from webhook_app.jobs.clock import utc_now
from webhook_app.mail import mailer
from webhook_app.pages.words import insight_words


def run(args: Namespace) -> int:
    """Print a line for each pair. Mail goes to the manager alone, whoever runs this."""
    who = normal_address(args.manager)
    with opened(args) as app:
        with app.store.transaction() as tx:
            person, found = tx.person(who), insights(tx, who, utc_now())
        if person is None:
            raise NotFound(f"nobody here is called {args.manager}")
        words = insight_words(person.locale)
        lines = [summary(one, words) for one in found]
        if args.html:
            try:
                Path(args.html).write_text(mail_html(found, words), encoding="utf-8")
            except OSError as err:
                raise InvalidInput(f"{args.html} cannot be written: {err.strerror}") from err
        if args.mail:
            post = mailer(app.settings)
            if post is None:
                raise InvalidInput("no mail is set up: smtp_url in the configuration")
            post.send(who, words["insights"], "\n".join(lines), mail_html(found, words))
    data = [{"pair": one.pair_id, "held": one.held, "days_since": one.days_since} for one in found]
    show(args, {"manager": who, "pairs": data}, "\n".join(lines) or words["insights_none"])
    return 0
