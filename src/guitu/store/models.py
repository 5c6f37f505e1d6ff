"""The tables. Django makes and migrates them; hot paths read and write them in plain SQL.

Six sorts, never mixed:

- **what happened**: Entry, FileKey, KeyDestroyed, DayRoot, CaseFile (whose `n` and `head` only ever advance),
  Proposal, ProposalStep, Pack, RosterIssue, Attachment and
  RefusedEntry;
- **what nobody said**: SurveyCode and SurveyAnswer, which hold no name and no time;
- **what is planned**: RosterSetup, Roster, RosterCell, RosterStep, RosterAsk;
- **who looked**: the tables of the access log (readings/models.py);
- **where and who**: Unit, StaffPost, StaffTie, OneTimePassword, PasswordUsed, DemoAccount, Grant, Notice,
  PersonAccount; KindRow: what the kinds are, for the database;
- **who is let in by program**: ApiToken, Webhook, WebhookCall;
- **worked out** from the entries and recreated by `guitu rebuild`: CaseStatus, Duty, DutyTally, FileTally,
  Person, PersonKey, FileArea, OldNumber, Merged, ComplaintLine.

Times are whole milliseconds since 1970 (UTC), as the digest chain counts them; days are dates. A unit's
ancestors stand in `at1` (its province) to `at5`, itself included, so that "everything under this unit" is one
equality on an indexed column.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from guitu.store.api_models import (  # noqa: F401 - Django looks for an app's tables here
    ApiToken,
    Webhook,
    WebhookCall,
)
from guitu.store.attachment_models import (  # noqa: F401 - Django looks for an app's tables here
    Attachment,
    RefusedEntry,
)
from guitu.store.pack_models import Pack  # noqa: F401 - the same
from guitu.store.paper_models import PaperTemplate  # noqa: F401 - the same
from guitu.store.readings.models import (  # noqa: F401 - Django looks for an app's tables here
    Reading,
    ReadingFile,
    ReadingLeaf,
    ReadingPost,
    ReadingReview,
    ReadingRoot,
    ReadingStrand,
    ReadingStub,
    ReadingWhy,
)
from guitu.store.record_models import Merged, OldNumber, Proposal, ProposalStep  # noqa: F401 - the same
from guitu.store.roster_models import (  # noqa: F401 - the same
    Roster,
    RosterAsk,
    RosterCell,
    RosterIssue,
    RosterSetup,
    RosterStep,
)
from guitu.store.survey_models import SurveyAnswer, SurveyCode  # noqa: F401 - the same

LEVELS: Final = ("at1", "at2", "at3", "at4", "at5")
NEVER: Final = "9999-12-31"
"""The `due_key` of a duty without a day: the law says "promptly"."""


class Under(models.Model):
    """A row that belongs to a unit, findable from each unit above it."""

    unit = models.IntegerField(null=True)
    at1 = models.IntegerField(null=True)
    at2 = models.IntegerField(null=True)
    at3 = models.IntegerField(null=True)
    at4 = models.IntegerField(null=True)
    at5 = models.IntegerField(null=True)

    class Meta:
        abstract = True


class Unit(Under):
    """A place or an institution where work happens. `path` is its ancestors' codes and its own, joined by
    `/`."""

    no = models.AutoField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_column="parent")
    depth = models.SmallIntegerField()
    path = models.CharField(max_length=200)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    unit = None


class UnitAbove(models.Model):
    """Every unit with each above it, itself included: by it the database knows what a scope covers."""

    pk = models.CompositePrimaryKey("above", "unit")
    above = models.IntegerField()
    unit = models.IntegerField()


class CaseFile(models.Model):
    """One file: whose, its number, and the end of its chain."""

    no = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    about = models.CharField(max_length=8)
    case_no = models.CharField(max_length=32, unique=True)
    opened_ms = models.BigIntegerField()
    n = models.IntegerField()
    head = models.BinaryField()
    unit = models.IntegerField(null=True)


class Entry(models.Model):
    """One link of a file's chain. The database refuses to change or delete it."""

    seq = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    n = models.IntegerField()
    id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    version = models.SmallIntegerField()
    happened_on = models.DateField()
    recorded_ms = models.BigIntegerField()
    stored_ms = models.BigIntegerField()
    author = models.CharField(max_length=150)
    unit = models.CharField(max_length=32)
    corrects = models.UUIDField(null=True)
    source = models.CharField(max_length=300)
    body = models.TextField()
    sealed = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "n"], name="entry_place")]
        indexes: ClassVar = [
            models.Index(  # who is on the list of a class: `store/centre/learning.py` asks in these words
                fields=["happened_on", "file"],
                name="entry_on_list",
                condition=models.Q(
                    kind__in=["course_enrolled", "training_enrolled", "entry_education_begun"]
                ),
            )
        ]


