"""Counselors' accounts and sign-ins."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from bot.errors import MoveNotAllowedError, SignInRefusedError
from bot.service.ports import Clock, Transaction
from bot.service.records import Counselor

SESSION_MS = 12 * 3_600_000
"""A sign-in ends after a working day at the latest."""

MIN_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Sign-in by login and password; the token is stored only as its hash."""

    transaction: Transaction
    reading: Transaction
    now: Clock
    new_token: Callable[[], str]
    hash_password: Callable[[str], str]
    verify_password: Callable[[str, str], bool]

    def add(self, login: str, name: str, password: str, *, role: str = "counselor") -> Counselor:
        """Add a member of staff. Raises MoveNotAllowedError for a taken login or short password."""
        if len(password) < MIN_PASSWORD or not login.strip():
            raise MoveNotAllowedError
        hashed = self.hash_password(password)
        with self.transaction() as work:
            return work.team.add(Counselor(login.strip(), name.strip() or login, hashed, role=role))

    def sign_in(self, login: str, password: str) -> str:
        """Return a new session token.

        Raises SignInRefusedError: wrong login and wrong password look the same and take the same
        time.
        """
        with self.reading() as work:
            counselor = work.team.by_login(login.strip())
        stored = counselor.password_hash if counselor is not None else _NOBODY
        right = self.verify_password(stored, password)
        if counselor is None or not right or not counselor.active:
            raise SignInRefusedError
        token = self.new_token()
        with self.transaction() as work:
            work.team.open_session(
                hash_token(token), counselor.id, expires_at=self.now() + SESSION_MS
            )
        return token

    def who(self, token: str) -> Counselor | None:
        """Return who is signed in with this token."""
        if not token:
            return None
        with self.reading() as work:
            return work.team.session(hash_token(token), now=self.now())

    def sign_out(self, token: str) -> None:
        """End a sign-in."""
        with self.transaction() as work:
            work.team.close_session(hash_token(token))


def hash_token(token: str) -> str:
    """Return what is stored of an unguessable token."""
    return sha256(token.encode()).hexdigest()


_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$"
    "c29tZXNhbHRzb21lc2FsdA$3kO0b2U6JcSHsDN0b6nXF0a0k7cXGqN3bXq6gqE7Y0w"
)
"""A well-formed argon2id hash of no password, so that unknown logins cost the same time."""
