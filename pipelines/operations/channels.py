"""Where digests go: e-mail by SMTP, Microsoft Teams and Slack webhooks, each by environment variables.

No message of an error names an address, a password or a webhook's URL, which is a secret: those who read logs need not
know them. But recipients whom the mail server refused are named, since else nobody could mend them.
"""

import json
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from html import escape
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipelines.operations.digest import Digest, one_line

TIMEOUT_SECONDS = 10
"""Per answer of a server: all channels together end within the minute that Dagster gives a sensor."""

CARD_LINES, CARD_LINE_LENGTH = 10, 200
"""Lines below a heading of a card, and characters of a line: Teams takes 28 KB, Slack 3,000 characters of a text."""

LAST_PORT = 65535
SECURITY_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NotSent(Exception):
    """A digest could not be sent; the message says why, without secrets."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to send a digest. `send` returns who did not get it, and why, while others did; it raises NotSent."""

    name: str
    send: Callable[[Digest], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Mail:
    """Settings of the e-mail channel."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    recipients: tuple[str, ...]


def read_channels(environ: Mapping[str, str]) -> tuple[list[Channel], list[str]]:
    """The channels that are configured, and what is wrong with those that are configured by halves."""
    channels, problems = [], []
    if any(environ.get(name) for name in ("NEIGHBOURHOODS_SMTP_HOST", "NEIGHBOURHOODS_MAIL_TO")):
        mail, wrong = _mail_settings(environ)
        problems += wrong
        if mail is not None:
            channels.append(Channel("e-mail", lambda digest: send_mail(mail, digest)))
    for name, variable, card in (
        ("Teams", "NEIGHBOURHOODS_TEAMS_WEBHOOK", teams_card),
        ("Slack", "NEIGHBOURHOODS_SLACK_WEBHOOK", slack_message),
    ):
        url = environ.get(variable, "").strip()
        if url and not _is_safe(url):
            problems.append(f"{variable} must be a web address that begins with https://")
        elif url:
            channels.append(Channel(name, _webhook(url, card)))
    return channels, problems


def _mail_settings(environ: Mapping[str, str]) -> tuple[Mail | None, list[str]]:
    security = environ.get("NEIGHBOURHOODS_SMTP_SECURITY", "starttls").strip().lower()
    port = environ.get("NEIGHBOURHOODS_SMTP_PORT") or str(SECURITY_PORTS.get(security, 0))
    recipients = tuple(part.strip() for part in environ.get("NEIGHBOURHOODS_MAIL_TO", "").split(",") if part.strip())
    host = environ.get("NEIGHBOURHOODS_SMTP_HOST", "").strip()
    user = environ.get("NEIGHBOURHOODS_SMTP_USER", "").strip()
    password = environ.get("NEIGHBOURHOODS_SMTP_PASSWORD", "").strip()
    sender = environ.get("NEIGHBOURHOODS_MAIL_FROM", "").strip()
    needed = {"SMTP_HOST": host, "MAIL_FROM": sender, "MAIL_TO": recipients}
    wrong = [f"NEIGHBOURHOODS_{name} is not set" for name, given in needed.items() if not given]
    if security not in SECURITY_PORTS:
        wrong.append(f"NEIGHBOURHOODS_SMTP_SECURITY must be one of {', '.join(SECURITY_PORTS)}")
    if security == "none" and user and host not in LOOPBACK:
        wrong.append("NEIGHBOURHOODS_SMTP_SECURITY is none: a password is not sent where others can read it")
    if not (port.isascii() and port.isdigit() and int(port) <= LAST_PORT):
        wrong.append(f"NEIGHBOURHOODS_SMTP_PORT must be a number up to {LAST_PORT}")
    if any(ord(char) < 32 for address in (*recipients, sender) for char in address):
        wrong.append("NEIGHBOURHOODS_MAIL_FROM and NEIGHBOURHOODS_MAIL_TO must be addresses in one line")
    if wrong:
        return None, wrong
    return Mail(host, int(port), security, user, password, sender, recipients), []


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:  # such as a bracket that is not closed, or a port that is no number
        return False
    return (parts.scheme == "https" and bool(host)) or (parts.scheme == "http" and host in LOOPBACK)


def send_mail(mail: Mail, digest: Digest) -> list[str]:
    """Sends a digest as text and HTML; returns the recipients whom the server refused, with its codes.

    Raises NotSent when it takes the mail for none of them.
    """
    try:
        # trusts the system's certificates; SSL_CERT_FILE names those of an authority of one's own
        context = ssl.create_default_context()
        message = mail_message(mail, digest)
        if mail.security == "ssl":
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
        with server:
            if mail.security == "starttls":
                server.starttls(context=context)
            if mail.user:
                server.login(mail.user, mail.password)
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotSent(_reason(error)) from error
    return [f"{recipient} (the server answered {code})" for recipient, (code, _) in refused.items()]


def mail_message(mail: Mail, digest: Digest) -> EmailMessage:
    """A digest as a message; its headers hold nothing that a supplier wrote."""
    message = EmailMessage()
    message["Subject"] = digest.subject
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.recipients)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="neighbourhoods.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest.plain)
    message.add_alternative(html(digest), subtype="html")
    return message


def html(digest: Digest) -> str:
    """A digest as an HTML page; everything in it is escaped."""
    sections = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
        for heading, lines in digest.sections
    )
    subject = escape(digest.subject)
    head = f'<!doctype html><html lang="en-GB"><head><title>{subject}</title></head>'
    return f"{head}<body><h1>{subject}</h1>{sections}</body></html>"


def _card_sections(digest: Digest) -> list[tuple[str, list[str]]]:
    cut = []
    for heading, lines in digest.sections:
        shown = [one_line(line, CARD_LINE_LENGTH) for line in lines[:CARD_LINES]]
        more = [f"and {len(lines) - CARD_LINES} more"] if len(lines) > CARD_LINES else []
        cut.append((heading, shown + more))
    return cut


def teams_card(digest: Digest) -> dict[str, Any]:
    """A digest as an Adaptive Card in the envelope of a Teams workflow. Its text runs know no Markdown."""

    def text(said: str, **style: Any) -> dict[str, Any]:
        return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": said, **style}]}

    body = [text(digest.subject, weight="Bolder", size="Large")]
    for heading, lines in _card_sections(digest):
        body.append(text(heading, weight="Bolder"))
        body += [text(f"• {line}") for line in lines]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def slack_message(digest: Digest) -> dict[str, Any]:
    """A digest as a message of plain-text blocks, in which no mention or link is read."""

    def block(kind: str, said: str) -> dict[str, Any]:
        return {"type": kind, "text": {"type": "plain_text", "text": said, "emoji": False}}

    blocks = [block("header", one_line(digest.subject, 150))]
    for heading, lines in _card_sections(digest):
        blocks.append(block("section", "\n".join([heading, *(f"• {line}" for line in lines)])))
    return {"text": digest.subject, "blocks": blocks}


class _NoRedirect(HTTPRedirectHandler):
    """A webhook that sends elsewhere is an error: what we tell is for nobody else."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def _webhook(url: str, card: Callable[[Digest], dict[str, Any]]) -> Callable[[Digest], Sequence[str]]:
    def send(digest: Digest) -> Sequence[str]:
        """Posts the digest; a webhook has one reader, so nobody is left out. Raises NotSent."""
        data = json.dumps(card(digest), ensure_ascii=False).encode()
        request = Request(url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST")
        try:
            with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS):
                pass
        except (OSError, HTTPException, ValueError) as error:
            raise NotSent(_reason(error)) from error
        return ()

    return send


def _reason(error: Exception) -> str:
    """Why it failed: kinds and codes alone, since servers repeat addresses and URLs in their words."""
    if isinstance(error, HTTPError):
        return f"the server answered {error.code}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answered {error.smtp_code} ({type(error).__name__})"
    cause = error
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        cause = error.reason
    elif isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        cause = error.__context__
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS} seconds"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the server's certificate is not trusted: {cause.verify_message}"
    return type(cause).__name__ + (f", {cause.strerror}" if isinstance(cause, OSError) and cause.strerror else "")
