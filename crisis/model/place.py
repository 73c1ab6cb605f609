"""A place: its rank, its name, and what it was before the mergers of 2025."""

from enum import StrEnum

from crisis.model.agency import Confidence, Dated, PlaceCode
from crisis.model.spelling import unmarked
from crisis.model.text import Line
from crisis.model.words import Words, words


class Rank(StrEnum):
    """The rank of an administrative unit."""

    TINH = "tinh"
    THANH_PHO = "thanh_pho"
    THI_XA = "thi_xa"
    HUYEN = "huyen"
    PHUONG = "phuong"
    XA = "xa"
    DAC_KHU = "dac_khu"
    THI_TRAN = "thi_tran"


COMMUNE_RANKS = frozenset({Rank.PHUONG, Rank.XA, Rank.DAC_KHU})
ENDED_RANKS = frozenset({Rank.THANH_PHO, Rank.THI_XA, Rank.HUYEN, Rank.THI_TRAN})
"""Districts, and townships, which ended on 1 July 2025; newspapers go on naming them."""

RANK_NAMES: dict[Rank, Words] = {
    Rank.TINH: words("tỉnh", "Province"),
    Rank.THANH_PHO: words("thành phố", "City"),
    Rank.THI_XA: words("thị xã", "Town"),
    Rank.HUYEN: words("huyện", "District"),
    Rank.PHUONG: words("phường", "Ward"),
    Rank.XA: words("xã", "Commune"),
    Rank.DAC_KHU: words("đặc khu", "Special Zone"),
    Rank.THI_TRAN: words("thị trấn", "Township"),
}


class Place(Dated):
    """An administrative unit. A former district or province that is not known stays None."""

    code: PlaceCode
    rank: Rank
    name: Line
    province: PlaceCode | None = None
    former_province: PlaceCode | None = None
    former_district: PlaceCode | None = None
    former_district_confidence: Confidence | None = None
    confidence: Confidence = Confidence.MEDIUM

    @property
    def label(self) -> Words:
        """The name with its rank: `phường Quảng Trị`, `Quang Tri Ward`."""
        rank = RANK_NAMES[self.rank]
        return words(f"{rank.vi} {self.name}", f"{unmarked(self.name)} {rank.en}")
