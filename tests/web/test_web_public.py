"""What anybody finds under /public, and what nobody does."""

import gzip
import re
from datetime import timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_closing, make_evidence, make_measure, make_organization, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.models import TaskReport

MOST = 100_000  # bytes over the wire, fonts aside


@pytest.fixture
def plan(people):
    plan = make_plan()
    plan.organization.slug = "bangsai"
    return plan


@pytest.fixture
def measure(plan):
    return make_measure(2, plan=plan, steps=["จัดประชุมชี้แจง", "ติดตามผล"])


@pytest.fixture
def window(plan, measure):
    return make_window(plan)


@pytest.fixture
def public(visit):
    """Open a public page as a stranger who wants plain bytes."""
    return lambda address="/public/bangsai/2569", **options: visit().get(address, **options)


@pytest.fixture
def report(db, people, clock):
    def report(task, **written):
        row = TaskReport(task_id=task.id, saved_at=clock.moment, saved_by_id=people.member.id, **written)
        db.session.add(row)

    return report


def measure_page(measure):
    return f"/public/bangsai/2569/measures/{measure.id}"


def test_anybody_reads_what_was_promised_and_how_far_it_is(window, measure, public):
    make_task(measure=measure, status=Status.DONE)
    make_task(measure=measure, due_on=TODAY.replace(month=3))

    page = public()

    assert page.h1 == "มาตรการ ITA ปีงบประมาณ 2569"
    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in page.main
    assert measure.title in page.main
    assert "จัดประชุมชี้แจง" in page.main
    assert "แล้วเสร็จ 1 จาก 2 งาน (50%)" in page.main
    assert "กำหนดครั้งถัดไป: 20 มีนาคม 2569" in page.main
    assert "สำนักปลัดเทศบาล, กองคลัง" in page.main


@pytest.mark.parametrize("address", ["/public/bangsai/2569/", "/public/bangsai/"])
def test_an_address_with_a_slash_too_many_is_found_as_well(window, public, address):
    assert "2569" in public(address).text


def test_what_is_late_is_told_with_the_division(window, measure, public):
    make_task(measure=measure, due_on=TODAY.replace(day=1))

    assert "เกินกำหนดและยังไม่รายงาน: สำนักปลัดเทศบาล 1 งาน" in public().main


def test_due_today_is_not_late(window, measure, public):
    make_task(measure=measure, due_on=TODAY)

    assert "เกินกำหนดและยังไม่รายงาน" not in public().main


def test_a_closed_round_is_told_with_its_seal(window, plan, measure, public):
    make_task(measure=measure, status=Status.DONE)
    closing = make_closing(plan)

    assert closing.seal in public().main


def test_no_person_and_no_position_is_named(window, people, measure, public, report):
    task = make_task(measure=measure, status=Status.DONE, submitted_by=people.member)
    measure.responsible_text = "ผอ.กองคลัง"
    report(task, result="จัดประชุมแล้ว")
    make_public(make_evidence(task, by=people.member))

    for address in ("/public/bangsai/2569", measure_page(measure), "/public/bangsai"):
        html = public(address).html
        for person in vars(people).values():
            assert person.user.name not in html
            assert person.position.title not in html
        assert "ผอ.กองคลัง" not in html


def test_results_are_on_the_page_of_their_measure_and_obstacles_only_when_switched_on(
    window, measure, public, report, db
):
    report(make_task(measure=measure, status=Status.DONE), result="จัดประชุมแล้ว", obstacles="ขาดบุคลากร")

    assert "จัดประชุมแล้ว" in public(measure_page(measure)).main
    assert "ขาดบุคลากร" not in public(measure_page(measure)).html
    window.shows_obstacles = True
    assert "ขาดบุคลากร" in public(measure_page(measure)).main


def test_a_link_that_is_public_leads_out_without_telling_where_one_came_from(window, measure, public):
    make_public(make_evidence(make_task(measure=measure), title="รายงาน", url="https://example.go.th/a"))

    (link,) = [one for one in public().root.all("a") if one.get("href") == "https://example.go.th/a"]
    assert {"noopener", "nofollow"} <= set(link.get("rel").split())


def test_the_page_in_english_has_an_address_of_its_own_and_links_within_it(window, measure, public):
    make_task(measure=measure)
    page = public("/public/bangsai/2569?lang=en")

    assert page.root.all("html")[0].get("lang") == "en"
    assert page.h1 == "ITA measures of fiscal year 2569"
    assert f"{measure_page(measure)}?lang=en" in page.links.values()
    assert page.links["ไทย"] == "/public/bangsai/2569"


