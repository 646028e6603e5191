"""What goes wrong with an endpoint.

TemoinError
└── EndpointError       it cannot be used, is silent, refuses, or sends too much
    └── AnswerError     it answered, but not what was asked for
"""

from __future__ import annotations

from temoin.errors import TemoinError

__all__ = ["AnswerError", "EndpointError"]


class EndpointError(TemoinError):
    """An endpoint cannot be used, is silent, refuses, or sends too much.

    Args:
        endpoint: Its address, as the user gave it.
        cause: What is wrong, without a final full stop.
        lasting: Whether every other request would fail likewise (nobody listens,
            the key or the model is wrong).
    """

    def __init__(self, endpoint: str, cause: str, *, lasting: bool = False) -> None:
        super().__init__(f"{endpoint}: {cause}")
        self.endpoint = endpoint
        self.cause = cause
        self.lasting = lasting


class AnswerError(EndpointError):
    """An endpoint answered, but not what was asked for; the next answer may be better."""
