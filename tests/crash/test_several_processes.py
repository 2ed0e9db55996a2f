"""The same program as web processes and workers on PostgreSQL, one of each dying on the way."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.line_api import running_line_api
from tests.support.line_user import LineUser
from tests.support.server import Server, environment, free_port, nothing_unsent, wait_until

PERSONS = 6


def test_web_processes_and_workers_share_one_database_and_survive_a_death(
    postgres_url: str, tmp_path: Path
) -> None:
    with running_line_api() as api:
        port = free_port()
        env = environment(tmp_path / "var", port, LINE_API_HOST=api.url, DATABASE_URL=postgres_url)
        web = Server(["-m", "bot", "web"], port, env, tmp_path / "web.log")
        workers = [
            Server(["-m", "bot", "worker"], port, env, tmp_path / f"worker-{number}.log")
            for number in range(2)
        ]
        try:
            for each in workers:
                each.start(ready=False)
            web.start()
            people = [LineUser(web.url, api, f"p{number}") for number in range(PERSONS)]
            with ThreadPoolExecutor(PERSONS) as pool:
                list(pool.map(lambda person: person.say(person.follow()), people))
                list(pool.map(lambda person: person.say(person.tap("en")), people))
                # What was sent by now is written down: a kill would push it once more, rightly.
                wait_until(lambda: nothing_unsent(postgres_url), 10.0, "earlier parcels")
                workers[0].kill()
                list(pool.map(_answer_first_questions, people))
            for person in people:
                texts = person.texts()
                assert len(texts) == len(set(texts)), "nothing is said twice"
                assert any("a=WHO_SELF" in each for each in person.offered())
        finally:
            for each in (web, *workers):
                each.kill()


def _answer_first_questions(person: LineUser) -> None:
    person.post(person.tap("START_OK"))
    wait_until(lambda: any("a=SAFE_OK" in each for each in person.offered()), 40.0, "Q1")
    person.post(person.tap("SAFE_OK"))
    wait_until(lambda: any("a=WHO_SELF" in each for each in person.offered()), 40.0, "Q2")
