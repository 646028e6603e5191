from __future__ import annotations

import socket

import jsonschema
import pytest
from played_endpoint import (
    Answer,
    completion,
    dripping,
    endless,
    hanging_up,
    named,
    playing,
    raw,
    said,
    silent,
)

from temoin.errors import TemoinError
from temoin.second_opinion import AnswerError, Endpoint, EndpointError
from temoin.second_opinion.address import read_address
from temoin.second_opinion.answer import read_answer
from temoin.second_opinion.endpoint import MAX_ANSWER_BYTES

MESSAGES = [{"role": "user", "content": "Kidal est tombée."}]
SCHEMA = {"type": "object"}


def ask(url: str, *, api_key: str | None = None, timeout: float = 5) -> bytes:
    return Endpoint(url, model="m", api_key=api_key, timeout=timeout).ask(MESSAGES, schema=SCHEMA)


@pytest.fixture(autouse=True)
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment that must not be used for this machine."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)


def test_a_question_is_sent_whole() -> None:
    with playing(named()) as played:
        assert ask(played.url) == completion('{"events": []}').encode()
    (body,) = played.bodies
    assert played.paths == ["/v1/chat/completions"]
    assert (body["model"], body["temperature"], body["stream"]) == ("m", 0, False)
    assert body["messages"] == MESSAGES
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    jsonschema.Draft202012Validator.check_schema(body["response_format"]["json_schema"]["schema"])
    assert "Authorization" not in played.headers[0]


@pytest.mark.parametrize("ending", ["", "/", "/chat/completions", "/chat/completions/"])
def test_the_address_may_be_written_in_full(ending: str) -> None:
    with playing(named()) as played:
        ask(played.url + ending)
    assert played.paths == ["/v1/chat/completions"]


def test_a_key_is_sent_as_a_bearer_token() -> None:
    with playing(named()) as played:
        ask(played.url, api_key="s3cret")
    assert played.headers[0]["Authorization"] == "Bearer s3cret"


def test_a_key_that_the_endpoint_repeats_is_not_shown() -> None:
    refusal = raw('{"error": {"message": "bad key s3cret"}}', status=401)
    with playing(refusal) as played, pytest.raises(EndpointError) as caught:
        ask(played.url, api_key="s3cret")
    assert str(caught.value) == f"{played.url}: answers 401 Unauthorized: bad key ..."
    assert caught.value.lasting


@pytest.mark.parametrize("key", ["", "a\r\nX-Evil: 1", "clé"])
def test_a_key_that_cannot_be_sent_is_refused_unshown(key: str) -> None:
    with pytest.raises(EndpointError, match="the key is empty or holds") as caught:
        Endpoint("http://localhost/v1", model="m", api_key=key)
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize("model", ["", " ", "a\nb", "\udc80"])
def test_a_model_has_a_name(model: str) -> None:
    with pytest.raises(EndpointError, match="needs the name of a model"):
        Endpoint("http://localhost/v1", model=model)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (raw("{}", status=500), "answers 500 Internal Server Error: {}"),
        (raw("", status=503), "answers 503 Service Unavailable"),
        (
            raw('{"error": {"message": "no such model"}}', status=404),
            "answers 404 Not Found: no such model",
        ),
        (raw('{"error": "too  long"}', status=400), "answers 400 Bad Request: too long"),
        (raw("<h1>Oh</h1>", status=502), "answers 502 Bad Gateway: <h1>Oh</h1>"),
        (raw("[" * 9999, status=400), "answers 400 Bad Request: [[["),
        (
            raw("", status=302, Location="http://127.0.0.1:9/v1"),
            "answers 302 Found: redirections are not followed",
        ),
        (
            raw("", status=307, Location="http://127.0.0.1:9/v1"),
            "answers 307 Temporary Redirect: redirections are not followed",
        ),
        (silent, "gave no whole answer within 0.3 s; --timeout gives it longer"),
        (dripping, "gave no whole answer within 0.3 s; --timeout gives it longer"),
        (endless, "sends more than the 2 MB that an answer may have"),
        (raw(b" " * (MAX_ANSWER_BYTES + 1)), "sends more than the 2 MB"),
        (raw('{"choices"', Content_Length="1000"), "the answer breaks off: 10 bytes of 1000"),
        (raw("zz\r\n", Transfer_Encoding="chunked"), "the answer breaks off"),
        (hanging_up, "the answer breaks off: Remote end closed connection without response"),
    ],
)
def test_what_goes_wrong_is_told_with_the_endpoint(answer: Answer, cause: str) -> None:
    timeout = 0.3 if answer in {silent, dripping} else 5
    with playing(answer) as played, pytest.raises(EndpointError) as caught:
        ask(played.url, timeout=timeout)
    assert isinstance(caught.value, TemoinError)
    assert str(caught.value).startswith(f"{played.url}: {cause}")
    assert len(played.bodies) == 1


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(EndpointError, match=f"{url}: cannot be reached: .*refused") as caught:
            ask(url)
    assert caught.value.lasting


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:11434/v1",
        "http://127.9.9.9/v1",
        "http://[::1]:8080/v1",
        "https://localhost/v1",
        " http://LOCALHOST:8000/v1/ ",
    ],
)
def test_addresses_of_this_machine(url: str) -> None:
    assert read_address(url).local


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.org/v1",
        "http://192.168.1.5:11434/v1",
        "http://0.0.0.0/v1",
        "http://127.0.0.1.example.org/v1",
        "http://localhost.example.org/v1",
        "http://127.1/v1",
        "http://2130706433/v1",
    ],
)
def test_other_machines_need_leave(url: str) -> None:
    with pytest.raises(EndpointError, match=r"the text of the reports would leave it.*--allow-rem"):
        Endpoint(url, model="m")
    assert not Endpoint(url, model="m", allow_remote=True).address.local


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:11434",
        "file:///etc/passwd",
        "ftp://localhost/v1",
        "http://",
        "http://localhost:port/v1",
        "http://[::1/v1",
        "http://localhost/v1?x=1",
        "http://localhost/v1#x",
        "http://localhost\\.example.org/v1",
        "http://local host/v1",
        "http://localhost/v1\r\nX: 1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(EndpointError):
        Endpoint(url, model="m", allow_remote=True)


