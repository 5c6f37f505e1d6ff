"""The tables of the access log. On SQLite they lie in a file of their own, so that whoever opens a file never
waits for an import; on PostgreSQL beside the entries.

Reading is the log; its digest covers everything in its row and the row before it in its strand. ReadingFile
is the index by file, and says no more than Reading does. Accounts in their posts and the reasons of decisions
come again and again: they stand once, in ReadingPost and ReadingWhy, and the digest covers their words.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

RARE: Final = ("break_glass", "export", "number", "print", "copy", "refused")
"""What is looked through by time, beside every reading by somebody outside: few rows with an index to
them."""


class ReadingPost(models.Model):
    """An account in a post: who reads, as what, for which unit (a code)."""

    no = models.AutoField(primary_key=True)
    who = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    unit = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "role", "unit"], name="readingpost_once")
        ]


class ReadingWhy(models.Model):
    """Why something was allowed, in both languages."""

    no = models.AutoField(primary_key=True)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["zh", "en"], name="readingwhy_once")]


class ReadingStrand(models.Model):
    """A chain of readings: each writer has its own, so that writers do not wait for each other."""

    no = models.AutoField(primary_key=True)
    begun_ms = models.BigIntegerField()


class Reading(models.Model):
    """One link of a strand. `files` are the numbers of the files, joined by commas, that the index holds with
    it; `shown` is how many files were shown. `outside` says that the reader's unit was not in the line of
    those responsible for the file."""

    pk = models.CompositePrimaryKey("strand", "n")
    strand = models.IntegerField()
    n = models.IntegerField()
    at_ms = models.BigIntegerField()
    post = models.IntegerField()
    what = models.CharField(max_length=12)
    outside = models.BooleanField()
    files = models.TextField()
    shown = models.IntegerField()
    compartments = models.CharField(max_length=120)
    why = models.IntegerField()
    purpose = models.CharField(max_length=16)
    source = models.CharField(max_length=64)
    detail = models.CharField(max_length=200)
    digest = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["post", "at_ms", "what"], name="reading_post"),
            models.Index(
                fields=["at_ms"],
                name="reading_rare",
                condition=models.Q(outside=True) | models.Q(what__in=RARE),
            ),
        ]


class ReadingFile(models.Model):
    """Which readings showed a file."""

    pk = models.CompositePrimaryKey("file", "at_ms", "strand", "n")
    file = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    strand = models.IntegerField()
    n = models.IntegerField()
    post = models.IntegerField()
    what = models.CharField(max_length=12)
    outside = models.BooleanField()


class ReadingRoot(models.Model):
    """A signed digest over the ends of all strands that grew since the one before."""

    day = models.DateField(primary_key=True)
    strands = models.IntegerField()
    previous = models.BinaryField()
    root = models.BinaryField()
    public_key = models.BinaryField()
    signature = models.BinaryField()


class ReadingLeaf(models.Model):
    """Where a strand ended when a root was signed."""

    pk = models.CompositePrimaryKey("day", "strand")
    day = models.DateField()
    strand = models.IntegerField()
    n = models.IntegerField()
    digest = models.BinaryField()


class ReadingStub(models.Model):
    """What is left of the beginning of a strand whose months were removed: how far it went, how it ended,
    signed. Only rows that a stub covers can be deleted."""

    pk = models.CompositePrimaryKey("strand", "n")
    strand = models.IntegerField()
    n = models.IntegerField()
    digest = models.BinaryField()
    until_ms = models.BigIntegerField()
    pruned_ms = models.BigIntegerField()
    who = models.CharField(max_length=150)
    public_key = models.BinaryField()
    signature = models.BinaryField()


class ReadingReview(models.Model):
    """What an auditor said of one account's reading of one file on one day, and what the account answered."""

    no = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField()
    who = models.CharField(max_length=150)
    day = models.DateField()
    act = models.CharField(max_length=12)
    ground = models.CharField(max_length=40)
    by = models.CharField(max_length=150)
    at_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file", "who", "day"], name="review_of"),
            models.Index(fields=["who", "day"], name="review_who"),
        ]
