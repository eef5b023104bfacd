"""When a digest goes out: once a day, again for news, and until it has arrived."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.operations import alerts
from pipelines.operations.alerts import NOT_CONFIGURED, Ended, news, tell
from pipelines.operations.channels import Channel, read_channels
from pipelines.operations.digest import OVERDUE, REFUSED, Digest, Item, one_line, open_items
from pipelines.settings import Paths
from tests.receivers import Received, by_mail, smtp_receiver, webhook_receiver

FILE = Item(REFUSED, "refused a", "raw/centres/a.xlsx was refused")
SILENT = Item(OVERDUE, "overdue centres silent", "Centres has fallen silent")
BROKEN = "build_warehouse failed: not published"


class Night:
    """An installation, its open items, the day, and who is told."""

    def __init__(self, root: Path, hook: Received, patch: pytest.MonkeyPatch) -> None:
        self.paths, self.hook, self.items, self.day = Paths(root), hook, [FILE, SILENT], date(2026, 11, 22)
        self.paths.raw.mkdir()
        self.environ = {"NEIGHBOURHOODS_SLACK_WEBHOOK": f"http://127.0.0.1:{hook.port}/"}
        self.runs = 0
        patch.setattr(alerts, "today", lambda: self.day)
        patch.setattr(alerts, "open_items", lambda paths, failures: [*open_items(paths, failures), *self.items])

    def run(self, failure: str = "", run_id: str = "", job: str = "nightly") -> list[str]:
        """Ends a run; returns the lines of the digest that arrived after it, with its subject, if any did."""
        before = len(self.hook.posts)
        self.runs += 1
        ended = Ended(run_id or str(self.runs), job, failure, mends_all=job == "nightly")
        self.said = tell(self.paths, ended, self.environ)
        return [
            line
            for post in self.hook.posts[before:]
            for block in json.loads(post)["blocks"][:-1]
            for line in block["text"]["text"].splitlines()
        ]

    def next_day(self) -> None:
        self.day += timedelta(days=1)


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Night]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with webhook_receiver() as hook:
        yield Night(tmp_path, hook, monkeypatch)


SUBJECT = "Inclusive Neighbourhoods: 1 file not loaded, 1 source overdue"
FIRST = [SUBJECT, "New", f"• {FILE.text}", f"• {SILENT.text}"]


def test_the_first_night_tells_everything_and_a_second_run_nothing(night: Night) -> None:
    assert night.run() == FIRST
    assert night.said == [f"Alerts: sent by Slack: {SUBJECT}"]
    assert night.run() == []
    assert night.said == []


def test_the_next_night_tells_what_is_still_open_below_what_is_new(night: Night) -> None:
    night.run()
    night.next_day()
    night.items = [FILE, Item(OVERDUE, "overdue fund late", "Fund is late")]
    assert night.run()[1:] == [
        "New", "• Fund is late", "Told before and still open", f"• {FILE.text}", "Mended since", f"• {SILENT.text}"
    ]  # fmt: skip


def test_something_new_is_told_on_the_same_day(night: Night) -> None:
    night.items = [FILE]
    night.run()
    night.items = [FILE, SILENT]
    assert f"• {SILENT.text}" in night.run()


def test_a_file_that_was_mended_waits_for_the_next_night(night: Night) -> None:
    night.run()
    night.items = [SILENT]
    assert night.run() == []
    night.next_day()
    assert night.run()[-2:] == ["Mended since", f"• {FILE.text}"]


def test_a_failure_and_its_end_are_news_at_any_hour(night: Night) -> None:
    night.items = []
    assert night.run() == []
    assert night.run(BROKEN) == [
        "Inclusive Neighbourhoods: 1 run failed", "New", f"• The run 'nightly' failed: {BROKEN}"
    ]  # fmt: skip
    assert night.run(BROKEN) == []
    assert night.run() == [
        "Inclusive Neighbourhoods: all is well again", "Mended since", f"• The run 'nightly' failed: {BROKEN}"
    ]  # fmt: skip
    assert night.run() == []


def test_a_failure_is_told_every_night_until_it_is_mended(night: Night) -> None:
    night.items = []
    night.run(BROKEN)
    night.next_day()
    assert "Told before and still open" in night.run(BROKEN)


def test_a_failed_backfill_is_ended_by_the_nightly_but_not_the_other_way(night: Night) -> None:
    night.items = []
    night.run("no disk", job="backfill")
    night.run(BROKEN)
    night.next_day()
    assert [line for line in night.run(job="backfill") if "nightly" in line and "failed" in line]
    night.run("no disk", job="backfill")
    assert night.run()[0].endswith("all is well again")


def test_a_run_that_was_told_of_at_the_terminal_is_not_told_of_by_the_daemon(night: Night) -> None:
    night.run(BROKEN, run_id="the run")
    night.next_day()
    assert night.run(run_id="the run") == []


def test_what_did_not_arrive_is_sent_by_the_next_run(night: Night) -> None:
    arrives = dict(night.environ)
    with webhook_receiver(500) as broken:
        night.environ = {"NEIGHBOURHOODS_SLACK_WEBHOOK": f"http://127.0.0.1:{broken.port}/secret"}
        night.run()
    assert night.said == ["Alerts: Slack could not be sent: the server answered 500. The next run tries again."]
    night.environ = arrives
    assert night.run() == FIRST


def test_one_channel_that_fails_does_not_keep_the_other_from_sending(night: Night) -> None:
    with webhook_receiver(500) as broken:
        night.environ["NEIGHBOURHOODS_TEAMS_WEBHOOK"] = f"http://127.0.0.1:{broken.port}/"
        assert night.run() == FIRST
        assert night.run() == []
    assert len(broken.posts) == 2


def test_with_none_configured_it_says_so_once(night: Night) -> None:
    night.environ = {}
    night.run()
    assert night.said == [NOT_CONFIGURED]
    night.next_day()
    night.run(BROKEN)
    assert night.said == []


def test_what_happened_before_alerts_were_configured_is_told_then(night: Night) -> None:
    configured, night.environ = night.environ, {}
    night.run(BROKEN)
    night.environ = configured
    assert f"• The run 'nightly' failed: {BROKEN}" in night.run(BROKEN)


def test_half_a_configuration_is_told_every_time(night: Night) -> None:
    night.environ = {"NEIGHBOURHOODS_SMTP_HOST": "127.0.0.1"}
    for _ in range(2):
        night.run()
        assert "Alerts: NEIGHBOURHOODS_MAIL_TO is not set" in night.said


@pytest.mark.parametrize("content", ["", "{", "[]", '{"unknown": 1}'])
def test_a_memory_that_cannot_be_read_is_begun_anew(night: Night, content: str) -> None:
    path = night.paths.root / ".cache" / "alerts.json"
    path.parent.mkdir()
    path.write_text(content)
    assert night.run() == FIRST


def test_a_folder_that_cannot_be_written_does_not_keep_a_failure_from_being_told(night: Night) -> None:
    night.items = []
    (night.paths.root / ".cache").write_text("a file in its place")
    assert f"• The run 'nightly' failed: {BROKEN}" in night.run(BROKEN)
    sent, forgotten = night.said
    assert sent.startswith("Alerts: sent by Slack")
    assert forgotten.startswith("Alerts: that it was told cannot be remembered, so it is told again.")
    night.environ = {}
    night.run(BROKEN)
    assert night.said == [], "what is said once would be said by every run"


def test_an_installation_whose_raw_is_gone_tells_it_and_that_it_is_mended(
    night: Night, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    night.items = []
    night.run()
    night.paths.raw.rename(night.paths.root / "not mounted")
    monkeypatch.setenv("NEIGHBOURHOODS_SLACK_WEBHOOK", night.environ["NEIGHBOURHOODS_SLACK_WEBHOOK"])
    for _ in range(2):
        assert main(["nightly", "--root", str(night.paths.root)]) == 64
    [post] = night.hook.posts
    assert f"{night.paths.raw} is not a folder" in json.loads(post)["blocks"][1]["text"]["text"]
    assert "Alerts: sent by Slack" in capsys.readouterr().out
    (night.paths.root / "not mounted").rename(night.paths.raw)
    assert night.run()[0].endswith("all is well again")


def test_a_root_that_is_named_by_mistake_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for root in (tmp_path, tmp_path / "nowhere"):
        assert main(["nightly", "--root", str(root)]) == 64
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out == ""


def test_what_one_channel_raises_does_not_silence_the_others(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_digest: Digest) -> list[str]:
        raise OverflowError("nobody thought of this")

    channels, _ = read_channels(night.environ)
    monkeypatch.setattr(alerts, "read_channels", lambda _: ([Channel("e-mail", breaks), *channels], []))
    assert night.run() == FIRST
    assert night.said[0] == "Alerts: e-mail could not be sent: OverflowError. The next run tries again."


def test_a_webhook_that_is_no_address_is_named_and_the_others_tell(night: Night) -> None:
    night.environ["NEIGHBOURHOODS_TEAMS_WEBHOOK"] = "https://[oops"
    assert night.run() == FIRST
    assert night.said[0] == "Alerts: NEIGHBOURHOODS_TEAMS_WEBHOOK must be a web address that begins with https://"


def test_a_recipient_who_was_refused_is_named_and_the_others_are_not_told_again(night: Night) -> None:
    with smtp_receiver(replies={"RCPT TO:<gone@example.org>": "550 no such user"}) as received:
        night.environ = by_mail(received, MAIL_TO="gone@example.org, here@example.org")
        night.run()
        refused = "but not to gone@example.org (the server answered 550)"
        assert night.said == [f"Alerts: sent by e-mail, {refused}: {SUBJECT}"]
        night.run()
        assert night.said == []
    [(_, recipients, _)] = received.mails
    assert recipients == ["<here@example.org>"]


def test_the_memory_holds_no_secret(night: Night) -> None:
    night.run(BROKEN)
    assert str(night.hook.port) not in (night.paths.root / ".cache" / "alerts.json").read_text()


def test_nothing_open_and_nothing_mended_is_no_news() -> None:
    assert news([], {}, "/srv", told_today=False) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\r\nBcc: b\tc", "a Bcc: b c"), ("x\x00\x1b[2J\u202ey\ud800", "x??[2J?y?"), ("é" * 400, "é" * 299 + "…")],
)
def test_a_line_is_one_line_whatever_a_file_is_called(text: str, shown: str) -> None:
    assert one_line(text) == shown
