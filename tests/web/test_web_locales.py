import pytest

from tests.factories import make_measure, make_task


def language(page):
    return page.root.all("html")[0].get("lang")


def switch(visitor, locale, came_from="/"):
    """Press the button that changes the language on a page."""
    visitor.get(came_from)
    return visitor.post(f"/locale/{locale}", {"next": came_from})


@pytest.fixture
def addresses(people):
    """Every page that shows something of a plan."""
    task = make_task(measure=make_measure(2, steps=["ประชุม"]))
    measure = f"/measures/{task.measure_id}"
    lists = ["/", "/dashboard", "/measures", "/tasks", "/notices", "/imports"]
    return [*lists, f"/tasks/{task.id}", measure, f"{measure}/edit", f"/plans/{task.plan_id}/rounds"]


def test_the_site_speaks_thai_until_it_is_asked_for_english(visit, people):
    visitor = visit(people.member)

    assert (language(visitor.get("/")), visitor.page.h1) == ("th", "งานของฉัน")
    assert (language(switch(visitor, "en")), visitor.page.h1) == ("en", "My work")
    assert (language(switch(visitor, "th")), visitor.page.h1) == ("th", "งานของฉัน")


def test_a_browser_that_prefers_english_is_still_met_in_thai(visit):
    assert language(visit().get("/sign-in", headers={"Accept-Language": "en"})) == "th"


def test_a_short_date_has_its_whole_year_in_english_only(visit, people):
    make_task()
    visitor = visit(people.member)

    assert "20 ก.พ. 69" in visitor.get("/tasks").main
    assert "20 Feb 2569" in switch(visitor, "en", "/tasks").main


def test_the_button_is_named_in_the_language_it_leads_to(visit, people):
    page = visit(people.member).get("/")

    form = next(form for form in page.root.all("form") if form.get("action") == "/locale/en")
    button = form.all("button")[0]
    assert (button.text, button.get("lang")) == ("English", "en")


def test_the_language_can_be_chosen_before_signing_in(visit):
    assert switch(visit(), "en", "/sign-in").h1 == "Sign in"


def test_the_choice_is_remembered(visit, people):
    visitor = visit(people.member)
    switch(visitor, "en")

    assert visitor.get("/dashboard").h1.startswith("Overview")


def test_changing_the_language_stays_on_the_page_with_its_filters(visit, people):
    make_task()
    visitor = visit(people.member)
    page = visitor.get("/tasks?status=done")

    came_from = page.values("/locale/en")["next"][0]

    assert sorted(came_from.removeprefix("/tasks?").split("&")) == ["status=done"]
    assert visitor.post("/locale/en", {"next": came_from}).h1 == "All tasks"


def test_every_page_speaks_english(visit, people, addresses):
    visitor = visit(people.clerk)
    switch(visitor, "en")

    spoken = {address: language(visitor.get(address)) for address in addresses}

    assert set(spoken.values()) == {"en"}


def test_every_page_names_itself_differently_in_the_two_languages(visit, people, addresses):
    thai, english = visit(people.clerk), visit(people.clerk)
    switch(english, "en")
    own_words = [address for address in addresses if not address.startswith(("/tasks/", "/measures/"))]

    titles = [(thai.get(address).title, english.get(address).title) for address in own_words]

    assert [pair for pair in titles if pair[0] == pair[1]] == []


def test_errors_are_said_in_the_chosen_language(visit, people):
    visitor = visit(people.member)
    switch(visitor, "en")

    assert visitor.get("/tasks/0", status=404).h1 == "There is no such page"


def test_english_dates_keep_the_buddhist_era(visit, people):
    task = make_task()
    visitor = visit(people.member)
    switch(visitor, "en")

    assert "due on Friday 20 February 2569" in visitor.get(f"/tasks/{task.id}").main


@pytest.mark.parametrize("locale", ["fr", "EN", "th_TH", "..%2fth"])
def test_a_language_we_do_not_speak_is_not_there(visit, people, locale):
    visitor = visit(people.member)
    visitor.get("/")

    visitor.post(f"/locale/{locale}", status=404)

    assert language(visitor.get("/")) == "th"


def test_a_link_alone_never_changes_the_language(visit, people):
    visitor = visit(people.member)

    visitor.get("/locale/en", status=405)

    assert language(visitor.get("/")) == "th"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/%0d%0aSet-Cookie:x=y\r\nX: y",
        "evil.example",
        " //evil.example",
        "",
    ],
)
def test_changing_the_language_never_leads_away_from_the_site(visit, people, elsewhere):
    visitor = visit(people.member)
    page = visitor.get("/")
    data = {"next": elsewhere, "csrf_token": page.token}

    answer = visitor.get("/locale/en", status=302, method="POST", data=data)

    assert answer.response.location == "/"


def test_coming_back_to_a_page_of_the_site_keeps_its_address(visit, people):
    visitor = visit(people.member)
    page = visitor.get("/")
    data = {"next": "/tasks?year=2569&late=1", "csrf_token": page.token}

    answer = visitor.get("/locale/en", status=302, method="POST", data=data)

    assert answer.response.location == "/tasks?year=2569&late=1"
