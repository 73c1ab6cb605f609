"""What an item is about: topics by the phrases of the topic list, communes by their names."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.lexicon import read_yaml
from crisis.watch.wording import tokens_of

TITLE_COUNTS = 2
MOST = 3


class TopicFile(BaseModel):
    """`topics.yaml` as written: phrases by the id of a topic."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Subjects:
    """Finds topics and communes: phrases as tokens by their first token, the longest in front."""

    topics: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    places: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    def topics_of(self, title: str, lead: str) -> tuple[str, ...]:
        """The topics of an item, the most told first, at most three; the title counts double."""
        counted: Counter[str] = Counter()
        for text, weight in ((title, TITLE_COUNTS), (lead, 1)):
            for topic in _found(tokens_of(text), self.topics):
                counted[topic] += weight
        return tuple(topic for topic, _ in counted.most_common(MOST))

    def places_of(self, title: str, lead: str) -> tuple[str, ...]:
        """The codes of the communes that an item names with their rank."""
        tokens = [*tokens_of(title), ".", *tokens_of(lead)]
        return tuple(dict.fromkeys(_found(tokens, self.places)))


def _found(
    tokens: list[str], phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> list[str]:
    """The ids of the phrases in the tokens; a longer phrase keeps shorter ones within it out."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        for phrase, name in phrases.get(tokens[at], ()):
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                found.append(name)
                at += len(phrase)
                break
        else:
            at += 1
    return found


def _by_first(phrases: list[tuple[str, str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    made: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, name in phrases:
        tokens = tuple(tokens_of(phrase))
        made.setdefault(tokens[0], []).append((tokens, name))
    return {
        first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in made.items()
    }


def load_subjects(folder: Path, places: dict[str, str]) -> Subjects:
    """The topics of `topics.yaml` in `folder`; `places` are names with rank → code.

    Raises BadContent.
    """
    path = folder / "topics.yaml"
    try:
        file = TopicFile.model_validate(read_yaml(path))
    except ValidationError as error:
        raise BadContent(
            words("Danh mục lĩnh vực sai cấu trúc.", f"The topic list is malformed: {error}"),
            place=str(path),
        ) from error
    pairs = [(phrase, topic) for topic, phrases in file.topics.items() for phrase in phrases]
    return Subjects(topics=_by_first(pairs), places=_by_first(list(places.items())))