class FileKey(models.Model):
    """The wrapped data key of one compartment of one file. Deleting the row erases what it sealed."""

    pk = models.CompositePrimaryKey("file", "compartment")
    file = models.BigIntegerField()
    compartment = models.CharField(max_length=24)
    cipher = models.CharField(max_length=12)
    wrapped = models.BinaryField()


class KeyDestroyed(models.Model):
    """That a compartment's key of a file was destroyed, by whom and why (`reason` lies encrypted). Never
    changed."""

    id = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    compartment = models.CharField(max_length=24)
    at_ms = models.BigIntegerField()
    actor = models.CharField(max_length=150)
    reason = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["file"], name="keydestroyed_file")]


class DayRoot(models.Model):
    """A signed digest over the chains of all files touched since the one before. Never changed."""

    day = models.DateField(primary_key=True)
    upto_seq = models.BigIntegerField()
    files = models.IntegerField()
    previous = models.BinaryField()
    root = models.BinaryField()
    public_key = models.BinaryField()
    signature = models.BinaryField()


class Counter(models.Model):
    """The last number given out under a name: case numbers by county and year, the unit tree's edition."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField()


class CaseStatus(Under):
    """Where one person stands, valid until `recheck_on` if nothing new is recorded. `done_n` duties were done
    on the day `done_on`; both are empty where there were none, or the day is over."""

    file = models.BigIntegerField(primary_key=True)
    n = models.IntegerField()
    last_ms = models.BigIntegerField()
    sex = models.CharField(max_length=8)
    measure = models.CharField(max_length=32)
    state = models.CharField(max_length=20)
    since = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    open_n = models.SmallIntegerField()
    overdue_n = models.SmallIntegerField()
    findings = models.TextField()
    rights = models.BooleanField()
    worker = models.CharField(max_length=200)
    recheck_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_n = models.SmallIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["done_on", *LEVELS, "done_n"],
                name="status_done",
                condition=models.Q(done_n__isnull=False),
            ),
            models.Index(fields=["recheck_on"], name="status_recheck"),
            models.Index(fields=["measure", "state", "file"], name="status_measure"),
            *(
                models.Index(
                    fields=[level, "file"],
                    name=f"status_{level}",
                    condition=models.Q(**{f"{level}__isnull": False}),
                )
                for level in LEVELS
            ),
            *(
                models.Index(
                    fields=[level, "file"], name=f"status_rights_{level}", condition=models.Q(rights=True)
                )
                for level in LEVELS
            ),
            *(
                models.Index(
                    fields=[level, "file"], name=f"status_late_{level}", condition=models.Q(overdue_n__gt=0)
                )
                for level in LEVELS
            ),
        ]


class Duty(Under):
    """One duty that is open or overdue. `due_key` is its day, or NEVER where it has none; `owed` sorts the
    authorities' duties (0) before the person's (1)."""

    id = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    name = models.CharField(max_length=40)
    measure = models.UUIDField(null=True)
    owed = models.SmallIntegerField()
    record = models.CharField(max_length=40)
    opens_on = models.DateField(null=True)
    due_key = models.DateField()
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=120)
    cites = models.CharField(max_length=200)
    worker = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file"], name="duty_file"),
            *(
                models.Index(
                    fields=[level, "due_key", "owed", "file"],
                    name=f"duty_{level}",
                    condition=models.Q(**{f"{level}__isnull": False}),
                )
                for level in LEVELS
            ),
            models.Index(
                fields=["worker", "due_key", "owed", "file"],
                name="duty_worker",
                condition=~models.Q(worker=""),
            ),
        ]


class FileArea(models.Model):
    """A unit that answered for a file before (`former`), or that it has been sent to (`receiving`): by it the
    database lets the unit see the file although it answers no more, or not yet."""

    pk = models.CompositePrimaryKey("file", "unit")
    file = models.BigIntegerField()
    unit = models.IntegerField()
    how = models.CharField(max_length=12)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "file"], name="filearea_unit")]


class KindRow(models.Model):
    """A declared kind as the database knows it: its compartment, and whether it belongs to the skeleton of a
    file, which everybody sees who sees the file. Written anew whenever the tables are prepared."""

    name = models.CharField(max_length=40, primary_key=True)
    compartment = models.CharField(max_length=24)
    skeleton = models.BooleanField()

    class Meta:
        db_table = "store_kind"


class DutyTally(models.Model):
    """How many open duties of one name are due on one day under one unit."""

    pk = models.CompositePrimaryKey("unit", "duty", "due_key")
    unit = models.IntegerField()
    duty = models.CharField(max_length=40)
    due_key = models.DateField()
    n = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "due_key"], name="dutytally_due")]


class FileTally(models.Model):
    """How many people under one unit are under one measure in one state, and of these how many have something
    overdue and how many a right at risk."""

    pk = models.CompositePrimaryKey("unit", "measure", "state")
    unit = models.IntegerField()
    measure = models.CharField(max_length=32)
    state = models.CharField(max_length=20)
    n = models.IntegerField()
    overdue = models.IntegerField(default=0)
    rights = models.IntegerField(default=0)


class Person(models.Model):
    """What a person is found by and shown as, none of it readable (`guitu.store.blinding`): `keys` are what
    stands for the search words, each after a blank, `id_blind` for the identity number, `sealed`
    (`guitu.store.shown`) for name, end of the number and year of birth. `unit` is that of the status."""

    unit = models.IntegerField(null=True)
    file = models.BigIntegerField(primary_key=True)
    keys = models.TextField()
    sealed = models.BinaryField(default=b"")
    id_blind = models.BinaryField(null=True, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "keys"], name="person_unit")]


class PersonKey(models.Model):
    """What stands for one search word of one person: words are found by how they begin."""

    pk = models.CompositePrimaryKey("key", "file")
    key = models.CharField(max_length=128)
    file = models.BigIntegerField()


class StaffPost(models.Model):
    """An office held: which account, in which role, for which unit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_column="unit")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role", "unit"], name="post_once")]


