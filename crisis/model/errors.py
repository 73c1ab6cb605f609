"""What can go wrong, classed by who must act.

    PhatngonError
    ├── BadInput         the person who sent it changes it and sends again
    ├── NotFound         the person looks elsewhere
    ├── NotAllowed       another person must do it
    ├── RuleBroken       a rule of the office forbids it; `rule` names it (INV1 …)
    ├── Stale            someone else was first: look at what is there now, then decide again
    ├── BadContent       a writer mends a playbook, law, directory or template; `place` is file:line
    ├── Misconfigured    the operator mends the configuration
    └── OutsideFailure   a system outside failed; `permanent` says whether trying again helps

Each carries its facts as attributes and one clear sentence in both languages.
"""

from crisis.model.words import Language, Words


class PhatngonError(Exception):
    """Root of the tree; `permanent` is true where trying the same again cannot help."""

    permanent = True
    code = "error"

    def __init__(self, sentence: Words, **facts: object) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.sentence, self.__dict__))

    def said_in(self, language: Language | str) -> str:
        """The sentence in the reader's language."""
        return self.sentence.in_(language)


def _revive(kind: type[PhatngonError], sentence: Words, state: dict[str, object]) -> PhatngonError:
    error = kind.__new__(kind)
    Exception.__init__(error, sentence.en)
    error.__dict__.update(state)
    return error


class BadInput(PhatngonError):
    """What was sent cannot be taken; `field` names the part."""

    code = "bad_input"

    def __init__(self, sentence: Words, *, field: str = "", **facts: object) -> None:
        super().__init__(sentence, **facts)
        self.field = field


class NotFound(PhatngonError):
    """No such thing, or not for this reader: the two are not told apart."""

    code = "not_found"


class NotAllowed(PhatngonError):
    """The person may not do this; the sentence says who may."""

    code = "not_allowed"


class RuleBroken(PhatngonError):
    """A rule of the office forbids it."""

    code = "rule_broken"

    def __init__(self, sentence: Words, *, rule: str, **facts: object) -> None:
        super().__init__(sentence, **facts)
        self.rule = rule


class Stale(PhatngonError):
    """Someone else was first; nothing of what was sent is lost, but it is not done."""

    code = "stale"


class BadContent(PhatngonError):
    """A content file is wrong at `place` (`file:line: field`)."""

    code = "bad_content"

    def __init__(self, sentence: Words, *, place: str, **facts: object) -> None:
        super().__init__(sentence, **facts)
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence.en}"


class Misconfigured(PhatngonError):
    """The configuration is wrong; `setting` names the variable."""

    code = "misconfigured"

    def __init__(self, sentence: Words, *, setting: str, **facts: object) -> None:
        super().__init__(sentence, **facts)
        self.setting = setting


class OutsideFailure(PhatngonError):
    """A system outside answered wrongly or not at all."""

    code = "outside_failure"

    def __init__(self, sentence: Words, *, permanent: bool, **facts: object) -> None:
        super().__init__(sentence, **facts)
        self.permanent = permanent
