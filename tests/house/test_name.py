"""Names: a module is called after what it is about."""

import sys
from typing import Any

EMPTY = {"utils", "util", "helpers", "helper", "common", "base", "manager", "constants", "models"}


def test_no_module_has_a_name_that_says_nothing(modules: list[Any], exceptions: Any) -> None:
    assert {m.name for m in modules if m.stem in EMPTY} == set(exceptions["names"])


def test_no_step_or_flow_hides_a_module_of_the_standard_library(modules: list[Any]) -> None:
    here = [m for m in modules if m.name.startswith(("flows/", "tasks/"))]
    hidden = {m.name for m in here if m.stem in sys.stdlib_module_names and m.stem != "__main__"}
    assert here
    assert hidden == set()


def test_tests_are_named_after_what_they_test(written_tests: list[Any]) -> None:
    assert {m.name for m in written_tests if m.stem.removeprefix("test_") in EMPTY} == set()
