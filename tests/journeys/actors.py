"""A resident on the web, a resident on the pretend LINE, a counselor: verbs over real pages."""

from playwright.sync_api import Browser, Page, expect

PATIENCE_MS = 15_000


class Person:
    """Somebody at a browser of their own; errors in the page's console fail the test."""

    def __init__(self, browser: Browser, url: str, *, width: int, height: int) -> None:
        self.url = url
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.errors: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, words: str) -> None:
        # A live line that breaks when the server is killed is part of the story.
        if kind == "error" and "net::ERR_" not in words:
            self.errors.append(words)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).last).to_be_visible(timeout=PATIENCE_MS)

    def leave(self) -> None:
        self.context.close()


class WebResident(Person):
    """On an old phone, at /chat."""

    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, width=360, height=640)

    def opens_the_chat(self) -> None:
        self.page.goto(f"{self.url}/chat")

    def chooses(self, question: str, *codes: str, many: bool = False) -> None:
        """Answer a question; of a multi choice tick the codes and press "that is all"."""
        for code in codes:
            choice = self.page.locator(f'[data-q="{question}"][data-a="{code}"]').last
            if many:
                choice.check()
            else:
                choice.click()
        if many:
            self.page.locator(f'[data-q="{question}"][data-a="DONE"]').last.click()

    def types(self, words: str) -> None:
        self.page.locator("#text").fill(words)
        self.page.locator(".send").click()

    def lines(self, who: str) -> list[str]:
        return self.page.locator(f"[role=log] .line.{who} .said").all_inner_texts()


class LineResident(Person):
    """With the pretend LINE phone at /sim."""

    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, width=1000, height=900)

    def adds_the_account(self) -> None:
        self.page.goto(f"{self.url}/sim")
        self.page.get_by_role("button", name="友だち追加").first.click()
        self.page.locator(".chat button[data-data]").first.wait_for()

    def taps(self, code: str) -> None:
        """Tap the newest button or quick reply of this answer code."""
        self.page.locator(f'button[data-data*="a={code}"]').last.click()

    def types(self, words: str) -> None:
        field = self.page.locator("form textarea, form input[type=text]").last
        field.fill(words)
        field.press("Enter")

    def bubbles(self) -> list[str]:
        return self.page.locator("[data-from=bot] .bubble").all_inner_texts()


class CounselorAtDesk(Person):
    """At an office PC, at /desk."""

    def __init__(self, browser: Browser, url: str) -> None:
        super().__init__(browser, url, width=1280, height=900)

    def signs_in(self, login: str, password: str) -> None:
        self.page.goto(f"{self.url}/desk/")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.url}/desk/")

    def opens(self, case_id: int) -> None:
        self.page.goto(f"{self.url}/desk/case/{case_id}")

    def claims(self) -> None:
        self.page.get_by_role("button", name="引き受ける").first.click()

    def replies(self, words: str) -> None:
        self.page.locator("#text").fill(words)
        self.page.locator("#text").press("Control+Enter")

    def case_ids(self) -> list[int]:
        links = self.page.locator('a[href*="/desk/case/"]').all()
        return [int((each.get_attribute("href") or "").rsplit("/", 1)[-1]) for each in links]

    def knows(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words, timeout=PATIENCE_MS)
