"""The same for what a partner sent on somebody's health: only a doctor takes it over."""

from typing import Final

from guitu.store.acts.partner_entry import DOING as DOING_THE_SAME

DOING: Final = DOING_THE_SAME
