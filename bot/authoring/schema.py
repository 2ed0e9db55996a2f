"""What a dialog file may contain: pydantic models that refuse unknown keys."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1_500)]
ConditionSpec = dict[str, object]


class Strict(BaseModel):
    """Base: unknown keys are an error, so that a typo never passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionSpec(Strict):
    """A choice; `only` excludes all others; `low`/`high` bound the typed values that mean it.

    `when` says to whom it is offered; `agrees` that it gives the question's `consent`.
    """

    code: Address
    label: Words
    detail: Words | None = None
    only: bool = False
    goto: Address | None = None
    low: int | None = None
    high: int | None = None
    when: ConditionSpec | None = None
    agrees: bool = False


class VariantSpec(Strict):
    """Another wording of a question, for those of whom `when` is true."""

    when: ConditionSpec
    text: Words


class NodeSpec(Strict):
    """Base of all nodes; `note` goes to the translators."""

    note: str = ""


class AskSpec(NodeSpec):
    """A question. Skipping is always possible unless `skip: false`."""

    kind: Literal["ask"]
    type: Literal["one", "multi"]
    text: Words
    why: Words
    options: list[OptionSpec] = Field(default_factory=list)
    of: Address | None = None
    primary: Address | None = None
    value: Literal["yen", "days", "date", "people", "text", "phone"] | None = None
    when: ConditionSpec | None = None
    number: Annotated[int, Field(ge=1, le=12)] | None = None
    help: Words | None = None
    variants: list[VariantSpec] = Field(default_factory=list)
    show_japanese: bool = False
    consent: Address | None = None
    skip: bool = True
    skip_code: Address = "SKIP"
    next: Address


class SummarySpec(NodeSpec):
    """The summary to confirm: the answers, and what to do with them."""

    kind: Literal["summary"]
    text: Words
    why: Words
    consent: Address | None = None
    options: list[OptionSpec]


class SaySpec(NodeSpec):
    """Words, then on; `crisis: true` marks safety words."""

    kind: Literal["say"]
    text: Words
    crisis: bool = False
    next: Address


class CaseSpec(Strict):
    """One way of a fork."""

    when: ConditionSpec
    goto: Address


class DecideSpec(NodeSpec):
    """A fork on what is known."""

    kind: Literal["decide"]
    cases: list[CaseSpec]
    next: Address


class HandOverSpec(NodeSpec):
    """Into the counselors' queue."""

    kind: Literal["hand_over"]
    reason: Literal["crisis", "sent", "asked"]
    text: Words | None = None
    next: Address


class ForgetSpec(NodeSpec):
    """What was written is erased."""

    kind: Literal["forget"]
    text: Words
    next: Address


class LanguageSpec(NodeSpec):
    """The language menu."""

    kind: Literal["language"]
    text: Words
    next: Address


class FixSpec(NodeSpec):
    """The list of answers to change one."""

    kind: Literal["fix"]
    text: Words
    next: Address


class ResultSpec(NodeSpec):
    """Level and next step."""

    kind: Literal["result"]
    texts: dict[Literal["U0", "U1", "U2", "U3", "U4"], Words]
    sent: dict[Literal["U0", "U1", "U2", "U3", "U4"], Words]
    unsent: Words
    worse: Words
    next: Address


class ChatSpec(NodeSpec):
    """Free chat."""

    kind: Literal["chat"]
    text: Words
    waiting: Words
    alone: Words


class StopSpec(NodeSpec):
    """Said when the resident stops."""

    kind: Literal["stop"]
    text: Words


AnyNodeSpec = Annotated[
    AskSpec
    | SummarySpec
    | SaySpec
    | DecideSpec
    | HandOverSpec
    | ForgetSpec
    | LanguageSpec
    | FixSpec
    | ResultSpec
    | ChatSpec
    | StopSpec,
    Field(discriminator="kind"),
]


class InterruptSpec(Strict):
    """A branch that takes over as soon as its condition holds, once."""

    id: Address
    when: ConditionSpec
    goto: Address
    detour: bool = False


class DialogSpec(Strict):
    """One dialog file."""

    spec: Literal["1"]
    id: Address
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+$")]
    title: Words
    start: Address
    chat: Address
    human: Address
    stop: Address
    branches: list[Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]] = Field(
        default_factory=list
    )
    interrupts: list[InterruptSpec] = Field(default_factory=list)
    nodes: dict[Address, AnyNodeSpec]


class PromiseSpec(Strict):
    """A flag that must fire when exactly these questions are answered so, all others skipped."""

    flag: Address
    lang: str = "ja"
    when: dict[Address, list[Address]]


class BranchSpec(Strict):
    """One branch file: its nodes stand in the same space of names as the frame's."""

    spec: Literal["1"]
    branch: str
    title: Words
    topics: dict[Address, Words]
    promises: list[PromiseSpec]
    nodes: dict[Address, AnyNodeSpec]


class ControlSpec(Strict):
    """A button that always works and what may be typed for it."""

    text: Words
    typed: list[Words]


class PhrasesSpec(Strict):
    """dialogs/phrases.yaml."""

    control: dict[Address, ControlSpec]
    bot: dict[Address, Words]
    card: dict[Address, Words]
    topic: dict[Address, Words]
    web: dict[Address, Words]


class HotlineSpec(Strict):
    """A telephone number; only `stable` and `stored` ones may be named in a dialog."""

    name: Words
    number: Words
    hours: Words
    languages: str = ""
    status: Literal["stable", "stored", "unverified"]
    checked: str = ""
    valid_to: str = ""
    source: str


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class CardSpec(Strict):
    """A programme card; `takes`, `money` and `bring` name sentences of phrases.yaml.

    It is shown from `valid_from` to `valid_to` (both included, days in Japan). `owner` keeps it
    true. `lines` are telephone numbers of hotlines.yaml, shown only while they are verified.
    """

    name: Words
    reading: Words
    text: Words
    desk: Words
    takes: Literal["today", "days", "week", "weeks", "months", "ask"]
    money: Literal["free", "gift", "loan", "varies"]
    bring: list[Address] = Field(default_factory=list)
    lines: list[Address] = Field(default_factory=list)
    owner: Words
    valid_from: Day
    valid_to: Day | None = None
    source: Words
    last_checked: Day
