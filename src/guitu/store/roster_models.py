"""The tables of duty rosters. Django finds them through `models`. They name staff, nobody under a measure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RosterSetup(models.Model):
    """What a unit plans with: its people, posts, needs and rules, as JSON. One row a unit."""

    unit = models.IntegerField(unique=True)
    text = models.TextField()
    by = models.CharField(max_length=150)
    at_ms = models.BigIntegerField()


class Roster(models.Model):
    """A roster being planned: `text` is its problem as JSON, as it stood when it was begun."""

    id = models.UUIDField(primary_key=True)
    unit = models.IntegerField()
    first = models.DateField()
    days = models.IntegerField()
    text = models.TextField()
    at_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "first"], name="roster_of")]


class RosterCell(models.Model):
    """Who does what on a day of a roster; a day off has no row."""

    roster = models.UUIDField()
    person = models.CharField(max_length=150)
    day = models.DateField()
    post = models.CharField(max_length=32)
    shift = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "person", "day"], name="roster_cell_of")
        ]


class RosterStep(models.Model):
    """One change of a roster, with what stood there before: what `undo` takes back."""

    roster = models.UUIDField()
    what = models.CharField(max_length=16)
    by = models.CharField(max_length=150)
    at_ms = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["roster", "id"], name="roster_step_of")]


class RosterIssue(models.Model):
    """A roster as it was published. `id` is the entry that published it and holds its digest. Never
    changed."""

    id = models.UUIDField(primary_key=True)
    roster = models.UUIDField()
    unit = models.IntegerField()
    first = models.DateField()
    days = models.IntegerField()
    at_ms = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "first"], name="roster_issue_of")]


class RosterAsk(models.Model):
    """What somebody asks of the planner: leave, or to swap a day with somebody; and the answer."""

    unit = models.IntegerField()
    person = models.CharField(max_length=150)
    what = models.CharField(max_length=8)
    day = models.DateField()
    until = models.DateField(null=True)
    other = models.CharField(max_length=150)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=8)
    at_ms = models.BigIntegerField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "state", "day"], name="roster_ask_of")]
