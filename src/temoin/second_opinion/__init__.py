"""A second opinion: what a language model that the user names makes of the same text.

Never on by default: nothing else of Témoin imports this package but the command
`temoin second`. The text goes, a few sentences at a time, to an OpenAI-compatible
endpoint (Ollama, llama.cpp, vLLM), on this machine unless the user allows another.
What it answers is quotes, which are sought in the text: offsets come from there
and nowhere else, and what is not there goes to the record's `ungrounded`. The
record names its author (`provenance.model` is `llm:NAME`), so that it can stand
beside Témoin's own.
"""

from __future__ import annotations

from temoin.second_opinion.endpoint import Endpoint
from temoin.second_opinion.errors import AnswerError, EndpointError
from temoin.second_opinion.opinion import SecondOpinion
from temoin.second_opinion.running import read_second

__all__ = ["AnswerError", "Endpoint", "EndpointError", "SecondOpinion", "read_second"]
