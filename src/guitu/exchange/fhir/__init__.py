"""Referrals to a hospital and its answers as FHIR bundles: structure of R4B, which for these resources is
R4's."""

from guitu.exchange.fhir.answer import Answer, Medicine, read_answer
from guitu.exchange.fhir.checking import MOST_BYTES, Wrong, check, loaded
from guitu.exchange.fhir.referral import Told, answer_bundle, referral_bundle

__all__ = [
    "MOST_BYTES",
    "Answer",
    "Medicine",
    "Told",
    "Wrong",
    "answer_bundle",
    "check",
    "loaded",
    "read_answer",
    "referral_bundle",
]
