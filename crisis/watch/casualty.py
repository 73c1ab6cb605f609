"""How many people an item says were hurt."""

import re

from crisis.watch.reading import Reading

MANY = 3
MASS = 100
_WORDS = {
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "chục": 10,
}
_SOME = {"hàng chục": 10, "hàng trăm": 100, "hàng nghìn": 1000, "hàng ngàn": 1000}
_COUNTED = re.compile(
    r"\b(\d{1,3}(?:[.,]\d{3})+|\d+|hàng (?:chục|trăm|nghìn|ngàn)"
    r"|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
    r"(?:người|học sinh|trẻ|em|bé|cháu|mẹ con|công nhân|nạn nhân|ca|bệnh nhân"
    r"|sinh viên|du khách|ngư dân)\b"
)


def hurt(reading: Reading) -> int:
    """The largest number of people counted in a sentence that speaks of harm; 0 when none is."""
    spoken = {hit.sentence for hit in reading.hits if hit.cue.kind == "harm"}
    numbers = [
        _number(found)
        for number in spoken
        for found in _COUNTED.findall(reading.sentences[number].text.lower())
    ]
    return max(numbers, default=0)


def many_hurt(reading: Reading) -> bool:
    """Whether three or more were hurt."""
    return hurt(reading) >= MANY


def _number(found: str) -> int:
    if found in _SOME:
        return _SOME[found]
    return _WORDS.get(found) or int(re.sub(r"\D", "", found)[:9])
