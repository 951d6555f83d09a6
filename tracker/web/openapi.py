"""The description of the API (OpenAPI 3.1), made of the fields and parameters that the API itself is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.documents.writing.open_data.directory import API, OPEN_PLANS, ORGANIZATIONS
from tracker.documents.writing.open_data.fields import Allowed, Table, Type
from tracker.documents.writing.open_data.licence import LICENCE
from tracker.documents.writing.open_data.tables import INDICATORS, MEASURES, PLANS, TABLES, TASKS
from tracker.web import api_parameters, problem_details
from tracker.web.addresses import GREATEST_ID
from tracker.web.api_parameters import LIMIT, LONGEST, OFFSET, Parameter

Described = dict[str, Any]
# The tables whose rows have an address of their own, by the field that names them in it.
ITEMS = {"indicators": (INDICATORS, "indicator"), "measures": (MEASURES, "measure_id"), "tasks": (TASKS, "task_id")}
LISTS = [table for table in TABLES.values() if table is not PLANS]
_FORMATS = {Type.DATE: "date", Type.MOMENT: "date-time", Type.ADDRESS: "uri"}
_ABOUT = (
    "What a Thai municipality promised to do about its integrity and transparency assessment (ITA), and how far it is. "
    "Read-only; the same figures as the public page and the open data files, as of today. No names of persons. "
    "Dates are ISO 8601 in the Christian Era; fields that end in _be are years of the Buddhist Era. "
    "Send If-None-Match with an ETag to be told 304 while nothing has changed. "
    "Lists come in parts: follow `next` until it is null."
)


def described(base: str) -> Described:
    """
    Return the description.

    :param base: the address of this installation, without the slash at its end
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ITA measures: open data",
            "version": "1.0.0",
            "description": _ABOUT,
            "license": {"name": LICENCE.english, "identifier": LICENCE.code},
        },
        "servers": [{"url": f"{base}{API}"}],
        "paths": {
            "/organizations": _list(ORGANIZATIONS, [], "Organizations that have a plan open to the public"),
            "/plans": _list(OPEN_PLANS, [], "Plans that are open to the public"),
            "/plans/{organization}/{year}": _one(PLANS, [], "A plan with its figures"),
        }
        | {f"/plans/{{organization}}/{{year}}/{table.name}": _list(table, _PLAN, table.english) for table in LISTS}
        | {
            f"/plans/{{organization}}/{{year}}/{name}/{{{key}}}": _one(table, [key], f"One of the {name}")
            for name, (table, key) in ITEMS.items()
        },
        "components": {
            "schemas": {_name(table): _object(table) for table in (ORGANIZATIONS, OPEN_PLANS, *TABLES.values())}
            | {"Problem": _PROBLEM},
            "responses": _PROBLEMS,
        },
    }


def _one(table: Table, keys: Sequence[str], summary: str) -> Described:
    known = [
        *_PLAN,
        *(_in_path(key, {"type": "integer", "minimum": 1, "maximum": GREATEST_ID}, table.field(key).english)
          for key in keys),
    ]  # fmt: skip
    return {"get": _operation(f"read_{'_'.join([table.name, *keys])}", summary, known, _ref(table), can_be_bad=False)}


def _list(table: Table, path: Sequence[Described], summary: str) -> Described:
    filters = [one.parameter for one in api_parameters.FILTERS.get(table.name, ())]
    queries = [_in_query(parameter) for parameter in (*filters, LIMIT, OFFSET)]
    content = {
        "type": "object",
        "required": ["total", "limit", "offset", "next", "items"],
        "additionalProperties": False,
        "properties": {
            "total": {"type": "integer", "minimum": 0, "description": "How many items there are in all"},
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "next": {"type": ["string", "null"], "format": "uri", "description": "Address of the part that follows"},
            "items": {"type": "array", "items": _ref(table)},
        },
    }
    return {"get": _operation(f"list_{table.name}", summary, [*path, *queries], content, can_be_bad=True)}


def _operation(
    name: str, summary: str, parameters: Sequence[Described], content: Described, *, can_be_bad: bool
) -> Described:
    refused = ["400", "404", *(["422"] if can_be_bad else []), "429"]
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "As of today", "content": {"application/json": {"schema": content}}},
            "304": {"description": "What you hold (If-None-Match) is still as it is"},
        }
        | {code: {"$ref": f"#/components/responses/Problem{code}"} for code in refused},
    }


def _object(table: Table) -> Described:
    return {
        "type": "object",
        "title": table.english,
        "description": table.thai,
        "required": table.columns,
        "additionalProperties": False,
        "properties": {
            field.name: _schema(field.type, field.allowed, may_be_null=field.may_be_empty)
            | {"description": _told(field.english, field.thai, field.unit)}
            for field in table.fields
        },
    }


def _schema(kind: Type, allowed: Iterable[Allowed] = (), *, may_be_null: bool = False) -> Described:
    plain = kind.value if kind in {Type.INTEGER, Type.DECIMAL, Type.YES_NO} else "string"
    schema: Described = {"type": [plain, "null"] if may_be_null else plain}
    if kind in _FORMATS:
        schema["format"] = _FORMATS[kind]
    if values := [int(one.value) if kind is Type.INTEGER else one.value for one in allowed]:
        schema["enum"] = values
    return schema


def _told(english: str, thai: str, unit: str) -> str:
    return f"{english} / {thai}" + (f" [{unit}]" if unit else "")


def _in_query(parameter: Parameter) -> Described:
    schema = _schema(parameter.type, parameter.allowed)
    if parameter.type is Type.INTEGER and not parameter.allowed:
        schema |= {"minimum": parameter.least, "maximum": parameter.most}
    if parameter.type is Type.TEXT and not parameter.allowed:
        schema |= {"minLength": 1, "maxLength": LONGEST}
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {"name": parameter.name, "in": "query", "description": parameter.english, "schema": schema}


def _in_path(name: str, schema: Described, told: str) -> Described:
    return {"name": name, "in": "path", "required": True, "description": told, "schema": schema}


_PLAN = [
    _in_path("organization", {"type": "string", "minLength": 1}, "organization_key of /organizations"),
    _in_path("year", {"type": "integer", "minimum": 0, "maximum": GREATEST_ID}, "Fiscal year (Buddhist Era)"),
]
_PROBLEM: Described = {
    "type": "object",
    "title": "What is wrong (RFC 9457)",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_PROBLEMS = {
    f"Problem{code}": {
        "description": told,
        "content": {problem_details.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    | ({"headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}} if code == 429 else {})
    for code, told in {
        400: "A parameter that is not known, or one that is there twice",
        404: "Nothing is there, or it is not open to the public",
        422: "A value that a parameter cannot have",
        429: "Too many requests; wait as many seconds as Retry-After says",
    }.items()
}


def _ref(table: Table) -> Described:
    return {"$ref": f"#/components/schemas/{_name(table)}"}


def _name(table: Table) -> str:
    return "".join(part.capitalize() for part in table.name.split("_"))
