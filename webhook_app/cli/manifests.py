"""`vieraugen outlook manifest` and `vieraugen teams package`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from adapters.outlook.manifest_check import problems_of
from adapters.outlook.manifest_xml import outlook_xml
from adapters.outlook.manifests import Installation, outlook_manifest, package, teams_manifest
from core.errors import InvalidInput
from webhook_app.cli.opening import opened, show
from webhook_app.microsoft import registration
from webhook_app.wiring import App


def outlook(args: Namespace) -> int:
    """Write the pane's manifests: XML for everywhere, and the unified package."""
    with opened(args) as app:
        place = _place(app, args)
    pane = outlook_xml(place)
    if problems := problems_of(pane):
        raise InvalidInput(f"Office would refuse this manifest: {'; '.join(problems)}")
    folder = Path(args.out)
    files = {
        folder / "vieraugen-outlook.xml": pane.encode(),
        folder / "vieraugen-outlook.zip": package(outlook_manifest(place)),
    }
    text = (
        "Microsoft 365 admin center > Settings > Integrated apps > Upload custom apps: the zip; "
        "where Outlook for Mac or without a subscription is used, the XML as well."
    )
    return _written(args, files, text)


def teams(args: Namespace) -> int:
    """Write the Teams app's package."""
    with opened(args) as app:
        place = _place(app, args)
    files = {Path(args.out) / "vieraugen-teams.zip": package(teams_manifest(place))}
    text = (
        "Teams admin center > Teams apps > Manage apps > Upload new app: the zip; then a setup "
        "policy installs it for the people who take part."
    )
    return _written(args, files, text)


def _place(app: App, args: Namespace) -> Installation:
    return Installation(
        public_url=app.settings.public_url,
        client_id=registration(app).client_id,
        version=args.version,
    )


def _written(args: Namespace, files: dict[Path, bytes], text: str) -> int:
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as err:
            raise InvalidInput(f"{path}: {err.strerror}") from err
    names = [str(path) for path in files]
    show(args, {"files": names}, "\n".join([*(f"Wrote {name}." for name in names), text]))
    return 0
