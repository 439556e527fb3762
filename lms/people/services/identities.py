"""What a provider vouched for, and the errors of believing it."""

from dataclasses import dataclass

from lms.lib.run import fingerprint_run, mask_run


@dataclass(frozen=True)
class RunMark:
    """All that we keep of a RUN: its keyed fingerprint and its masked spelling."""

    fingerprint: str
    masked: str

    @classmethod
    def of(cls, run: str, *, key: str) -> "RunMark":
        """The mark of a RUN as somebody wrote it.

        Raises:
            InvalidRunError: it is none.
        """
        return cls(fingerprint_run(run, key), mask_run(run))


@dataclass(frozen=True)
class Identity:
    """One human being as a provider told us, checked and without what we never store.

    ``uid`` is a keyed hash. ``email`` is empty unless the provider proved it and may speak for its
    domain. ``institution_code``: the provider's word about a RUN holds only for people of that
    institution; empty: it holds for everybody (ClaveÚnica).
    """

    provider: str
    uid: str
    given_names: str = ""
    family_names: str = ""
    email: str = ""
    run: RunMark | None = None
    institution_code: str = ""


class SignInRefusedError(Exception):
    """A person was recognised, but may not sign in or be linked in this way."""


class ConnectedElsewhereError(SignInRefusedError):
    """Another account signs in with it."""


class OtherPersonError(SignInRefusedError):
    """The RUN is not that of the person."""


class RunTakenError(SignInRefusedError):
    """Somebody else with an account has that RUN."""


class TwoRecordsError(SignInRefusedError):
    """The account and the loaded person both have a record: only HR can make them one."""


class InvitationClosedError(SignInRefusedError):
    """The invitation was used, revoked or has expired."""


class LastWayInError(Exception):
    """Without it nobody could get into the account any more."""
