import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_plan, make_position, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.selection import MOST
from tracker.domain.statuses import Placement, Status
from tracker.models import Holiday

LATER = "29 พฤษภาคม 2569"
WORDS = "วันศุกร์ที่ 29 พฤษภาคม 2569 (เหลือ 98 วัน)"


@pytest.fixture
def clerk(visit, people):
    return visit(people.clerk)


@pytest.fixture
def choose(clerk):
    """Tick tasks in the list and press a button below it."""

    def choose(*tasks, act="deadline"):
        query = "&".join([f"act={act}", "next=/tasks?status=open", *(f"task={task.id}" for task in tasks)])
        return clerk.get(f"/tasks/selection?{query}")

    return choose


@pytest.fixture
def send(clerk):
    """Send the form of the page in view as it stands, with some fields filled in."""

    def send(status=200, **fields):
        forms = [form for form in clerk.page.root.all("form") if form.get("method") == "post"]
        form = next(form for form in forms if form.get("action") == "/tasks/selection")
        values: dict[str, list[str]] = {}
        for control in form.all("input"):
            values.setdefault(control.get("name"), []).append(control.get("value"))
        return clerk.post("/tasks/selection", values | fields, status=status)

    return send


def confirm(send, **fields):
    """Look at what will change, then do it."""
    send(**fields)
    return send(status=302, **fields, confirmed="1")


def test_the_clerk_ticks_tasks_in_the_list_and_others_do_not(visit, people, clerk):
    task = make_task()

    boxes = [box for box in clerk.get("/tasks").root.all("input") if box.get("name") == "task"]

    assert [box.get("value") for box in boxes] == [str(task.id)]
    for who in (people.member, people.executive, people.auditor, people.administrator):
        page = visit(who).get("/tasks")
        assert not [box for box in page.root.all("input") if box.get("name") == "task"]


def test_a_whole_page_is_ticked_by_a_link(clerk):
    make_task()

    page = clerk.get(clerk.get("/tasks?status=open").links["เลือกทั้งหน้านี้"])

    boxes = [box for box in page.root.all("input") if box.get("name") == "task"]
    assert ["checked" in box.attributes for box in boxes] == [True]
    assert page.links["ยกเลิกการเลือกหน้านี้"] == "/tasks?status=open"


def test_all_that_match_are_chosen_by_a_link_beyond_the_page(clerk):
    measure = make_measure()
    for number in range(51):
        make_task(measure=measure).slot = f"date:{number}"
    make_task(status=Status.DONE)
    page = clerk.get("/tasks?status=open")

    chosen = clerk.get(page.links["เลือกทั้ง 51 งาน"])

    assert "เลือกไว้ 51 งาน" in chosen.main
    assert chosen.links["ย้อนกลับ"] == "/tasks?status=open"


def test_a_filter_that_cannot_be_read_chooses_nothing(clerk):
    make_task()

    page = clerk.get("/tasks/selection?every=1&status=nonsense")

    assert "ยังไม่ได้เลือกงาน" in page.main


def test_without_a_choice_the_page_leads_back(clerk):
    page = clerk.get("/tasks/selection?act=deadline&next=/tasks?late=1")

    assert page.links["กลับไปที่รายการ"] == "/tasks?late=1"


def test_moving_a_deadline_is_shown_in_words_before_it_is_done(choose, send, clerk):
    task = make_task()
    choose(task)

    page = send(due_on="๒๙/๕/๒๕๖๙")

    assert f"จะเปลี่ยนแปลง 1 งาน วันครบกำหนดใหม่คือ{WORDS}" in page.main
    assert "ยังไม่ได้บันทึก" in page.main
    assert task.due_on == TODAY


def test_deadlines_are_moved_once_that_is_confirmed(choose, send, told):
    tasks = [make_task() for _ in range(3)]
    choose(*tasks)

    page = confirm(send, due_on=LATER, note="รอเอกสาร")

    assert page.alerts == ["เลื่อนวันครบกำหนดแล้ว 3 งาน เลิกทำ"]
    assert page.h1 == "งานทั้งหมด"
    assert [told(task) for task in tasks] == [[("due_moved", "รอเอกสาร")]] * 3


