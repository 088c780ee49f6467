"""pylivy, a public client that knows nothing of this project: https://pylivy.readthedocs.io/."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas
import pytest
import requests
from livy import LivyBatch, LivySession, SessionKind, SessionState, SparkRuntimeError
from livy.client import LivyClient
from livy.models import Output, StatementKind, StatementState, Version

LIMIT_S = 180

PEOPLE = pandas.DataFrame({"name": ["Ada", "Grace"], "born": [1815, 1906]})


@dataclass(frozen=True)
class Endpoint:
    """What pylivy is told of a Livy server."""

    url: str
    auth: tuple[str, str]
    http: requests.Session


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """The stack that the test runner started; every test here fails without it."""
    stack = json.loads(os.environ["HEADRACE_TEST_STACK"])
    with requests.Session() as http:
        # A Livy server that guards against cross-site requests, as this one does, wants it.
        http.headers["X-Requested-By"] = "pylivy"
        yield Endpoint(stack["livyUrl"], ("headrace", stack["livyToken"]), http)


@pytest.fixture(scope="module")
def client(endpoint: Endpoint) -> Iterator[LivyClient]:
    client = LivyClient(endpoint.url, endpoint.auth, requests_session=endpoint.http)
    yield client
    client.close()


@pytest.fixture(scope="module")
def session(endpoint: Endpoint, request: pytest.FixtureRequest) -> Iterator[LivySession]:
    """A session of the kind that the test asks for, ready, and deleted afterwards."""
    kind: SessionKind = request.param
    with LivySession.create(
        endpoint.url,
        endpoint.auth,
        requests_session=endpoint.http,
        kind=kind,
        name=f"pylivy-{kind.value}",
        spark_conf={"spark.sql.shuffle.partitions": 1},
    ) as session:
        yield session


def of_kind(kind: SessionKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("session", [kind], indirect=True)


def run(client: LivyClient, session: LivySession, code: str, kind: StatementKind) -> Output:
    """Runs a statement of another kind than the session's."""
    statement = client.create_statement(session.session_id, code, kind)
    deadline = time.monotonic() + LIMIT_S
    while statement.state in {StatementState.WAITING, StatementState.RUNNING}:
        assert time.monotonic() < deadline, f"{code} does not end"
        time.sleep(0.05)
        statement = client.get_statement(session.session_id, statement.statement_id)
    assert statement.output is not None
    return statement.output


def test_server_is_a_livy_with_session_kinds(client: LivyClient) -> None:
    assert client.server_version() >= Version("0.9.0-incubating")
    assert not client.legacy_server()


def test_unknown_session_is_none(client: LivyClient) -> None:
    assert client.get_session(987_654) is None


@of_kind(SessionKind.PYSPARK)
class TestPySpark:
    def test_session_is_listed(self, client: LivyClient, session: LivySession) -> None:
        listed = {one.session_id: one for one in client.list_sessions()}
        assert listed[session.session_id].kind == SessionKind.PYSPARK
        assert session.state == SessionState.IDLE

    def test_runs_code(self, session: LivySession) -> None:
        assert session.run("x = 40").text == ""
        assert session.run("print('hello')\nx + 2").text == "hello\n42"

    def test_tells_an_error(self, session: LivySession) -> None:
        with pytest.raises(SparkRuntimeError) as caught:
            session.run("1 / 0")
        assert caught.value.ename == "ZeroDivisionError"
        assert caught.value.evalue == "division by zero"
        assert caught.value.traceback

    def test_reads_and_writes_data_frames(self, session: LivySession) -> None:
        # Spark 4.3 warns that toJSON will change, and Livy's output has standard error in it.
        session.run("import warnings; warnings.simplefilter('ignore')")
        session.upload("people", PEOPLE)
        session.run("later = people.where('born > 1900')")
        assert session.download("later").to_dict("records") == [{"born": 1906, "name": "Grace"}]

    def test_mixes_kinds_in_one_session(self, client: LivyClient, session: LivySession) -> None:
        session.run("spark.range(5).createOrReplaceTempView('numbers')")
        scala = run(client, session, 'spark.table("numbers").count()', StatementKind.SPARK)
        assert scala.text is not None and scala.text.endswith(": Long = 5\n")
        sql = run(client, session, "SELECT max(id) AS top FROM numbers", StatementKind.SQL)
        assert sql.json is not None
        assert sql.json["data"] == [[4]]

    def test_lists_statements_in_order(self, client: LivyClient, session: LivySession) -> None:
        statements = client.list_statements(session.session_id)
        assert [one.statement_id for one in statements] == list(range(len(statements)))
        assert {one.state for one in statements} <= {StatementState.AVAILABLE, StatementState.ERROR}


@of_kind(SessionKind.SPARK)
class TestScala:
    def test_runs_code(self, session: LivySession) -> None:
        assert session.run("val x = 40").text == "x: Int = 40\n"
        assert session.run('println("hello")\nx + 2').text == "hello\nres1: Int = 42\n"

    def test_runs_case_classes_as_data_sets(self, session: LivySession) -> None:
        session.run("case class Visit(url: String, n: Int)")
        session.run('val visits = Seq(Visit("a", 1), Visit("a", 2), Visit("b", 5)).toDS()')
        total = session.run('visits.filter(_.url == "a").map(_.n).reduce(_ + _)').text
        assert total is not None and total.endswith(": Int = 3\n")

    def test_tells_an_error(self, session: LivySession) -> None:
        with pytest.raises(SparkRuntimeError) as caught:
            session.run("List(1).apply(3)")
        assert "IndexOutOfBoundsException" in (caught.value.evalue or "")

    def test_reads_and_writes_data_frames(self, session: LivySession) -> None:
        session.upload("people", PEOPLE)
        session.run('val later = people.where("born > 1900")')
        assert session.download("later").to_dict("records") == [{"born": 1906, "name": "Grace"}]


@of_kind(SessionKind.SQL)
class TestSql:
    def test_reads_rows(self, session: LivySession) -> None:
        session.run("CREATE TEMPORARY VIEW numbers AS SELECT id, id * id AS square FROM range(3)")
        frame = session.download_sql("SELECT * FROM numbers ORDER BY id")
        assert frame.to_dict("list") == {"id": [0, 1, 2], "square": [0, 1, 4]}

    def test_tells_an_error(self, session: LivySession) -> None:
        with pytest.raises(SparkRuntimeError) as caught:
            session.run("SELECT * FROM nowhere")
        assert "TABLE_OR_VIEW_NOT_FOUND" in (caught.value.evalue or "")


def test_closed_session_is_gone(endpoint: Endpoint, client: LivyClient) -> None:
    session = LivySession.create(endpoint.url, endpoint.auth, requests_session=endpoint.http)
    session.close()
    assert client.get_session(session.session_id) is None


@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        ("import sys; print('arguments', sys.argv[1:])", SessionState.SUCCESS, "['a', 'b c']"),
        ("raise SystemExit('no more')", SessionState.DEAD, "no more"),
    ],
)
def test_batch_ends_truly(
    endpoint: Endpoint, tmp_path: Path, code: str, state: SessionState, said: str
) -> None:
    file = tmp_path / "job.py"
    file.write_text(code)
    batch = LivyBatch.create(
        endpoint.url,
        str(file),
        endpoint.auth,
        requests_session=endpoint.http,
        args=["a", "b c"],
        name="pylivy-batch",
    )
    try:
        assert batch.wait() == state
        assert any(said in line for line in batch.log(0, 1_000))
    finally:
        batch.kill()
