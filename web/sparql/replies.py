"""Answers of the endpoint as HTTP responses: streamed, conditional, errors as problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Response, request

from kb.endpoint import Reply
from kb.errors import BusyError, LimitError, QueryError, UpdateError
from kb.querying import GRAPHS, RESULTS, WORDS, Question
from web.problems import Problem
from web.sparql.served import served

T = TypeVar("T")


def reply(question: Question) -> Response:
    """The answer to a question, or 304 where the client has it already."""
    etag = served().endpoint.etag(question)
    if etag is not None and etag in request.if_none_match:
        response = Response(status=304)
        response.set_etag(etag)
        return _headed(response)
    answer = run(question)
    body = answer.chunks
    response = Response(body, mimetype=answer.media_type)
    if answer.length is not None:
        response.content_length = answer.length
    if answer.etag is not None:
        response.set_etag(answer.etag)
    return _headed(response)


def _headed(response: Response) -> Response:
    response.vary.add("Accept")
    response.cache_control.no_cache = True
    return response


def run(question: Question) -> Reply:
    """Ask the endpoint. Raises Problem 400, 406 and 503 with what to do."""
    return told(lambda: served().endpoint.ask(question))


def told(work: Callable[[], T]) -> T:
    """The result of some work on the store, its errors told as problems."""
    try:
        return work()
    except QueryError as error:
        place = {"line": error.line, "column": error.column}
        members = {name: number for name, number in place.items() if number is not None}
        raise Problem(400, str(error), **members) from error
    except UpdateError as error:
        raise Problem(422, str(error)) from error
    except LimitError as error:
        raise Problem(503, str(error), limit=error.limit) from error
    except BusyError as error:
        problem = Problem(503, f"{error}.", limit="concurrency")
        problem.retry_after = error.retry_after
        raise problem from error
    except LookupError as error:
        if type(error) is not LookupError:
            raise  # a KeyError is a mistake of ours, not of the client's
        offers = [*RESULTS, *GRAPHS, *WORDS]
        raise Problem(
            406, f"None of the formats asked for fits: {error}.", available=offers
        ) from error
