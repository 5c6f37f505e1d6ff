"""The tables of anonymous surveys. Django finds them through `models`.

Nothing in them says who answered. A code that was used says so and no more; an answer has a number that was
thrown, the day, and no code. What neither holds, nobody can be asked for.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SurveyCode(models.Model):
    """The digest of a one-time code: of which survey (the id of its entry, in the file of `unit`), which
    stratum, and whether it was used. Gone when the survey ends."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.UUIDField()
    unit = models.CharField(max_length=32)
    stratum = models.SmallIntegerField()
    used = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey"], name="surveycode_survey")]


class SurveyAnswer(models.Model):
    """One filled-in questionnaire. `id` is thrown, so that it tells no order; `answers` one digit for each
    question, 0 for none; `sheet` the number printed on a paper questionnaire, by which it is not typed twice
    and a slip is put right; `day` is all that is known of when."""

    id = models.BigAutoField(primary_key=True)
    survey = models.UUIDField()
    stratum = models.SmallIntegerField()
    day = models.DateField()
    answers = models.CharField(max_length=16)
    sheet = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "sheet"], name="surveyanswer_sheet")
        ]
