"""The forms of a page as a browser sees them: what they hold and what can be filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from crisis.model.errors import NotFound
from crisis.model.words import words

Pairs = list[tuple[str, str]]
TICKED = frozenset({"radio", "checkbox"})
UNSENT = frozenset({"submit", "button", "image", "reset", "file"})


@dataclass(kw_only=True)
class Control:
    """One control; `value` is what it sends if `sent`; `section` the id of its fieldset."""

    name: str
    kind: str
    value: str = ""
    sent: bool = True
    section: str = ""


@dataclass(kw_only=True)
class WebForm:
    """A form of a page, with the controls in order."""

    action: str
    method: str = "get"
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Every name that can be filled in or pressed."""
        return {control.name for control in self.controls}

    @property
    def hidden(self) -> list[Control]:
        """The controls that nobody sees."""
        return [control for control in self.controls if control.kind == "hidden"]

    def section_of(self, prefix: str) -> dict[str, str]:
        """The rest of each control's name after `prefix`, by the id of its fieldset."""
        return {
            one.section: one.name.removeprefix(prefix)
            for one in self.controls
            if one.name.startswith(prefix)
        }

    def filled(self, given: Mapping[str, str | Iterable[str]]) -> Pairs:
        """What the browser would send with `given` filled in and everything else as it stands.

        Raises NotFound for a name or a choice that the form does not have.
        """
        missing = sorted(set(given) - self.names)
        if missing:
            raise _no_field(self.action, ", ".join(missing))
        kept = [
            (one.name, one.value)
            for one in self.controls
            if one.sent and one.name not in given and one.kind not in UNSENT
        ]
        return kept + [pair for name, value in given.items() for pair in self._pairs(name, value)]

    def _pairs(self, name: str, value: str | Iterable[str]) -> Pairs:
        values = [value] if isinstance(value, str) else list(value)
        mine = [one for one in self.controls if one.name == name]
        if all(one.kind in TICKED or one.kind == "option" for one in mine):
            known = {one.value for one in mine}
            for chosen in values:
                if chosen not in known:
                    raise _no_field(self.action, f"{name}={chosen}")
        return [(name, chosen) for chosen in values]


def forms_of(html: str) -> list[WebForm]:
    """Every form of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.forms


def _no_field(action: str, names: str) -> NotFound:
    return NotFound(
        words(f"Biểu mẫu {action} không có {names}.", f"The form {action} has no {names}.")
    )


class _Reader(HTMLParser):
    """Reads forms and their controls; what is disabled is not sent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[WebForm] = []
        self._form: WebForm | None = None
        self._sections: list[str] = []
        self._select = ""
        self._text: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form or a control."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = WebForm(action=told.get("action", ""), method=told.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "fieldset":
            self._sections.append(told.get("id", ""))
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag in {"input", "button", "textarea", "option"}:
            self._control(tag, told)

    def handle_data(self, data: str) -> None:
        """The text of a text area is its value; a first line end belongs to the markup."""
        if self._text is not None:
            self._text.value += data if self._text.value else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """Leave what ends here."""
        if tag == "form":
            self._form = None
        elif tag == "fieldset" and self._sections:
            self._sections.pop()
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = None

    def _control(self, tag: str, told: dict[str, str]) -> None:
        name = self._select if tag == "option" else told.get("name", "")
        if self._form is None or not name or "disabled" in told:
            return
        kind = {"input": told.get("type", "text"), "button": "submit"}.get(tag, tag)
        made = Control(
            name=name,
            kind=kind,
            value=told.get("value", "on" if kind in TICKED else ""),
            section=next((one for one in reversed(self._sections) if one), ""),
        )
        if kind in TICKED:
            made.sent = "checked" in told
        elif kind == "option":
            first = all(one.name != name for one in self._form.controls)
            made.sent = "selected" in told or first
            if "selected" in told:
                for one in self._form.controls:
                    one.sent = one.sent and one.name != name
        self._form.controls.append(made)
        self._text = made if kind == "textarea" else None
