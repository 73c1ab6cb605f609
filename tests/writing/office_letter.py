"""Letters that belong to no incident, one of each."""

from datetime import datetime

from crisis.model.checkpoint_notice import CheckpointNotice
from crisis.model.letter import Letter
from crisis.model.letter_part import Heading
from crisis.model.press_alert import PressAlert, RaisedStory, RaisedVolume
from crisis.model.words import words


def letters_of_the_office(top: Heading, at: datetime) -> tuple[Letter, ...]:
    """What the press watch raised, and a signed checkpoint."""
    return (
        PressAlert(
            heading=top,
            digest=False,
            stories=(
                RaisedStory(
                    title="Sân trường ngập khi mưa",
                    gravity=words("nghiêm trọng", "grave"),
                    outlets="Pháp Luật TP.HCM, Báo Ví Dụ",
                    first_at=at,
                    link="https://bao.example/san-truong",
                    reasons=("“ngập” (công trình xuống cấp)",),
                    page="https://phatngon.example/bao-chi/1",
                    opened="QT-2027-0013",
                ),
            ),
            volumes=(RaisedVolume(topic=words("môi trường", "environment"), items=7, sources=4),),
            silent=("Báo Ví Dụ",),
        ),
        CheckpointNotice(
            heading=top,
            number=12,
            signed_at=at,
            chains=31,
            root="ab" * 32,
            fingerprint="cd" * 32,
        ),
    )
