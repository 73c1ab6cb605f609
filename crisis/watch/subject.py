"""What an item is about: topics by the phrases of the topic list, communes by their names."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.lexicon import read_yaml
from crisis.watch.phrase import Phrases, found_in, phrases_of
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

    topics: Phrases
    places: Phrases

    def topics_of(self, title: str, lead: str) -> tuple[str, ...]:
        """The topics of an item, the most told first, at most three; the title counts double."""
        counted: Counter[str] = Counter()
        for text, weight in ((title, TITLE_COUNTS), (lead, 1)):
            for topic in found_in(tokens_of(text), self.topics):
                counted[topic] += weight
        return tuple(topic for topic, _ in counted.most_common(MOST))

    def places_of(self, title: str, lead: str) -> tuple[str, ...]:
        """The codes of the communes that an item names with their rank."""
        tokens = [*tokens_of(title), ".", *tokens_of(lead)]
        return tuple(dict.fromkeys(found_in(tokens, self.places)))


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
    return Subjects(topics=phrases_of(pairs), places=phrases_of(places.items()))
