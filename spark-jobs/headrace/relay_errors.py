"""What went wrong at the brokers, as parts that the runtime makes a sentence of."""

from __future__ import annotations

from typing import Any

_GONE = ("UnknownTopicOrPartitionException", "UnknownTopicIdException", "InvalidTopicException")
_AWAY = ("TimeoutException", "DisconnectException", "NetworkException")
_NO_ADDRESS = "No resolvable bootstrap urls"


class RelayError(Exception):
    """A failure of a known ``kind``; the other parts go with it."""

    def __init__(self, kind: str, **parts: Any):
        super().__init__(kind)
        self.parts = {"kind": kind, **parts}


def missing(topic: str, existing: list[str]) -> RelayError:
    """There is no such topic; those that exist help to guess which was meant."""
    return RelayError("missing", topic=topic, existing=existing)


def told(error: Exception) -> dict[str, Any]:
    """The parts for an error: of the brokers, of a client in Java, or a fault of ours."""
    if isinstance(error, RelayError):
        return error.parts
    thrown = getattr(error, "java_exception", None)
    if thrown is None:
        return {"kind": "fault", "why": f"{type(error).__name__}: {error}"}
    return told_by_java(thrown)


def told_by_java(error: Any) -> dict[str, Any]:
    """The parts for an error of the JVM."""
    causes = list(_causes(error))
    names = [cause.getClass().getSimpleName() for cause in causes]
    text = str(causes[-1].getMessage() or names[-1])
    if any(name in _GONE for name in names):
        return {"kind": "missing", "topic": "", "existing": []}
    if "TopicExistsException" in names:
        return {"kind": "exists", "topic": ""}
    if any(name in _AWAY for name in names) or _NO_ADDRESS in text:
        return {"kind": "unreachable", "why": text}
    return {"kind": "refused", "why": text}


def _causes(error: Any) -> Any:
    while error is not None:
        yield error
        error = error.getCause()


def names_of(error: Exception) -> list[str]:
    """Simple names of the Java classes of an error, outermost first; none for errors of Python."""
    causes = _causes(getattr(error, "java_exception", None))
    return [cause.getClass().getSimpleName() for cause in causes]
