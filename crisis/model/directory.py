"""The effective-dated directory: which agencies and places stand on a day, and how they relate."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crisis.model.agency import Agency, AgencyKind, Confidence, TopicId
from crisis.model.agency_circle import circle_faults
from crisis.model.directory_lint import codes_twice, names_missing, standing_twice
from crisis.model.fault import refuse
from crisis.model.place import COMMUNE_RANKS, Place
from crisis.model.place_match import PlaceMatch, match_place
from crisis.model.spelling import matches
from crisis.model.text import Line, Paragraph, Said
from crisis.model.words import Words, words


class SourceNote(BaseModel):
    """Where a part of the directory comes from and how sure it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Line
    text: Paragraph
    confidence: Confidence


class Directory(BaseModel):
    """A version of the directory file. Agencies recur once per period in which they changed.

    The people's committee of each commune is derived from its place, with the id `ubnd-<code>`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(ge=1)
    compiled: date
    sources: tuple[SourceNote, ...] = Field(min_length=1)
    topics: dict[TopicId, Said] = Field(min_length=1)
    places: tuple[Place, ...] = ()
    agencies: tuple[Agency, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> "Directory":
        refuse(
            [
                *names_missing(self.agencies, self.places, self.topics),
                *standing_twice(self.agencies),
                *codes_twice(self.places),
                *circle_faults(self.agencies),
            ]
        )
        return self

    @cached_property
    def bodies(self) -> tuple[Agency, ...]:
        """Every version of every agency, the communes' committees included."""
        return (*self.agencies, *(_committee(p, self.agencies) for p in self._communes()))

    @cached_property
    def names(self) -> Mapping[str, Words]:
        """The names of topics, places and bodies of any period, by their ids."""
        places = {place.code: place.label for place in self.places}
        return {**self.topics, **places, **{body.id: body.name for body in self.bodies}}

    def in_force(self, on: date) -> tuple[Agency, ...]:
        """The agencies that stand on the day `on`."""
        return tuple(body for body in self.bodies if body.in_force(on))

    def agency(self, agency_id: str, on: date) -> Agency | None:
        """The version of an agency that stands `on`, or None."""
        return next((a for a in self._versions.get(agency_id, ()) if a.in_force(on)), None)

    def knows(self, agency_id: str) -> bool:
        """Whether there is or was an agency with this id."""
        return agency_id in self._versions

    def name_of(self, agency_id: str) -> Words:
        """What an agency that is or was there is called, by its last version."""
        return self._versions[agency_id][-1].name

    def successors(self, agency_id: str, on: date) -> tuple[Agency, ...]:
        """Who answers `on` in place of an agency: itself while it stands, else those after it.

        Empty where the directory does not know who followed.
        """
        found: dict[str, Agency] = {}
        for heir in self._heirs(agency_id, on):
            found.setdefault(heir.id, heir)
        return tuple(found.values())

    def subordinate(self, one: str, other: str) -> bool:
        """Whether agency `one` answers to `other` or took over from it, directly or through others.

        That of any period counts: whoever followed a body is no stranger to what it did.
        """
        return one != other and bool(self._above(one) & self._followers(other))

    def place(self, written: str, on: date) -> PlaceMatch:
        """What a written place means on the day `on`; never guessed."""
        return match_place(written, self.places, on)

    def search(self, text: str, on: date) -> tuple[Agency, ...]:
        """The agencies in force whose Vietnamese or English name bears the words of `text`.

        Typed without marks it finds names with them: `so giao duc` finds `Sở Giáo dục và Đào tạo`.
        """
        return tuple(
            body
            for body in self.in_force(on)
            if matches(text, body.name.vi) or matches(text, body.name.en)
        )

    @cached_property
    def _versions(self) -> dict[str, tuple[Agency, ...]]:
        grouped: dict[str, tuple[Agency, ...]] = {}
        for body in self.bodies:
            grouped[body.id] = (*grouped.get(body.id, ()), body)
        return grouped

    def _above(self, agency_id: str) -> set[str]:
        """The agency, and all to which it ever answered."""
        return self._reached(agency_id, lambda version: (version.parent,) if version.parent else ())

    def _followers(self, agency_id: str) -> set[str]:
        """The agency, and all that followed it."""
        return self._reached(agency_id, lambda version: version.successors)

    def _reached(self, start: str, onward: Callable[[Agency], Iterable[str]]) -> set[str]:
        found, fresh = {start}, {start}
        while fresh:
            ahead = {one for a in fresh for v in self._versions.get(a, ()) for one in onward(v)}
            fresh = ahead - found
            found |= fresh
        return found

    def _heirs(self, agency_id: str, on: date) -> Iterator[Agency]:
        """Comes to an end: a directory whose successors go in a circle is refused."""
        standing = self.agency(agency_id, on)
        if standing is not None:
            yield standing
            return
        for version in self._versions.get(agency_id, ()):
            for heir in version.successors:
                yield from self._heirs(heir, on)

    def _communes(self) -> Iterator[Place]:
        return (place for place in self.places if place.rank in COMMUNE_RANKS)


def _committee(place: Place, agencies: tuple[Agency, ...]) -> Agency:
    """The people's committee of a commune, under the provincial one that stands in its time."""
    above = [a for a in agencies if a.kind is AgencyKind.UBND_TINH and a.overlaps(place)]
    label = place.label
    return Agency(
        id=f"ubnd-{place.code}",
        name=words(f"UBND {label.vi}", f"People's Committee of {label.en}"),
        kind=AgencyKind.UBND_XA,
        parent=above[0].id if len(above) == 1 else None,
        places=(place.code,),
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        confidence=place.confidence,
    )
