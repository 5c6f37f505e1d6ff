"""The page of one event with its photos; the others have the shapes of `guitu.web.inside`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from guitu.kernel.labels import Label
from guitu.web.component import Text
from guitu.web.components.button.component import Button
from guitu.web.components.crumbs.component import Crumbs
from guitu.web.components.error_summary.component import ErrorSummary
from guitu.web.components.field.component import Field
from guitu.web.components.notice.component import Notice
from guitu.web.components.word.component import Word
from guitu.web.inside.shown import Board, Section

SAYS: Final = Label(
    "照片和档案一样加密保存。只有写明书面同意或者认不出任何人的，才能放到公开网站；"
    "同意撤回了就作废那张照片。",
    "Photos are sealed like the file. Only those with written consent, or in which nobody can be recognised,"
    " may go to the public site; when consent is taken back, withdraw the photo.",
)


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """One photo: its address, what it shows, whether it may be public and by what, when it was taken."""

    src: str
    caption: str
    word: Word
    consent: Text
    day: date
    withdraw: Button | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event: its facts, its photos, and the form that takes one more in (no fields: none)."""

    TEMPLATE: ClassVar = "template"

    title: Text
    lead: Text
    sections: tuple[Section, ...]
    photos: tuple[PhotoShown, ...]
    fields: tuple[Field, ...]
    action: str
    identifier: str
    crumbs: Crumbs | None = None
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    says: ClassVar[Text] = SAYS
    heading: ClassVar[Text] = Label("照片", "Photos")
    none: ClassVar[Text] = Label("还没有照片。", "No photos yet.")
    add: ClassVar[Text] = Label("加一张照片", "Add a photo")
    save: ClassVar[Button] = Button(Label("保存照片", "Save the photo"), look="primary")

    @classmethod
    def of(
        cls,
        board: Board,
        photos: tuple[PhotoShown, ...],
        fields: tuple[Field, ...],
        action: str,
        identifier: str,
    ) -> EventPage:  # fmt: skip
        """The page from the board of its facts."""
        return cls(
            board.title, board.lead, board.sections, photos, fields, action, identifier, board.crumbs,
            board.buttons, board.notices, board.summary,
        )  # fmt: skip

    @property
    def printed(self) -> str:
        """Printing is noted nowhere: nobody's file stands here."""
        return ""

    @property
    def periods(self) -> None:
        """There are none."""

    @property
    def tabs(self) -> None:
        """There are none."""


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form that takes a table in, with everything that was wrong with the last one."""

    TEMPLATE: ClassVar = "bring"

    title: Text
    lead: Text
    sections: tuple[Section, ...]
    file: Field
    action: str
    identifier: str
    save: Button
    crumbs: Crumbs | None = None
    buttons: tuple[Button, ...] = ()
    notices: tuple[Notice, ...] = ()
    summary: ErrorSummary | None = None
    heading: ClassVar[Text] = Label("上传", "Upload")

    @property
    def printed(self) -> str:
        """Printing is noted nowhere."""
        return ""

    @property
    def periods(self) -> None:
        """There are none."""

    @property
    def tabs(self) -> None:
        """There are none."""
