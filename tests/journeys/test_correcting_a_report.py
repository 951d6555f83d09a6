"""A report that was read with doubts becomes a plan in a few presses of a button."""

import io

from tracker.sample import report_bytes

EVERY_DIVISION = "ทุกส่วนราชการ"
BODY = "คณะกรรมการ ITA"
UNCLEAR = "ตลอด ปีการศึกษา ๒๕๖๙"


def doubtful_report() -> bytes:
    """Return the sample with a body that is no division in two measures, one of them unclear about its time as well."""
    lines = report_bytes().decode().splitlines(keepends=True)
    rows = [place for place, line in enumerate(lines) if line.rstrip().endswith(f"\t{EVERY_DIVISION}")]
    for place in rows[:2]:
        lines[place] = lines[place].replace(f"\t{EVERY_DIVISION}", f"\t{BODY}")
    cells = lines[rows[0]].split("\t")
    lines[rows[0]] = "\t".join([*cells[:-2], UNCLEAR, cells[-1]])
    return "".join(lines).encode()


def test_a_clerk_settles_every_doubt_and_makes_the_plan(empty_town):
    clerk = empty_town.sign_in("clerk")
    clerk.get("/imports")
    page = clerk.post("/imports", {"report": (io.BytesIO(doubtful_report()), "รายงาน.txt")})
    address = next(form.get("action") for form in page.root.all("form") if form.get("action").endswith("/corrections"))

    def press(act, **changes):
        typed = {name.replace("_", "-"): value for name, value in changes.items()}
        return clerk.post(address, clerk.page.values(address) | typed | {"act": act})

    page = press("all-means:0:0", m0_means_0="one:กองคลัง")
    page = press("keep", m0_frame="ทุกไตรมาส")
    while seen := [b.get("value") for b in page.root.all("button") if b.get("value").startswith("seen:")]:
        page = press(seen[0])
    check = press("check")

    assert "ยังไม่ชัดเจน" not in check.main
    create = address.replace("corrections", "plan")
    clerk.post(create, check.values(create))
    # Both measures are finance's alone, the first of them due in every quarter instead of in two rounds.
    assert "ค้าง 35" in empty_town.sign_in("head2").page.main
    assert "ค้าง 29" in empty_town.sign_in("head3").page.main
