"""What arrives at a mail server and at webhooks, and what is said when nothing can arrive."""

import json
import shutil
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipelines.operations import channels
from pipelines.operations.channels import NotSent, read_channels
from pipelines.operations.digest import Digest, one_line
from tests.receivers import Received, by_mail, self_made_certificate, smtp_receiver, webhook_receiver

HOSTILE = "raw/centres/<b>&\r\nBcc: all@example.org\u202e [x](http://x) <!channel> *x*.xlsx"
DIGEST = Digest(
    "Inclusive Neighbourhoods: 1 file not loaded", [("New", [one_line(HOSTILE), "café"]), ("Where", ["/srv"])]
)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, which makes the certificate of the mail server")
    return self_made_certificate(tmp_path_factory.mktemp("certificate"))


def send(environ: dict[str, str], digest: Digest = DIGEST) -> None:
    found, problems = read_channels(environ)
    assert problems == []
    for channel in found:
        channel.send(digest)


def only_mail(received: Received) -> EmailMessage:
    [(_, _, text)] = received.mails
    message = message_from_bytes(text, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_a_mail_arrives_as_it_was_composed() -> None:
    with smtp_receiver() as received:
        send(by_mail(received))
    message = only_mail(received)
    assert received.mails[0][:2] == ("<nightly@example.org>", ["<a@example.org>", "<b@example.org>"])
    assert (message["Subject"], message["To"]) == (DIGEST.subject, "a@example.org, b@example.org")
    assert body(message, "plain") == DIGEST.plain
    assert "café" in body(message, "plain")


def test_a_file_name_adds_no_header_and_no_markup_to_a_mail() -> None:
    with smtp_receiver() as received:
        send(by_mail(received))
    message = only_mail(received)
    assert message["Bcc"] is None
    assert [line for line in body(message, "plain").splitlines() if line.startswith("Bcc")] == []
    assert "<b>" not in body(message, "html")
    assert "&lt;b&gt;&amp; Bcc: all@example.org?" in body(message, "html")


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_mail_goes_encrypted_with_a_password(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_receiver(certificate, at_once=security == "ssl") as received:
        send(by_mail(received, SMTP_SECURITY=security, SMTP_USER="nightly", SMTP_PASSWORD="secret"))
    verbs = [command.split()[0].upper() for command in received.commands]
    assert len(received.mails) == 1
    assert verbs.index("AUTH") < verbs.index("MAIL")
    assert security == "ssl" or verbs.index("STARTTLS") < verbs.index("AUTH")


def test_a_certificate_that_nobody_trusts_is_told_and_no_password_goes_out(certificate: Path) -> None:
    with smtp_receiver(certificate) as received, pytest.raises(NotSent, match="certificate is not trusted"):
        send(by_mail(received, SMTP_SECURITY="starttls", SMTP_USER="nightly", SMTP_PASSWORD="secret"))
    assert "AUTH" not in received.commands
    assert received.mails == []


def test_a_server_without_starttls_gets_nothing() -> None:
    with smtp_receiver() as received, pytest.raises(NotSent):
        send(by_mail(received, SMTP_SECURITY="starttls"))
    assert received.mails == []


@pytest.mark.parametrize(
    ("verb", "reply", "said"),
    [("AUTH", "535 no such user nightly", "535"), ("RCPT", "550 a@example.org unknown", "SMTPRecipientsRefused"),
     ("DATA", "451 try later", "451")],
)  # fmt: skip
def test_a_refusal_is_told_by_its_code_and_without_addresses(verb: str, reply: str, said: str) -> None:
    with smtp_receiver(replies={verb: reply}) as received, pytest.raises(NotSent, match=said) as caught:
        send(by_mail(received, SMTP_USER="nightly", SMTP_PASSWORD="secret"))
    assert "example.org" not in str(caught.value)
    assert "nightly" not in str(caught.value)


def test_a_server_that_is_down_is_told() -> None:
    with smtp_receiver() as received:
        environ = by_mail(received)
    with pytest.raises(NotSent, match="refused"):
        send(environ)


@pytest.mark.parametrize("kind", ["mail", "webhook"])
def test_a_server_that_hangs_is_given_up(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        webhook = {"NEIGHBOURHOODS_SLACK_WEBHOOK": f"http://127.0.0.1:{port}/"}
        environ = by_mail(Received(port)) if kind == "mail" else webhook
        with pytest.raises(NotSent, match=r"no answer within 0\.2 seconds"):
            send(environ)


def test_teams_gets_a_card_whose_text_is_not_markdown() -> None:
    with webhook_receiver(202) as received:
        send({"NEIGHBOURHOODS_TEAMS_WEBHOOK": f"http://127.0.0.1:{received.port}/hook"})
    [post] = [json.loads(each) for each in received.posts]
    [attachment] = post["attachments"]
    assert (post["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    card = attachment["content"]
    assert (card["type"], {block["type"] for block in card["body"]}) == ("AdaptiveCard", {"RichTextBlock"})
    runs = [run["text"] for block in card["body"] for run in block["inlines"]]
    assert runs == [DIGEST.subject, "New", f"• {one_line(HOSTILE)}", "• café", "Where", "• /srv"]


def test_slack_gets_plain_text_blocks() -> None:
    with webhook_receiver() as received:
        send({"NEIGHBOURHOODS_SLACK_WEBHOOK": f"http://127.0.0.1:{received.port}/hook"})
    [post] = [json.loads(each) for each in received.posts]
    assert post["text"] == DIGEST.subject
    assert {block["text"]["type"] for block in post["blocks"]} == {"plain_text"}
    assert post["blocks"][1]["text"]["text"] == f"New\n• {one_line(HOSTILE)}\n• café"


def test_cards_keep_the_bounds_of_teams_and_slack() -> None:
    long = Digest("s" * 400, [(heading, ["ä" * 1000] * 500) for heading in ("New", "Told before", "Mended")])
    assert len(json.dumps(channels.teams_card(long), ensure_ascii=False).encode()) < 28_000
    blocks = channels.slack_message(long)["blocks"]
    assert len(blocks[0]["text"]["text"]) <= 150
    assert max(len(block["text"]["text"]) for block in blocks) <= 3000
    assert blocks[1]["text"]["text"].endswith("and 490 more")


@pytest.mark.parametrize("answer", [301, 307, 400, 404, 429, 500])
def test_any_answer_but_success_is_told_without_the_url(answer: int) -> None:
    with webhook_receiver(answer) as received, pytest.raises(NotSent) as caught:
        send({"NEIGHBOURHOODS_TEAMS_WEBHOOK": f"http://127.0.0.1:{received.port}/secret-token"})
    assert str(caught.value) == f"the server answered {answer}"
    assert len(received.posts) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"MAIL_TO": ""}, "NEIGHBOURHOODS_MAIL_TO is not set"),
        ({"MAIL_FROM": ""}, "NEIGHBOURHOODS_MAIL_FROM is not set"),
        ({"SMTP_HOST": ""}, "NEIGHBOURHOODS_SMTP_HOST is not set"),
        ({"SMTP_SECURITY": "tls"}, "must be one of starttls, ssl, none"),
        ({"SMTP_PORT": "smtp"}, "must be a number"),
        ({"SMTP_PORT": "²"}, "must be a number"),
        ({"SMTP_PORT": "65536"}, "must be a number up to 65535"),
        ({"MAIL_TO": "a@example.org\nBcc: b@example.org"}, "in one line"),
        ({"SMTP_HOST": "mail.example.org", "SMTP_USER": "nightly"}, "where others can read it"),
    ],
)
def test_settings_that_cannot_work_are_told(changes: dict[str, str], problem: str) -> None:
    found, problems = read_channels(by_mail(Received(25), **changes))
    assert found == []
    assert [said for said in problems if problem in said]


@pytest.mark.parametrize(
    "url",
    ["http://example.org/hook", "file:///etc/passwd", "hooks.slack.com/x", "https://[oops", "https://", "https://a:b/"],
)
def test_a_webhook_must_be_encrypted_and_is_not_repeated(url: str) -> None:
    assert read_channels({"NEIGHBOURHOODS_SLACK_WEBHOOK": url}) == (
        [],
        ["NEIGHBOURHOODS_SLACK_WEBHOOK must be a web address that begins with https://"],
    )


def test_nothing_configured_is_no_problem() -> None:
    assert read_channels({}) == ([], [])
