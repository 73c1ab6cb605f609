"""The mail folder as people read it again and again: each mail is opened once."""

from pathlib import Path

from desk.parts.mail_folder import MailFolder, StoredMail


class PostBox(MailFolder):
    """A mail folder that remembers what it has opened: mails never change."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._opened: dict[str, StoredMail] = {}

    def mail(self, name: str) -> StoredMail | None:
        """One mail opened, None where there is none of that name."""
        if name not in self._opened:
            found = super().mail(name)
            if found is None:
                return None
            self._opened[name] = found
        return self._opened[name]
