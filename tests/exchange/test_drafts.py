"""What a row's entries are called: the same in every version, or an import would not find what is there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from guitu.casefile.chain import sm3
from guitu.exchange.ledgers.drafts import Draft, ids_in
from tests.exchange.sheets import EXAMPLES

FILE = UUID("019ab0a2-5c00-7a55-9d3c-0a6f2b1e4c11")

values = st.one_of(st.text(max_size=8), st.integers(0, 99), st.dates())
fields = st.dictionaries(st.text("abcdefghij_", min_size=1, max_size=6), values, max_size=6)
drafts = st.builds(
    Draft,
    st.sampled_from(["person", "order", "remark"]),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    fields,
    st.just({}),
)


@EXAMPLES
@given(file=st.uuids(), said=st.lists(drafts, max_size=4))
def test_an_entry_is_called_by_its_day_and_the_digest_of_what_it_says(file: UUID, said: list[Draft]) -> None:
    for draft, identifier in zip(said, ids_in(file, said), strict=True):
        pairs = [f"{name}\x1e{value}" for name, value in sorted(draft.fields.items())]
        text = "\x1f".join([draft.kind, draft.day.isoformat(), "\x1f".join(pairs)])
        digest = int.from_bytes(sm3(file.bytes + text.encode())[:10], "big")
        assert identifier.version == 7
        assert identifier.variant == "specified in RFC 4122"
        chance = ~(0xF << 76 | 0x3 << 62) & ((1 << 80) - 1)
        assert identifier.int & chance == digest & chance
        since_1970 = max(timedelta(0), draft.day - date(1970, 1, 1))
        assert identifier.int >> 80 == since_1970 / timedelta(milliseconds=1)


def test_an_entry_is_called_as_the_first_version_called_it() -> None:
    said = {"name": "李平学", "sex": "male", "birth": date(1982, 6, 21)}
    backwards = dict(reversed(said.items()))
    once = [Draft("person", date(2025, 9, 9), one, {}) for one in (said, backwards)]
    assert ids_in(FILE, once) == [UUID("01992bc5-b000-7851-942a-d7dd2e01f382")] * 2
    assert hash(ids_in(FILE, once)[0]) == hash(UUID("01992bc5-b000-7851-942a-d7dd2e01f382"))