def test_the_history_says_from_which_day_to_which(choose, send, clerk):
    task = make_task()
    choose(task)
    confirm(send, due_on=LATER)

    page = clerk.get(f"/tasks/{task.id}")

    assert "เลื่อนวันครบกำหนดจาก 20 กุมภาพันธ์ 2569 เป็น 29 พฤษภาคม 2569" in page.main


def test_a_second_press_of_the_button_finds_nothing_to_change(choose, send, clerk, told):
    task = make_task()
    choose(task)
    shown = send(due_on=LATER)
    values = shown.values("/tasks/selection")
    seen = {"task": [task.id], "act": "deadline", "due_on": LATER, "shown": "2026-05-29", "confirmed": "1"}
    assert values["task"] == [str(task.id)]
    clerk.post("/tasks/selection", seen)

    page = clerk.post("/tasks/selection", seen)

    assert page.alerts == ["ไม่มีงานที่ต้องเปลี่ยนแปลงแล้ว ทุกงานเป็นไปตามที่ต้องการ หรือปิดไปแล้ว"]
    assert len(told(task)) == 1


def test_what_was_confirmed_has_to_be_what_was_shown(choose, send):
    task = make_task()
    choose(task)
    send(due_on=LATER)

    page = send(due_on="30 ก.ย. 69", confirmed="1")

    assert "30 กันยายน 2569" in page.main
    assert task.due_on == TODAY


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "โปรดกรอกวันครบกำหนดใหม่"),
        ("พรุ่งนี้", "ไม่ใช่วันที่"),
        ("🎉", "ไม่ใช่วันที่"),
        ("31/5/2026", "ค.ศ."),
        ("30 ก.พ. 69", "ไม่มีวัน"),
        ("1/1/2599", "ปีงบประมาณ 2569 หรือ 2570"),
        ("9" * 5000, "ไม่ใช่วันที่"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_everything_kept(choose, send, written, words):
    task = make_task()
    choose(task)

    page = send(status=422, due_on=written, note="รอเอกสาร 🎉")

    assert words in page.alerts[0]
    assert page.problems[page.alerts[0]] == "due_on"
    assert "รอเอกสาร 🎉" in page.html
    assert task.due_on == TODAY


def test_usual_days_are_offered_and_taken(choose, send):
    task = make_task()
    page = choose(task)
    offered = [button.get("value") for button in page.root.all("button") if button.get("name") == "offer"]

    shown = send(offer=offered[0])

    assert offered == ["28 กุมภาพันธ์ 2569", "31 มีนาคม 2569", "30 กันยายน 2569"]
    assert "28 กุมภาพันธ์ 2569" in shown.main


def test_a_day_on_which_the_office_is_closed_is_said_but_taken(db, people, choose, send):
    db.session.add(
        Holiday(organization_id=people.clerk.user.organization_id, on_day=TODAY.replace(day=23), name="วันหยุดพิเศษ")
    )
    choose(make_task())

    assert "ตรงกับวันหยุดพิเศษ" in send(due_on="23 ก.พ. 69").main
    assert "ตรงกับวันเสาร์" in send(due_on="28 ก.พ. 69").main
    assert "ตรงกับ" not in send(due_on="24 ก.พ. 69").main


def test_usual_days_stand_beside_the_field_and_the_enter_key_presses_none_of_them(choose):
    page = choose(make_task())

    form = next(form for form in page.root.all("form") if form.get("method") == "post" and form.all("textarea"))
    controls = [
        control.get("name") for control in form.all("input", "button", "textarea") if control.get("type") != "hidden"
    ]
    assert controls[:2] == ["", "due_on"]
    assert controls.index("offer") < controls.index("note")


def test_what_stays_as_it_is_is_counted_by_its_reason(choose, send):
    retired = make_task()
    retired.placement = Placement.RETIRED
    statuses = [Status.DONE, Status.DONE, Status.SUBMITTED, Status.NOT_APPLICABLE, Status.IN_PROGRESS]

    page = choose(retired, *(make_task(status=status) for status in statuses))

    assert "เลือกไว้ 6 งาน · เปลี่ยนแปลงได้ 1 งาน" in page.main
    for words in (
        "2 งานคงเดิม: เสร็จสิ้นแล้ว",
        "1 งานคงเดิม: ส่งผลแล้วและรอตรวจ",
        "1 งานคงเดิม: กำหนดเป็นไม่เกี่ยวข้องไว้แล้ว",
        "1 งานคงเดิม: ไม่อยู่ในกำหนดการแล้ว",
    ):
        assert words in page.main
    assert "1 งานคงเดิม: เป็นไปตามที่ต้องการอยู่แล้ว" in send(due_on="20 ก.พ. 69").main


def test_when_nothing_would_change_there_is_nothing_to_confirm(choose, send):
    choose(make_task())

    page = send(due_on="20 ก.พ. 69")

    assert "ไม่มีงานใดเปลี่ยนแปลง" in page.main
    assert not [button for button in page.root.all("button") if button.get("name") == "confirmed"]


def test_a_task_is_given_to_a_position_of_another_division(choose, send, people):
    task, post = make_task(), people.neighbour.position
    choose(task, act="assignment")

    page = confirm(send, whom=f"position:{post.id}")

    assert page.alerts == ["มอบหมายแล้ว 1 งาน เลิกทำ"]
    assert (task.division_id, task.position_id) == (post.division_id, post.id)


def test_a_task_is_given_to_a_division_as_a_whole(choose, send, people, clerk):
    task, division = make_task(), people.neighbour.position.division
    choose(task, act="assignment")

    confirm(send, whom=f"division:{division.id}")

    assert (task.division_id, task.position_id) == (division.id, None)
    assert f"มอบหมายให้ {division.name} (เดิม: " in clerk.get(f"/tasks/{task.id}").main


@pytest.fixture
def unsuitable(people):
    """Who no task can be given to."""
    foreign = make_organization("เทศบาลตำบลอื่น")
    return {
        "nobody": "",
        "no number": "position:x",
        "neither": "person:1",
        "a clerk": f"position:{people.clerk.position_id}",
        "a foreign division": f"division:{foreign.divisions[0].id}",
        "a foreign position": f"position:{make_position(Role.HEAD, division=foreign.divisions[0]).id}",
        "too large": "division:99999999999999999999",
    }


@pytest.mark.parametrize(
    "who", ["nobody", "no number", "neither", "a clerk", "a foreign division", "a foreign position", "too large"]
)
def test_nobody_else_is_given_a_task(choose, send, unsuitable, told, who):
    task = make_task()
    choose(task, act="assignment")

    page = send(status=422, whom=unsuitable[who])

    assert page.alerts == ["โปรดเลือกผู้ที่จะมอบหมายงานให้"]
    assert told(task) == []


def test_tasks_are_set_aside_with_a_reason(choose, send, told):
    tasks = [make_task() for _ in range(2)]
    choose(*tasks, act="exemption")
    assert "โปรดระบุเหตุผล" in send(status=422, note=" ").alerts[0]

    confirm(send, note="ไม่มีโครงการนี้")

    assert [told(task) for task in tasks] == [[("not_applicable", "ไม่มีโครงการนี้")]] * 2


def test_a_reason_of_several_lines_is_confirmed_as_a_browser_sends_it(choose, send, told):
    task = make_task()
    choose(task, act="exemption")

    confirm(send, note="ไม่มีโครงการนี้\r\nตามหนังสือสั่งการ 🎉")

    assert told(task) == [("not_applicable", "ไม่มีโครงการนี้\nตามหนังสือสั่งการ 🎉")]


def test_a_note_that_is_too_long_is_refused(choose, send):
    choose(make_task())

    send(status=422, due_on=LATER, note="ก" * 2001)


def test_one_task_is_a_choice_of_one(clerk, send):
    task = make_task()
    page = clerk.get(f"/tasks/{task.id}/schedule")
    assert "เลือกไว้ 1 งาน" in page.main

    after = confirm(send, due_on=LATER)

    assert after.h1 == task.measure.title
    assert after.alerts[0] == "เลื่อนวันครบกำหนดแล้ว 1 งาน เลิกทำ"


def test_another_thing_can_be_done_with_the_same_choice(choose, clerk):
    task = make_task()
    page = choose(task)

    other = clerk.get(f"/tasks/selection?task={task.id}&act=exemption")

    assert page.offers("/tasks/selection", act="exemption", task=str(task.id))
    assert other.h1 == "กำหนดเป็นไม่เกี่ยวข้อง"


def test_what_is_no_longer_there_is_told(clerk):
    task = make_task()

    page = clerk.get(f"/tasks/selection?act=deadline&task={task.id}&task=987654&task=x&task=๑&task=-1&task=%00")

    assert "มี 5 งานที่ท่านเลือกไว้ซึ่งไม่มีอยู่แล้ว" in page.alerts
    assert "เลือกไว้ 1 งาน" in page.main


def test_tasks_of_another_year_are_not_changed_along(clerk, send):
    task, then = make_task(), make_task(measure=make_measure(plan=make_plan(2570)), due_on=TODAY)
    first, second = sorted((task, then), key=lambda one: one.id)
    page = clerk.get(f"/tasks/selection?act=deadline&task={first.id}&task={second.id}")

    assert "มี 1 งานที่ท่านเลือกไว้ซึ่งไม่มีอยู่แล้ว" in page.alerts
    confirm(send, due_on=LATER)
    assert then.due_on == TODAY


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_choice_with_a_task_of_another_organization_is_not_there(clerk, people, method):
    task = make_task()
    plan = make_plan(organization=people.stranger.user.organization)
    foreign = make_task(measure=make_measure(plan=plan))
    ids = {"task": [task.id, foreign.id]}

    if method == "GET":
        page = clerk.get(f"/tasks/selection?task={task.id}&task={foreign.id}", status=404)
    else:
        clerk.get("/tasks")
        page = clerk.post("/tasks/selection", ids | {"act": "deadline", "due_on": LATER}, status=404)

    assert foreign.measure.title not in page.html
    assert task.due_on == TODAY


def test_ten_thousand_are_too_many(clerk):
    make_task()
    clerk.get("/tasks")
    ids = {"task": [str(number) for number in range(1, 10_001)]}

    page = clerk.post("/tasks/selection", ids | {"act": "deadline", "due_on": LATER}, status=422)

    assert f"ครั้งละไม่เกิน {MOST} งาน" in page.main


@pytest.mark.parametrize("act", ["", "delete", "🎉"])
def test_nothing_else_can_be_done_with_many(clerk, act):
    task = make_task()
    clerk.get("/tasks")

    clerk.post("/tasks/selection", {"task": [task.id], "act": act}, status=400)


def test_what_leads_elsewhere_is_not_followed(clerk, send, choose):
    task = make_task()
    choose(task)
    send(due_on=LATER, next="https://example.org/")

    page = send(status=302, due_on=LATER, confirmed="1", next="https://example.org/")

    assert page.h1 == "งานของฉัน"


def test_looking_changes_nothing_and_doing_it_takes_few_statements(choose, send):
    tasks = [make_task() for _ in range(20)]
    with count_queries() as looking:
        choose(*tasks)
    assert looking.writes == []
    with count_queries() as looking:
        send(due_on=LATER)
    assert looking.writes == []

    with count_queries() as doing:
        send(status=302, due_on=LATER, confirmed="1")

    # the tasks, the plan's head, the events, the states that end and those that begin
    assert len(doing.writes) == 5
