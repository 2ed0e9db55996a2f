"""What can go wrong, by cause: `code` for machines and logs, `retry` where trying again helps."""

from typing import ClassVar


class BotError(Exception):
    """Base of ours."""

    code: ClassVar[str] = "internal"
    retry: ClassVar[bool] = False


class DeliveryError(BotError):
    """The channel did not take a parcel; its outcome is known: nothing was sent. Try again."""

    code = "delivery_failed"
    retry = True


class DeliveryUnknownError(DeliveryError):
    """The line broke after the request left: the parcel may have been delivered."""

    code = "delivery_unknown"


class DeliveryLimitedError(DeliveryError):
    """The platform asks us to slow down (LINE 429 rate limit). Try again later."""

    code = "delivery_limited"


class ReplyTokenSpentError(DeliveryError):
    """The reply token is used or too old: go on by push."""

    code = "reply_token_spent"


class DeliveryRefusedError(DeliveryError):
    """Blocked, gone, malformed or over the month's quota: a person must look."""

    code = "delivery_refused"
    retry = False


class QuotaSpentError(DeliveryRefusedError):
    """The month's pushes are used up."""

    code = "quota_spent"


class TranslationError(BotError):
    """The translation engine broke; the original stays visible. Try again."""

    code = "translation_failed"
    retry = True


class DialogInvalidError(BotError):
    """Dialog or catalog files are wrong; `problems` lists every one of them."""

    code = "dialog_invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NotFoundError(BotError):
    """No such conversation, or none this reader may see: the two look the same."""

    code = "not_found"


class NotYoursError(BotError):
    """The conversation is held by somebody else."""

    code = "not_yours"


class AlreadyTakenError(BotError):
    """Another counselor claimed the conversation first."""

    code = "already_taken"


class MoveNotAllowedError(BotError):
    """The conversation is not in a state that allows this."""

    code = "move_not_allowed"


class SlotOpenError(MoveNotAllowedError):
    """The answer holds a slot of a prepared sentence that nobody has filled: 〔日付〕."""

    code = "slot_open"


class SignInRefusedError(BotError):
    """Unknown login or wrong password: the two look the same."""

    code = "sign_in_refused"


class SettingsError(BotError):
    """The settings do not allow a start; the message says the mend."""

    code = "settings_invalid"


class InstallationError(BotError):
    """A translation package was not installed or removed; the message says the mend."""

    code = "installation_failed"
