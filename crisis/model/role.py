"""Who does what: roles in the office, contacts of an agency, and the rungs of the ladder."""

from enum import StrEnum

from crisis.model.words import Words, words


class Role(StrEnum):
    """A named user's role in the press office."""

    COORDINATOR = "coordinator"
    APPROVER = "approver"
    SPOKESPERSON = "spokesperson"
    AUDITOR = "auditor"
    LEADER = "leader"
    ADMIN = "admin"
    LEGAL = "legal"


APPROVING = (Role.APPROVER, Role.SPOKESPERSON, Role.LEADER)
"""Roles that may stand in a playbook's chain of approval."""


ROLE_WORDS: dict[Role, Words] = {
    Role.COORDINATOR: words("Điều phối viên", "Coordinator"),
    Role.APPROVER: words("Người duyệt", "Approver"),
    Role.SPOKESPERSON: words("Người phát ngôn", "Spokesperson"),
    Role.AUDITOR: words("Kiểm toán viên", "Auditor"),
    Role.LEADER: words("Lãnh đạo", "Leader"),
    Role.ADMIN: words("Quản trị viên", "Administrator"),
    Role.LEGAL: words("Cán bộ pháp chế", "Legal officer"),
}


class ContactRole(StrEnum):
    """What an agency's contact is there for."""

    FOCAL_POINT = "focal_point"
    LEADER = "leader"
    DEPUTY = "deputy"


class Rung(StrEnum):
    """One rung of the escalation ladder (`law.yaml`, `internal_sla.escalation`)."""

    AGENCY_FOCAL_POINT = "agency_focal_point"
    AGENCY_LEADER = "agency_leader"
    CHIEF_OF_OFFICE = "chief_of_office"
    PROVINCIAL_LEADER = "provincial_leader"


RUNG_WORDS: dict[Rung, Words] = {
    Rung.AGENCY_FOCAL_POINT: words("Đầu mối cơ quan", "Focal point of the agency"),
    Rung.AGENCY_LEADER: words("Lãnh đạo cơ quan", "Head or deputy head of the agency"),
    Rung.CHIEF_OF_OFFICE: words(
        "Chánh Văn phòng UBND tỉnh", "Chief of Office of the Provincial People's Committee"
    ),
    Rung.PROVINCIAL_LEADER: words(
        "Phó Chủ tịch/Chủ tịch UBND tỉnh",
        "Vice Chair or Chair of the Provincial People's Committee",
    ),
}
