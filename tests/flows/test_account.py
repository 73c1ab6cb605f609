"""A run's account when it takes one step for several subjects."""

import pytest

from flows.account import Account


async def climb(code: str, subject: str) -> str:
    if subject.startswith("bad"):
        raise ValueError(subject)
    return f"{code} {subject}"


async def test_a_subject_that_fails_keeps_no_other_waiting_and_is_told() -> None:
    account = Account(code="DT-2025-0001", because="escalate")
    with pytest.raises(ValueError, match=r"^bad$"):
        await account.tell_each(climb, ["a", "bad", "b"])
    assert account.lines == ["DT-2025-0001 a", "DT-2025-0001 b"]


async def test_several_that_fail_are_all_named() -> None:
    account = Account(code="DT-2025-0001", because="escalate")
    with pytest.raises(ExceptionGroup, match="bad 1; bad 2") as told:
        await account.tell_each(climb, ["bad 1", "a", "bad 2"])
    assert len(told.value.exceptions) == 2
    assert account.lines == ["DT-2025-0001 a"]
