import pytest

ONE_YEAR = 31536000


@pytest.mark.parametrize("style", ["Regular", "Medium", "Bold"])
def test_the_thai_font_is_served_from_here_and_kept_for_a_year(visit, style):
    response = visit().get(f"/fonts/Sarabun-{style}.ttf").response

    assert response.mimetype == "font/ttf"
    assert response.cache_control.max_age == ONE_YEAR
    assert response.data.startswith(b"\x00\x01\x00\x00")


@pytest.mark.parametrize("name", ["Sarabun-Thin.ttf", "sarabun-regular.ttf", "..%2f__init__.py", "%2e%2e", "x"])
def test_no_other_file_is_served_as_a_font(visit, name):
    visit().get(f"/fonts/{name}", status=404)


def test_every_file_that_a_page_names_is_there_and_comes_from_this_site(visit, db):
    visitor = visit()
    page = visitor.get("/sign-in")
    addresses = [link.get("href") for link in page.root.all("link")]
    addresses += [script.get("src") for script in page.root.all("script")]

    assert len(addresses) >= 3
    for address in addresses:
        assert address.startswith("/")
        assert visitor.get(address).response.cache_control.max_age


def test_the_style_sheet_names_no_file_that_is_not_there(visit):
    visitor = visit()
    style = visitor.get("/static/app.css").html

    addresses = [part.partition('"')[0] for part in style.split('url("')[1:]]

    assert len(addresses) == 3
    for address in addresses:
        visitor.get(address)


@pytest.mark.parametrize(
    "address", ["/sign-in", "/static/app.css", "/bootstrap/static/css/bootstrap.min.css", "/fonts/Sarabun-Regular.ttf"]
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library leaves files to be closed
def test_answers_are_compressed(app, db, address):
    with app.test_client().get(address, headers={"Accept-Encoding": "gzip, deflate"}) as response:
        assert response.headers.get("Content-Encoding") in {"gzip", "deflate"}