class StaffTie(models.Model):
    """What the office told of an account's holder: the identity number, as its keyed digest, and the unit (a
    code) where they live. Only for noticing that somebody reads their own or a neighbour's file."""

    username = models.CharField(max_length=150, primary_key=True)
    id_blind = models.BinaryField(null=True)
    lives_at = models.CharField(max_length=32)


class OneTimePassword(models.Model):
    """The account's password was made for it by an administrator: whoever holds it sets their own first."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="one_time_password"
    )


class PasswordUsed(models.Model):
    """A password that an account had or has, as its digest: the last ones are not chosen again. `set_ms` is
    when it was set; the newest row is the present password's."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=200)
    set_ms = models.BigIntegerField()


class DemoAccount(models.Model):
    """The account is a demonstration's: its password stands on the sign-in page. Nothing but a demonstration
    opens a store that holds one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )


class RecentFile(models.Model):
    """The files an account worked on last."""

    pk = models.CompositePrimaryKey("user", "file")
    user = models.CharField(max_length=150)
    file = models.BigIntegerField()
    at_ms = models.BigIntegerField()


class PersonAccount(models.Model):
    """Whose file an account opens: the person's own, or, with `consent` (the id of a family_consent entry), a
    family member's by that consent. A file has at most one account of the person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="person_account"
    )
    file = models.BigIntegerField()
    consent = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(consent__isnull=True), name="person_account_once"
            ),
            models.UniqueConstraint(fields=["consent"], name="family_account_once"),
        ]


class ComplaintLine(models.Model):
    """Worked out from complaint files: who received which complaint of whom about whom, and how far it is. No
    word of it. `id` is the complaint's entry, `file` the file it stands in, `person` the person's file."""

    id = models.UUIDField(primary_key=True)
    file = models.BigIntegerField()
    person = models.BigIntegerField()
    receiver = models.IntegerField()
    receiver_role = models.CharField(max_length=16)
    against = models.IntegerField()
    lodged_on = models.DateField()
    received_on = models.DateField(null=True)
    forwarded_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["receiver", "receiver_role", "answered_on"], name="complaint_receiver"),
            models.Index(fields=["person"], name="complaint_person"),
        ]


class Grant(models.Model):
    """Leave given to one account for one file, for a time: to read in an emergency, or a minor's file.
    `opens` are compartments besides those of the account's work. Asked for and not answered: no `granted_by`;
    refused: no `from_ms`."""

    id = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    user = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    unit = models.CharField(max_length=32)
    what = models.CharField(max_length=24)
    opens = models.CharField(max_length=120)
    purpose = models.CharField(max_length=16)
    reason = models.BinaryField()
    granted_by = models.CharField(max_length=150)
    asked_ms = models.BigIntegerField()
    from_ms = models.BigIntegerField(null=True)
    until_ms = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "until_ms", "file"], name="grant_user"),
            models.Index(fields=["file", "asked_ms"], name="grant_file"),
            models.Index(fields=["asked_ms"], name="grant_asked", condition=models.Q(granted_by="")),
        ]


class Notice(Under):
    """What a unit and those above it are told of a file: that somebody was given leave (`grant_no`), and the
    unit is the one that answers for the person; or, without that, that it was handed over to the unit."""

    id = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    grant_no = models.BigIntegerField(null=True)
    at_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "at_ms"], name="notice_unit"),
            models.Index(fields=["at_ms"], name="notice_at", condition=models.Q(grant_no__isnull=False)),
        ]
