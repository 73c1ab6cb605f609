"""The shipped lists themselves."""

import unicodedata
from pathlib import Path

import pytest

from crisis.model.errors import BadContent
from crisis.watch.lexicon import Lexicon, load_cues
from crisis.watch.wording import sentence


def test_every_cue_can_be_found_in_a_sentence_that_holds_only_it(lists: Path) -> None:
    cues = load_cues(lists)
    lexicon = Lexicon(cues)
    for cue in cues:
        for phrase in cue.phrases:
            said = sentence(phrase.capitalize() if cue.cased else phrase)
            assert list(lexicon.hits(0, said)), phrase


def test_cues_are_nfc_and_explained_in_both_languages(lists: Path) -> None:
    for cue in load_cues(lists):
        assert cue.words.vi
        assert cue.words.en
        assert all(unicodedata.is_normalized("NFC", phrase) for phrase in cue.phrases)


@pytest.mark.parametrize("content", ["cues: 3\n", "- a\n", "cues: [{id: x}]\n", "a: [\n"])
def test_a_malformed_list_is_bad_content(tmp_path: Path, content: str) -> None:
    (tmp_path / "cues.yaml").write_text(content, encoding="utf8")
    (tmp_path / "bodies.yaml").write_text("levels: 1\nbodies: 2\n", encoding="utf8")
    with pytest.raises(BadContent):
        load_cues(tmp_path)
