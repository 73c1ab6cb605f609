"""The opening by which an outlet names itself in front of its own words: `(Dân trí) - …`."""

import re

_OUTLETS = (
    "TTO|TPO|NDO|SGGPO|SGGP|HNMO|NLĐO|LĐO|PLO|PLVN|ĐCSVN|TTXVN|VOV|VTV|VTC|QTO|QBĐT|BQT|CAND|CATP|ANTĐ|"
    "GD&TĐ|GDVN|KTĐT|BNEWS|"
    "Chinhphu|Dân trí|Dân Việt|Tổ Quốc|VTC News|VietNamNet|VietnamPlus|Vietnam\\+|"
    "Zing|Lao Động|Thanh Niên|Tuổi Trẻ|Tiền Phong|Kinhtedothi"
)
_BRACKET = (
    rf"\(\s*(?:{_OUTLETS}|[\w&+.]{{2,20}}\.(?:vn|com|net))(?:\.vn|\.VN)?\s*\)\s*[-–—:|]*"
    rf"|\[\s*(?:{_OUTLETS})\s*\]\s*[-–—:|]*"
    r"|\(\s*[A-ZĐ][A-ZĐ&]{2,6}O?\s*\)\s*[-–—:|]"
)
_BARE = (
    rf"(?:{_OUTLETS})(?:\.vn|\.VN|\.com\.vn)?\s*[-–—|]"
    r"|[A-Za-z0-9&+]{2,20}\.(?:vn|com\.vn|net\.vn|com|net)\s*[-–—|]"
)
_IN_BRACKETS = re.compile(rf"^\s*(?:{_BRACKET})\s*", re.IGNORECASE)
_ANY = re.compile(rf"^\s*(?:{_BRACKET}|{_BARE})\s*", re.IGNORECASE)


def without_opening(lead: str) -> str:
    """A lead without the outlet's name in front, as in `(Dân trí) - …` or `VOV.VN - …`."""
    return _ANY.sub("", lead, count=1)


def without_bracket(title: str) -> str:
    """A title without the outlet's name in brackets in front; `Lao động - việc làm` is kept, for a
    title may begin so.
    """
    return _IN_BRACKETS.sub("", title, count=1)
