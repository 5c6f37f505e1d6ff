"""Two files of one person while entries are appended: who shows whose entries, and who is worked out anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from guitu.casefile import CaseFile, Entry
from guitu.casefile.records import MERGED_FROM, MERGED_INTO, merged_into
from guitu.store import casefiles
from guitu.store.casefiles import Held
from guitu.store.preparing import Frame, Prepared
from guitu.store.projections import project


def join(entries: Sequence[Entry], held: Mapping[UUID, Held]) -> None:
    """Before entries are appended: read the files that these merge, so that what follows is worked out over
    both."""
    for entry in entries:
        if entry.kind != MERGED_FROM:
            continue
        file, other = held[entry.file], UUID(str(entry.get("other")))
        if other in held:
            file.joined = [f for f in file.joined if f.id != other] + [held[other]]
        else:
            casefiles.join(file, [other], casefiles.UNSEALED_TO_PROJECT)


def follow(prepared: Prepared, frame: Frame) -> None:
    """After entries were appended to a file that is merged into another: work that one out anew too."""
    done = {file.id for file in prepared.files}
    for file in list(prepared.files):
        if file.about != "person" or not any(e.kind == MERGED_INTO for e in file.entries):
            continue
        shown = _shown_by(file)
        if shown is None or shown.id in done:
            continue
        done.add(shown.id)
        worked_out = project(
            shown.no, shown.case_file, frame.day, n=shown.n, last_ms=shown.last_ms, tree=frame.tree,
            keys=frame.keys,
        )  # fmt: skip
        shown.unit = worked_out.unit.no if worked_out.unit else None
        prepared.files.append(shown)
        prepared.projections.append(worked_out)


def _shown_by(file: Held) -> Held | None:
    """The file that shows this one's entries, with those in hand; None if it is merged into none."""
    below, seen = file, {file.id}
    while (into := merged_into(below.id, CaseFile(below.id, tuple(below.entries)).counted())) is not None:
        if into in seen:
            return None
        seen.add(into)
        found = casefiles.by_ids([into], lock=True)
        casefiles.fill(found.values())
        above = found[into]
        above.joined = [below if f.id == below.id else f for f in above.joined]
        below = above
    return below if below is not file else None
