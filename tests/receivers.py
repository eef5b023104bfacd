"""Servers on 127.0.0.1 that take what alerts send: mail by SMTP, and webhooks by HTTP."""

import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any


@dataclass
class Received:
    """What a server was sent. mails: envelopes and texts; posts: bodies; commands: what SMTP clients said."""

    port: int = 0
    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    posts: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


class _Mailbox(socketserver.BaseRequestHandler):
    """One conversation of SMTP. A subclass gives the server's certificate, and errors by command."""

    received: Received
    certificate: Path | None
    at_once: bool
    replies: Mapping[str, str]

    def handle(self) -> None:
        if self.at_once:
            self.encrypt()
        self.stream: IO[bytes] = self.request.makefile("rwb")
        self.sender, self.recipients = "", list[str]()
        self.reply("220 receiver")
        while line := self.stream.readline().decode().strip():
            verb = line.split()[0].upper()
            # what follows AUTH is the password
            self.received.commands.append(line if verb != "AUTH" else verb)
            reply = next((text for begins, text in self.replies.items() if line.upper().startswith(begins.upper())), "")
            if reply:
                self.reply(reply)
            else:
                getattr(self, f"do_{verb}")(line)

    def do_EHLO(self, _line: str) -> None:
        offered = ["250-receiver", "250-AUTH PLAIN", *(["250-STARTTLS"] if self.certificate else [])]
        self.reply("\r\n".join([*offered, "250 SMTPUTF8"]))

    def do_STARTTLS(self, _line: str) -> None:
        self.reply("220 go on")
        self.encrypt()
        self.stream = self.request.makefile("rwb")

    def do_AUTH(self, _line: str) -> None:
        self.reply("235 welcome")

    def do_MAIL(self, line: str) -> None:
        self.sender = line.partition(":")[2].split()[0]
        self.reply("250 ok")

    def do_RCPT(self, line: str) -> None:
        self.recipients.append(line.partition(":")[2].split()[0])
        self.reply("250 ok")

    def do_DATA(self, _line: str) -> None:
        self.reply("354 go on")
        text = b"".join(iter(self.stream.readline, b".\r\n"))
        self.received.mails.append((self.sender, self.recipients, text))
        self.reply("250 taken")

    def do_RSET(self, _line: str) -> None:
        self.reply("250 ok")

    def do_QUIT(self, _line: str) -> None:
        self.reply("221 bye")

    def encrypt(self) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        assert self.certificate
        context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        self.request = context.wrap_socket(self.request, server_side=True)

    def reply(self, text: str) -> None:
        self.stream.write(f"{text}\r\n".encode())
        self.stream.flush()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is what some cases are about."""


@contextmanager
def smtp_receiver(
    certificate: Path | None = None, *, at_once: bool = False, replies: dict[str, str] | None = None
) -> Iterator[Received]:
    """A mail server; with a certificate it offers STARTTLS, or speaks TLS at once.

    `replies` are errors, by how a command begins.
    """
    received = Received()
    given = {"received": received, "certificate": certificate, "at_once": at_once, "replies": replies or {}}
    with _serving(_Server(("127.0.0.1", 0), type("Mailbox", (_Mailbox,), given)), received):
        yield received


@contextmanager
def webhook_receiver(answer: int = 200) -> Iterator[Received]:
    """A web server that takes posts and gives one answer."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.posts.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(answer)
            self.send_header("Location", f"http://127.0.0.1:{received.port}/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing on the terminal."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler), received):
        yield received


@contextmanager
def _serving(server: socketserver.TCPServer, received: Received) -> Iterator[None]:
    received.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def by_mail(received: Received, **changes: str) -> dict[str, str]:
    """The settings by which a mail server is told, but for what is changed."""
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(received.port), "SMTP_SECURITY": "none"}
    settings |= {"MAIL_FROM": "nightly@example.org", "MAIL_TO": "a@example.org, b@example.org"}
    return {f"NEIGHBOURHOODS_{name}": value for name, value in {**settings, **changes}.items()}


def self_made_certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 that nobody has signed, with its key beside it."""
    path = folder / "server.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path
