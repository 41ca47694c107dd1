"""What a request says, checked against the types of the endpoint; a fault is a 400 that names its field."""

from codecs import BOM_UTF8
from typing import Any

from flask import request
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.contract import errors
from api.contract.errors import Refused

_ONCE = "This may be given only once."


def query(model: type[BaseModel]) -> BaseModel:
    """The query string as `model`; each name at most once."""
    for name, values in request.args.lists():
        if len(values) > 1:
            raise errors.invalid(name, _ONCE)
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise errors.from_validation(error) from None


def body(adapter: TypeAdapter[Any]) -> Any:
    """The JSON body as the type of `adapter`; numbers are numbers there and text is text."""
    if request.mimetype != "application/json":
        raise Refused(415, "The body has to be `application/json`.")
    try:
        # .NET begins what it writes with a mark of the byte order.
        return adapter.validate_json(request.get_data().removeprefix(BOM_UTF8), strict=True)
    except ValidationError as error:
        raise errors.from_validation(error) from None


def form(model: type[BaseModel], largest: int | None) -> BaseModel:
    """The fields of a form with files as `model`; the files themselves stay in `request.files`."""
    if largest is not None:
        request.max_content_length = largest
    if request.mimetype != "multipart/form-data":
        raise Refused(415, "The body has to be a form, `multipart/form-data`.")
    for name in (*request.form, *request.files):
        if len(request.form.getlist(name)) + len(request.files.getlist(name)) > 1:
            raise errors.invalid(name, _ONCE)
    files = {name: name for name in request.files if name in model.model_fields}
    try:
        return model.model_validate({**request.form.to_dict(), **files})
    except ValidationError as error:
        raise errors.from_validation(error) from None


def path(adapters: dict[str, TypeAdapter[Any]], values: dict[str, Any]) -> dict[str, Any]:
    """The parts of the address as their types."""
    read = {}
    for name, value in values.items():
        try:
            read[name] = adapters[name].validate_python(value)
        except ValidationError as error:
            raise errors.from_validation(error, within=name) from None
    return read
