"""A short quotation of a text: its first sentences, cut at a word."""

QUOTATION = 300


def quoted(text: str) -> str:
    """At most 300 characters of the text on one line."""
    line = " ".join(text.split())
    if len(line) <= QUOTATION:
        return line
    return line[: QUOTATION - 1].rsplit(" ", 1)[0] + "…"
