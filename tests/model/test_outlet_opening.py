"""The opening by which an outlet names itself."""

import pytest

from crisis.model.outlet_opening import without_bracket, without_opening


@pytest.mark.parametrize(
    "opening", ["(Dân trí) - ", "(TTO) – ", "[VTV] ", "(PLO)-", "(baoquangtri.vn) ", "(QTV): "]
)
def test_an_outlet_in_brackets_goes_from_title_and_lead(opening: str) -> None:
    assert without_bracket(f"{opening}Đường ngập") == "Đường ngập"
    assert without_opening(f"{opening}Đường ngập") == "Đường ngập"


@pytest.mark.parametrize("opening", ["VOV.VN - ", "TTO - ", "Dân trí | ", "zing.vn – "])
def test_an_outlet_without_brackets_goes_from_a_lead_only(opening: str) -> None:
    assert without_opening(f"{opening}Đường ngập") == "Đường ngập"
    assert without_bracket(f"{opening}Đường ngập") == f"{opening}Đường ngập"


@pytest.mark.parametrize(
    "title", ["Lao động - việc làm khởi sắc", "(Ảnh) Đường ngập", "Đường ngập"]
)
def test_other_beginnings_stay(title: str) -> None:
    assert without_bracket(title) == title
