"""`vieraugen outlook manifest` and `vieraugen teams package` write files."""

from __future__ import annotations


def test_both_write_what_an_administrator_uploads(command, tmp_path):
    out = tmp_path / "out"

    pane = command("outlook", "manifest", "--out", str(out))
    teams = command("teams", "package", "--out", str(out), "--json")

    assert (pane.code, teams.code) == (0, 0)
    assert "Integrated apps" in pane.out
    assert teams.json["files"] == [str(out / "vieraugen-teams.zip")]
    assert sorted(path.name for path in out.iterdir()) == [
        "vieraugen-outlook.xml",
        "vieraugen-outlook.zip",
        "vieraugen-teams.zip",
    ]


def test_an_address_that_microsoft_cannot_open_is_named(command, tmp_path, monkeypatch):
    monkeypatch.setenv("VIERAUGEN_PUBLIC_URL", "http://127.0.0.1:8040")

    done = command("teams", "package", "--out", str(tmp_path))

    assert done.code == 1
    assert "https addresses only" in done.err