def test_a_shared_link_has_title_description_picture_and_one_address(window, public):
    html = public("/public/bangsai/2569?lang=nonsense").html

    assert 'rel="canonical" href="http://127.0.0.1:8000/public/bangsai/2569"' in html
    for name in ("og:title", "og:description", "og:image", "twitter:title", "twitter:description", "twitter:image"):
        assert re.search(rf'(?:property|name)="{name}" content="[^"]{{10,}}"', html), name


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_the_picture_is_a_png_of_the_usual_size(window, public, lang):
    response = public(f"/public/bangsai/2569/share.png{lang}").response

    assert response.mimetype == "image/png"
    data = response.get_data()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)


NOWHERE = [
    "/public/bangsai/2570",
    "/public/elsewhere",
    "/public/elsewhere/2569",
    "/public/1/2569",
    "/public/bangsai/2569/measures/999999",
    "/public/bangsai/2569/evidence/nokey",
    "/public/bangsai/x",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_not_open_looks_like_what_never_was(window, public, address):
    page = public(address, status=404)

    assert page.main == public("/public/never/2500", status=404).main
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.response.headers


def test_a_closed_window_is_gone_at_once_with_everything_under_it(window, measure, public):
    row = make_public(make_evidence(make_task(measure=measure)), key="key")
    pages = ["", "/share.png", f"/measures/{measure.id}", f"/evidence/{row.public_key}"]
    for tail in pages:
        public(f"/public/bangsai/2569{tail}")

    window.published_at = window.published_by_id = None

    for tail in pages:
        public(f"/public/bangsai/2569{tail}", status=404)
    public("/public/bangsai", status=404)


def test_a_measure_of_another_plan_is_not_found_under_this_one(window, public):
    other = make_measure(plan=make_plan(2570))

    public(measure_page(other), status=404)


def test_public_leads_to_the_newest_year_of_the_only_organization(window, people, plan, public):
    make_window(make_plan(2570))

    assert public("/public", status=302).response.location == "/public/bangsai/2570"
    assert public("/public?lang=en", status=302).response.location == "/public/bangsai/2570?lang=en"


def test_public_lists_several_organizations(window, public):
    other = make_organization("เทศบาลเมืองอื่น")
    make_window(make_plan(organization=other))

    addresses = {link.get("href") for link in public("/public").root.all("a")}

    assert {"/public/bangsai/2569", f"/public/{other.id}/2569"} <= addresses


def test_public_says_so_when_nothing_is_open(people, public):
    assert "ยังไม่มีข้อมูลที่เปิดเผย" in public("/public").main


def test_the_page_of_an_organization_lists_its_years(window, public):
    make_window(make_plan(2570))

    assert {"/public/bangsai/2570", "/public/bangsai/2569"} <= set(public("/public/bangsai").links.values())


def test_robots_may_read_what_is_public_alone(public):
    text = public("/robots.txt").html

    assert "Allow: /public\n" in text
    assert "Disallow: /\n" in text


@pytest.mark.parametrize("who", [None, "clerk"])
def test_no_page_begins_or_touches_a_session(window, measure, visit, people, who):
    visitor = visit(who and getattr(people, who))

    for address in ("/public", "/public/bangsai", "/public/bangsai/2569", measure_page(measure), "/public/nowhere"):
        response = visitor.get(address, status=None).response
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")


def test_whoever_works_here_reads_the_same_as_everybody(window, visit, people):
    bytes_ = {visit(who).get("/public/bangsai/2569").html for who in (None, people.clerk, people.administrator)}

    assert len(bytes_) == 1


def test_the_page_needs_no_script(window, public):
    assert re.findall(r"<script(?! type=.application/ld.json)", public().html) == []


def test_head_is_answered_without_a_body(window, app, db, clock):
    db.session.commit()
    response = app.test_client().head("/public/bangsai/2569")

    assert (response.status_code, response.get_data()) == (200, b"")
    assert response.headers["ETag"]


def test_a_file_is_handed_out_to_be_saved_and_kept_by_nobody(window, measure, public):
    make_public(make_evidence(make_task(measure=measure)), key="key")

    response = public("/public/bangsai/2569/evidence/key").response

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in response.headers


def test_a_photograph_is_handed_out_as_pages_show_it(window, measure, public, app):
    row = make_public(make_evidence(make_task(measure=measure), title="ภาพ.png"), key="key")
    row.file.preview_name, row.file.name = row.file.name, "not-on-the-disk"
    row.file.thumbnail_name = "small"

    response = public("/public/bangsai/2569/evidence/key").response

    assert response.mimetype == "image/jpeg"
    assert response.headers["Content-Disposition"].endswith(".jpg")


@pytest.mark.parametrize("gone", ["withdrawn", "replaced", "private"])
def test_evidence_that_is_withdrawn_replaced_or_private_again_is_gone(window, measure, public, people, clock, gone):
    row = make_public(make_evidence(make_task(measure=measure)), key="key")
    if gone == "withdrawn":
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = clock.moment, people.member.id, "ผิด"
    elif gone == "replaced":
        make_evidence(row.task, replaces=row)
    else:
        row.public_key = row.made_public_at = row.made_public_by_id = None

    public("/public/bangsai/2569/evidence/key", status=404)
    assert row.title not in public().html


def test_evidence_is_found_under_its_own_plan_alone(window, measure, public, db):
    other = make_measure(plan=make_plan(2570))
    make_public(make_evidence(make_task(measure=other)), key="key")

    public("/public/bangsai/2569/evidence/key", status=404)


def test_an_unchanged_page_asks_the_database_once(window, public):
    mark = public().response.headers["ETag"]

    with count_queries() as heard:
        public(headers={"If-None-Match": mark}, status=304)

    assert len(heard) == 1  # the organization with its plans and their windows


def test_the_page_asks_the_same_number_of_times_however_long_it_is(window, plan, public):
    counts = []
    for indicators in ((1,), range(2, 11)):
        for indicator in indicators:
            task = make_task(measure=make_measure(indicator, plan=plan, steps=["ประชุม", "รายงาน"]))
            make_public(make_evidence(task))
        with count_queries() as heard:
            public()
        counts.append(len(heard))

    # the organization with its plans and windows; figures, scores, tasks with reports, evidence, measures, their steps
    # and divisions, the last event, closed rounds and their events
    assert counts == [11, 11]


def test_a_plan_of_two_thousand_tasks_stays_light(window, plan, public):
    for indicator in range(1, 11):
        for _ in range(4):
            measure = make_measure(indicator, plan=plan, steps=["ทำตามขั้นตอนที่กำหนดไว้ให้ครบถ้วนและรายงานผล"] * 6)
            for days in range(50):
                make_task(measure=measure, due_on=TODAY + timedelta(days=days))

    page = public()

    css = public("/static/public.css").response.get_data()
    assert page.main.count("จาก 50 งาน") == 40
    assert len(page.response.get_data()) + len(css) < 3 * MOST  # as it is drawn, before it is packed
    assert len(gzip.compress(page.response.get_data())) + len(gzip.compress(css)) < MOST / 2


def test_one_address_is_held_up_only_far_above_what_a_town_hall_reads(make_app):
    app = make_app({"RATELIMIT_ENABLED": True})
    client = app.test_client()
    with app.app_context():
        answers = [client.get("/public/nobody").status_code for _ in range(1201)]
        receipt = client.get("/public/feedback/guessed").status_code

    assert answers == [404] * 1200 + [429]
    assert receipt == 429


def test_the_number_of_an_organization_without_a_name_has_one_spelling(plan, window, public):
    plan.organization.slug = None
    number = plan.organization.id

    assert public(f"/public/{number}/2569").status == 200
    for spelled in (f"0{number}", f"{number:012}7", f"{2**31}", "0"):
        for address in (f"/public/{spelled}", f"/public/{spelled}/2569", f"/public/api/plans/{spelled}/2569"):
            public(address, status=404)


@pytest.mark.parametrize("address", ["%00", "%00/2569", "bangsai/2569/evidence/%00", "api/plans/%00/2569"])
def test_a_path_that_no_database_can_look_for_finds_nothing(window, public, address):
    public(f"/public/{address}", status=404)


@pytest.mark.parametrize("address", ["/public/bangsai/2569/data?lang=en", "/public//bangsai/2569/data/?lang=en"])
def test_no_host_that_a_visitor_names_is_led_to(window, public, address):
    page = public(address, status=308, headers={"Host": "elsewhere.example"})

    assert page.response.location == "/public/bangsai/2569/data/?lang=en"
