"""Alerts by e-mail, over an encrypted connection unless the plan says otherwise."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from menurut.desk.disarm import disarm
from menurut.desk.watch_words import message_words
from menurut.watching.alerts import Message
from menurut.watching.channels import ChannelError, Means
from menurut.watching.plan import Mail

_TIMEOUT = 30.0


def tell(message: Message, where: str, means: Means) -> None:
    assert means.mail is not None, "the plan was checked"
    try:
        _send(written(message, where, means.mail), means.mail, means)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise ChannelError(f"{means.mail.server}: {error}") from None


def written(message: Message, to: str, mail: Mail) -> EmailMessage:
    """The letter. Nothing that comes from reports makes a header of its own."""
    letter = EmailMessage()
    head, *rest = (" ".join(disarm(line).split()) for line in message_words(message))
    letter["Subject"] = head[:200]
    letter["From"] = mail.sender
    letter["To"] = to
    letter["Message-ID"] = f"<{message.id}@menurut.invalid>"
    letter.set_content("\n".join([head, "", *rest]) + "\n")
    return letter


def _send(letter: EmailMessage, mail: Mail, means: Means) -> None:
    with smtplib.SMTP(mail.server, mail.port, timeout=_TIMEOUT) as server:
        if mail.encrypted:
            server.starttls(context=ssl.create_default_context())
        if mail.user is not None and mail.password_file is not None:
            password = (means.folder / mail.password_file).read_text("utf-8").strip()
            server.login(mail.user, password)
        server.send_message(letter)
