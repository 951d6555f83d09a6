import pytest

from tracker.domain.public_names import RESERVED, BadPublicName, checked, proposed


@pytest.mark.parametrize(("written", "kept"), [("bangsai", "bangsai"), (" Bang-Sai-2 ", "bang-sai-2"), ("a", "a")])
def test_a_name_is_kept_in_small_letters(written, kept):
    assert checked(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "2bang",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "a b",
        "a/b",
        "a.b",
        "บางไทร",
        "๑",
        "a" * 41,
        "a\nb",
        "ä",
        *sorted(RESERVED),
    ],
)
def test_what_cannot_stand_in_an_address_is_refused(written):
    with pytest.raises(BadPublicName):
        checked(written)


@pytest.mark.parametrize(
    ("organization", "begins"),
    [
        ("เทศบาลนครตัวอย่าง", "thesaban-nakhon-"),
        ("เทศบาลตำบลตัวอย่าง", "thesaban-tambon-"),
        ("องค์การบริหารส่วนตำบลตัวอย่าง", "abt-"),
        ("เมืองพัทยา", "org-"),
    ],
)
def test_the_proposed_name_can_be_taken_as_it_is(organization, begins):
    name = proposed(organization, 7)

    assert name == begins + "7" == checked(name)