def test_a_password_in_the_address_is_refused_unshown() -> None:
    with pytest.raises(EndpointError) as caught:
        Endpoint("http://user:hunter2@localhost/v1", model="m")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        '{"events": [1]}',
        ' {"events": [1]}\n',
        '```json\n{"events": [1]}\n```',
        '\n```\n{"events": [1]}\n```\n',
        '<think>{"events": []} or not?</think>\n{"events": [1]}',
        '<think>\n</think>\n```json\n{"events": [1]}```',
    ],
)
def test_an_answer_is_read_in_whatever_it_is_wrapped(content: str) -> None:
    assert read_answer(completion(content).encode(), endpoint="e") == [1]


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("", "the answer is not JSON: ''"),
        (b"\xff\xfe\x00", "the answer is not JSON"),
        ("<html>", "the answer is not JSON: '<html>'"),
        ("data: {}\n\n", "the answer is not JSON: 'data: {}'"),
        ("[" * 100_000, "the answer is not JSON"),
        ("null", "the answer is no chat completion: 'null'"),
        ("[]", "the answer is no chat completion: '[]'"),
        ('{"choices": []}', "the answer is no chat completion"),
        ('{"choices": ["x"]}', "the answer is no chat completion"),
        ('{"choices": [{"message": null}]}', "the answer is no chat completion"),
        (completion(None), "the answer holds no text of the model"),
        (completion([{"text": "{}"}]), "the answer holds no text of the model"),
        (completion("Sure! Here:"), "the model's answer is not JSON: 'Sure! Here:'"),
        (completion('Sure: {"events": []}'), "the model's answer is not JSON"),
        (completion('{"events": ['), "the model's answer is not JSON"),
        (completion("[" * 100_000), "the model's answer is not JSON"),
        (completion("[]"), "the model's answer has no list of events: '[]'"),
        (completion("{}"), "the model's answer has no list of events"),
        (completion('{"events": {}}'), "the model's answer has no list of events"),
        (
            completion('{"events": [' + "1," * 200 + "1]}"),
            "the model's answer has 201 events for a few sentences",
        ),
        (
            completion('{"events": []}', finish_reason="length"),
            "the answer is cut off: the model reached its limit of tokens",
        ),
    ],
)
def test_an_answer_of_no_use_is_an_error(body: str | bytes, cause: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(body if isinstance(body, bytes) else body.encode(), endpoint="e")
    assert str(caught.value).startswith(f"e: {cause}")
    assert len(str(caught.value)) < 150


def test_a_long_refusal_is_quoted_in_part() -> None:
    with playing(raw("x" * 5000, status=500)) as played, pytest.raises(EndpointError) as caught:
        ask(played.url)
    assert len(str(caught.value)) < 300


def test_an_answer_without_length_is_read_to_its_end() -> None:
    body = completion('{"events": []}')
    with playing(raw(body, Content_Length="")) as played:
        assert ask(played.url) == body.encode()


def test_a_model_may_say_what_it_likes() -> None:
    with playing(said("x" * 100_000)) as played:
        assert len(ask(played.url)) > 100_000
