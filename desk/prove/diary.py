"""What the people of a campaign did and were told: the checker holds the records to it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Something that a person did and the desk said was taken; `code` names the incident."""

    code: str
    who: str
    does: str


@dataclass(kw_only=True)
class Diary:
    """Everything that was taken, in order, and what was refused on the way."""

    taken: list[Deed] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every incident that the office took."""
        return tuple(deed.code for deed in self.taken if deed.does == "report")

    def count(self, code: str, does: str) -> int:
        """How many deeds of a kind were taken for an incident."""
        return sum(deed.code == code and deed.does == does for deed in self.taken)
