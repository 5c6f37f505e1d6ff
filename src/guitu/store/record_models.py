"""The tables of what takes two people, and of files of one person. Django finds them through `models`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OldNumber(models.Model):
    """An identity number of fifteen digits, blinded in its form of eighteen: how two files of one person are
    found."""

    file = models.BigIntegerField(primary_key=True)
    blind = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["blind"], name="oldnumber_blind")]


class Merged(models.Model):
    """A file whose entries another one shows."""

    file = models.BigIntegerField(primary_key=True)
    into_id = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["into_id"], name="merged_into")]


class Proposal(models.Model):
    """What one officer wants done and a second one decides. `sealed` holds what and why, under the file's key
    for `compartment`, or the site's where no file is meant; only `state` ever changes, and only once."""

    id = models.UUIDField(primary_key=True)
    act = models.CharField(max_length=24)
    file = models.BigIntegerField(null=True)
    unit = models.IntegerField()
    compartment = models.CharField(max_length=24)
    username = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    office = models.CharField(max_length=32)
    at_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField()
    state = models.CharField(max_length=12)
    sealed = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit"], name="proposal_open", condition=models.Q(state="proposed")),
            models.Index(fields=["username", "-at_ms"], name="proposal_by"),
            models.Index(fields=["file"], name="proposal_file"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_known_state",
                condition=models.Q(state__in=["proposed", "approved", "refused", "withdrawn", "expired"]),
            )
        ]


class ProposalStep(models.Model):
    """What happened to a proposal, in order. Never changed; each step's digest covers the one before."""

    pk = models.CompositePrimaryKey("proposal", "n")
    proposal = models.UUIDField()
    n = models.SmallIntegerField()
    what = models.CharField(max_length=12)
    username = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    office = models.CharField(max_length=32)
    at_ms = models.BigIntegerField()
    sealed = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["username", "-at_ms"], name="proposalstep_by")]
