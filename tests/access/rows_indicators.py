"""Indicators: everybody reads them, the keepers of the plan write them."""

from collections.abc import Mapping

from lms.indicators.models import PendingUpload
from tests.access.cases import NOT_ALLOWED, PLAN_KEEPERS, Case, in_plan, open_to_all
from tests.access.world import World

CODE = "cumplimiento-ley-20500"


def of_indicator(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "code": CODE}


def of_revision(world: World) -> Mapping[str, object]:
    return {**of_indicator(world), "number": 1}


def of_upload(world: World) -> Mapping[str, object]:
    return {**of_indicator(world), "upload_id": PendingUpload.objects.get().pk}


def of_period(world: World) -> Mapping[str, object]:
    return {**of_indicator(world), "period": "2018"}


ROWS: dict[str, list[Case]] = {
    "indicators:list": [open_to_all(args=in_plan)],
    "indicators:sdg16": [open_to_all(args=in_plan)],
    "indicators:indicator": [open_to_all(args=of_indicator)],
    "indicators:csv": [open_to_all(args=of_indicator)],
    "indicators:xlsx": [open_to_all(args=of_indicator)],
    "indicators:json": [open_to_all(args=of_indicator)],
    "indicators:revision": [open_to_all(args=of_revision)],
    "indicators:revision_csv": [open_to_all(args=of_revision)],
    "indicators:revision_xlsx": [open_to_all(args=of_revision)],
    "indicators:revision_json": [open_to_all(args=of_revision)],
    "indicators:manage": [Case(PLAN_KEEPERS, args=in_plan)],
    "indicators:create": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "indicators:edit": [Case(PLAN_KEEPERS, 200, 400, args=of_indicator)],
    "indicators:retire": [Case(PLAN_KEEPERS, 200, 302, args=of_indicator)],
    "indicators:restore": [Case(PLAN_KEEPERS, 200, 302, args=of_indicator)],
    "indicators:upload": [Case(PLAN_KEEPERS, 200, 400, args=of_indicator)],
    "indicators:template_csv": [Case(PLAN_KEEPERS, args=of_indicator)],
    "indicators:template_xlsx": [Case(PLAN_KEEPERS, args=of_indicator)],
    "indicators:preview": [Case(PLAN_KEEPERS, 200, 302, args=of_upload)],
    "indicators:discard": [Case(PLAN_KEEPERS, NOT_ALLOWED, 302, args=of_upload)],
    "indicators:revisions": [Case(PLAN_KEEPERS, args=of_indicator)],
    "indicators:publish": [Case(PLAN_KEEPERS, NOT_ALLOWED, 302, args=of_revision)],
    "indicators:withdraw": [Case(PLAN_KEEPERS, 200, 400, args=of_revision)],
    "indicators:periods": [Case(PLAN_KEEPERS, 200, 400, args=of_indicator)],
    "indicators:open_period": [Case(PLAN_KEEPERS, 200, 400, args=of_period)],
}
