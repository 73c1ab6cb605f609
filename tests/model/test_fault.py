"""Every refusal is one sentence in both languages at the field where it belongs."""

from datetime import date, timedelta
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError, model_validator

from crisis.model.fault import Fault, Unfit, fault, faults, refuse
from crisis.model.limit import Target
from crisis.model.moment import Offset
from crisis.model.role import Role
from crisis.model.spelling import marked, matches, same_name, tokens, unmarked
from crisis.model.words import words


class Sample(BaseModel, extra="forbid"):
    """One field of each sort that content files use."""

    count: int = Field(default=1, gt=0, le=9)
    share: float = Field(default=1, ge=0.5)
    flag: bool = False
    day: date | None = None
    names: tuple[str, ...] = ()
    groups: dict[str, int] = {}
    limit: Target | None = None
    code: str = Field(default="ab", pattern="^[a-z]+$", min_length=1)
    span: Offset = timedelta(0)
    ratio: complex | None = None


def found(**fields: Any) -> list[Fault]:
    with pytest.raises(ValidationError) as error:
        Sample.model_validate(fields)
    return list(faults(error.value))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("count", "x", "whole number"),
        ("count", 0, "greater than 0"),
        ("count", 10, "9 or less"),
        ("share", 0.1, "0.5 or more"),
        ("flag", "maybe", "true or false"),
        ("day", "soon", "2026-07-01"),
        ("names", "a", "list"),
        ("names", [1], "text is needed"),
        ("groups", [], "name: value"),
        ("limit", "16 hours", "16wh"),
        ("limit", [], "16wh"),
        ("code", "A1", "required form"),
        ("code", "", "empty"),
        ("span", "soon", "1h30m"),
        ("span", 5, "1h30m"),
        ("other", 1, "no field named"),
        ("ratio", "z" * 90, "is not valid"),
    ],
)
def test_each_kind_of_refusal_has_its_sentence(field: str, value: Any, says: str) -> None:
    (one,) = found(**{field: value})
    assert one.field.startswith(field)
    assert says in one.sentence.en
    assert one.sentence.vi != one.sentence.en
    assert "{" not in one.sentence.vi + one.sentence.en


def test_several_faults_of_one_value_are_all_told() -> None:
    class Pair(BaseModel):
        parts: list[int]

        @model_validator(mode="after")
        def _even(self) -> "Pair":
            refuse([fault("Số lẻ.", "Odd.", "parts", n) for n, p in enumerate(self.parts) if p % 2])
            return self

    assert Pair(parts=[2, 4]).parts == [2, 4]
    with pytest.raises(ValidationError) as error:
        Pair(parts=[1, 2, 3])
    assert [one.field for one in faults(error.value)] == ["parts[1]", "parts[3]"]


def test_the_whole_is_called_a_dot() -> None:
    assert Fault(at=(), sentence=words("Sai.", "Wrong.")).field == "."
    assert str(Unfit(fault("Sai.", "Wrong."))) == "Wrong."


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("0m", timedelta(0)),
        ("45m", timedelta(minutes=45)),
        ("1h30m", timedelta(minutes=90)),
        ("1d2h", timedelta(hours=26)),
        (timedelta(hours=1), timedelta(hours=1)),
    ],
)
def test_a_span_is_written_as_people_say_it(written: Any, span: timedelta) -> None:
    assert Sample(span=written).span == span


def test_a_span_goes_through_json() -> None:
    assert Sample.model_validate_json(Sample(span=timedelta(hours=26)).model_dump_json()).span == (
        timedelta(hours=26)
    )


def test_marks_are_taken_off_and_compared_where_they_were_typed() -> None:
    assert unmarked("Đồng Hới, ủy ban") == "Dong Hoi, uy ban"
    assert tokens("Sở GD&ĐT, 2025") == ("sở", "gd", "đt", "2025")
    assert marked("hồ")
    assert not marked("ho")
    assert same_name("Hoà Trạch", "Hòa Trạch")
    assert not same_name("Hoa Trạch", "Hòa Trạch")
    assert same_name("hoa trach", "Hòa Trạch")
    assert matches("so y", "Sở Y tế")
    assert not matches("sở x", "Sở Y tế")


def test_members_of_an_enum_among_the_allowed_values_are_told_by_their_value() -> None:
    class Post(BaseModel):
        role: Literal[Role.APPROVER, Role.LEADER]

    with pytest.raises(ValidationError) as error:
        Post.model_validate({"role": "boss"})
    (one,) = faults(error.value)
    assert one.sentence.en == "'boss' is not one of the allowed values: 'approver' or 'leader'."
