"""One table as it may be published: the fullest detail that can be protected, and its rows. Pure."""

from collections.abc import Collection, Mapping, Sequence

from lms.plan.rules.cube import Counted, Detail, PublishedCell, PublishedCube
from lms.plan.rules.figures import Figure, Motive, Tally, show_figure
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.protection import NO_LIMITS, Limits, Protection, protect, shown
from lms.plan.rules.table import TOTAL, Dimensions, Key, Level


def publish_counted(
    *,
    counted: Counted,
    k: int,
    details: Sequence[Detail],
    known: Collection[Key] = (),
    limits: Limits = NO_LIMITS,
    silent: Collection[Key] = (),
) -> PublishedCube:
    """The fullest of ``details`` that passes the audit.

    Fails closed: if crossing institutions with estamentos cannot be protected, only their totals
    are published; if those cannot, only the grand total; if that cannot, or below ``k`` people, nothing.

    Args:
        k: the smallest group that may be shown.
        known: keys hidden by an earlier release (:attr:`PublishedCube.hidden_keys`).
        limits: what other tables and earlier releases forbid.
        silent: hidden headcounts of which not even the reason may be said: they have no row.
    """
    if TOTAL in silent and counted.total.headcount < k:
        return _nothing(motive=Motive.PROTECTS, k=k, people=counted.total.headcount)
    if counted.total.headcount < k:
        return _nothing(motive=Motive.SMALL, k=k, people=counted.total.headcount)
    found = protect_fullest(counted=counted, k=k, details=details, known=known, limits=limits)
    if found is not None:
        return draw(counted=counted, protection=found[0], k=k, silent=silent)
    return _nothing(motive=Motive.PROTECTS, k=k, people=counted.total.headcount)


def protect_fullest(
    *,
    counted: Counted,
    k: int,
    details: Sequence[Detail],
    known: Collection[Key],
    limits: Limits,
    people_only: bool = False,
) -> tuple[Protection, Sequence[Detail]] | None:
    """What protects the fullest of ``details`` that can be, and that one with those after it.

    Args:
        details: from the fullest down.
        people_only: completions are left aside, see :func:`protect`.
    """
    for place, (level, with_legal_quality) in enumerate(details):
        found = protect(
            level=level,
            with_legal_quality=with_legal_quality,
            dimensions=counted.dimensions,
            tallies=counted.tallies,
            k=k,
            known=known,
            limits=limits,
            people_only=people_only,
        )
        if found is not None:
            return found, details[place:]
    return None


def _nothing(*, motive: Motive, k: int, people: int) -> PublishedCube:
    """One cell that says why; none where there is nobody."""
    figure = Figure(motive=motive)
    cells = (PublishedCell(None, None, None, None, figure, figure, figure, figure),) if people else ()
    return PublishedCube(level=Level.NOTHING, minimum_cell=k, cells=cells)


def draw(*, counted: Counted, protection: Protection, k: int, silent: Collection[Key] = ()) -> PublishedCube:
    """The table as the audit let it through, without rows for ``silent`` keys but the grand total.

    Who is in a common category says that some of its members are few: where one of them is silent, the
    category is left out as well.
    """
    dimensions, tallies = counted.dimensions, counted.tallies
    told = [_told(place=place, codes=codes, silent=silent) for place, codes in enumerate(counted.together)]
    return PublishedCube(
        level=protection.level,
        minimum_cell=k,
        cells=tuple(
            _publish(key=key, tally=tallies[key], protection=protection, k=k)
            for key in _keys(dimensions=dimensions, tallies=tallies, protection=protection)
            if key == TOTAL
            or (key not in silent and all(told[place] for place in range(3) if key[place] == OTHERS))
        ),
        institutions_together=told[0],
        estamentos_together=told[1],
        legal_qualities_together=told[2],
    )


def _told(*, place: int, codes: tuple[str, ...], silent: Collection[Key]) -> tuple[str, ...]:
    """The members of a common category, or nobody where that says too much."""
    keys = {key for key in silent if sum(code is not None for code in key) == 1}
    return () if any(key[place] in codes for key in keys) else codes


def _keys(*, dimensions: Dimensions, tallies: Mapping[Key, Tally], protection: Protection) -> list[Key]:
    """The keys of this level in the order of publication."""
    keys: list[Key] = [TOTAL]
    if protection.level == Level.TOTAL:
        return keys
    estamentos, institutions = dimensions.estamentos, dimensions.institutions
    keys += [(None, code, None) for code in (*estamentos.rows, *estamentos.together)]
    if protection.with_legal_quality:
        qualities = dimensions.legal_qualities
        keys += [(None, None, code) for code in (*qualities.rows, *qualities.together)]
    keys += [(code, None, None) for code in (*institutions.rows, *institutions.together)]
    if protection.level == Level.CROSSED:
        crossed: list[Key] = [(i, e, None) for i in institutions.rows for e in estamentos.rows]
        keys += [key for key in crossed if key in tallies]
    return keys


def _publish(*, key: Key, tally: Tally, protection: Protection, k: int) -> PublishedCell:
    headcount, completed = shown(key=key, tally=tally, protection=protection, k=k)
    if key != TOTAL:
        return PublishedCell(*key, headcount, completed)
    reached, started, assessed = (
        show_figure(value=value, headcount=tally.headcount, k=k)
        for value in (tally.reached, tally.started, tally.assessed)
    )
    if key in protection.headcounts:
        reached = started = assessed = completed
    return PublishedCell(*key, headcount, completed, reached, started, assessed)
