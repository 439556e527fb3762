"""Trying the connection to another LRS before statements go there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError

from lms.lib.sealing import UnsealError
from lms.xapi.models import ForwardTarget
from lms.xapi.platform import credential_keys, private_targets_allowed
from lms.xapi.services.forwarding import reveal_secret
from lms.xapi.services.lrs_client import Answer, LrsClient, explain, is_private


@dataclass(frozen=True)
class Probe:
    """``problem`` is a sentence, empty where the other side answers and knows us."""

    problem: str = ""
    is_private: bool = False


def probe_target(*, target: ForwardTarget, endpoint: str, key: str) -> Probe:
    """Try an address and a key with the secret that is kept of a target."""
    try:
        secret = reveal_secret(target=target, keys=credential_keys())
    except UnsealError:
        return Probe(_("El secreto guardado ya no se puede leer. Escríbelo de nuevo."))
    return probe(endpoint=endpoint, key=key, secret=secret)


def probe(*, endpoint: str, key: str, secret: str) -> Probe:
    """Ask the endpoint for one statement. Takes as long as the client waits: some seconds."""
    client = LrsClient(endpoint=endpoint, key=key, secret=secret, private_allowed=private_targets_allowed())
    try:
        return Probe(_judge(client.check()))
    except (HTTPError, OSError) as error:
        return Probe(explain(error), is_private=is_private(error))
    finally:
        client.close()


def _judge(answer: Answer) -> str:
    status = {"status": answer.status}
    if answer.status == 200:
        return ""
    if answer.status == 401:
        return _("Responde, pero no acepta la clave y el secreto (código 401).")
    if answer.status == 403:
        return _("Acepta la clave, pero no la deja leer (código 403). Puede que igual reciba declaraciones.")
    return _("Responde, pero no como un registro xAPI (código %(status)s). Revisa la dirección.") % status
