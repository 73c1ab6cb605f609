"""What happens in an item, by the list of happenings: a fire, a sentence, a rise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.lexicon import read_yaml
from crisis.watch.phrase import Phrases, found_in, phrases_of


class HappeningFile(BaseModel):
    """`happenings.yaml` as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[str, tuple[str, ...]]
    neither: tuple[str, ...] = ()
    opposites: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Happenings:
    """Phrases by the kind of what happens, and the kinds that exclude each other."""

    phrases: Phrases = field(default_factory=dict)
    opposites: tuple[tuple[str, str], ...] = ()

    def of(self, tokens: Sequence[str]) -> frozenset[str]:
        """The kinds of what the tokens tell."""
        return frozenset(found_in(tokens, self.phrases)) - {""}

    def opposed(self, ours: frozenset[str], theirs: Iterable[str]) -> bool:
        """Whether one tells one thing and the other its opposite: a rise here, a fall there."""
        apart = ours.symmetric_difference(theirs)
        return any(
            one in apart and other in apart and (one in ours) != (other in ours)
            for one, other in self.opposites
        )


def load_happenings(folder: Path) -> Happenings:
    """The happenings of `happenings.yaml` in `folder`; raises BadContent."""
    path = folder / "happenings.yaml"
    try:
        file = HappeningFile.model_validate(read_yaml(path))
    except ValidationError as error:
        raise BadContent(
            words("Danh mục sự việc sai cấu trúc.", f"The happening list is malformed: {error}"),
            place=str(path),
        ) from error
    pairs = [(phrase, kind) for kind, phrases in file.kinds.items() for phrase in phrases]
    pairs += [(phrase, "") for phrase in file.neither]
    return Happenings(phrases=phrases_of(pairs), opposites=file.opposites)
