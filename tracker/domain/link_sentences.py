"""What is said of a watched address: one word for its verdict, why in a sentence, and what to do in another."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.links import Cause, CertificateFault, Verdict
from tracker.domain.sentences import N_, Sentence

VERDICT: Mapping[Verdict, str] = {
    Verdict.UNCHECKED: N_("not checked yet"),
    Verdict.OK: N_("opens"),
    Verdict.CAUTION: N_("needs a look"),
    Verdict.BROKEN: N_("cannot be opened"),
}
SENTENCE: Mapping[Cause, str] = {
    Cause.GONE: N_("The page is not there any more: the website answers “not found” (%(status)s)."),
    Cause.NO_SUCH_HOST: N_("There is no website of the name %(host)s."),
    Cause.REFUSED: N_("The server of %(host)s takes no connection: the website is switched off or was moved."),
    Cause.TIMED_OUT: N_("%(host)s did not answer in time."),
    Cause.CUT_OFF: N_("The answer of %(host)s broke off, or is none that a browser could read."),
    Cause.SERVER_ERROR: N_("The website has a fault of its own (%(status)s)."),
    Cause.REDIRECTED_FOR_EVER: N_("The website sends on from one address to the next without an end."),
    Cause.FORBIDDEN: N_("The website does not let this program see the page (%(status)s)."),
    Cause.THROTTLED: N_("The website does not want to be asked so often and put the check off (429)."),
    Cause.BOT_WALL: N_("The website first wants proof that a person is there, so that a program cannot see the page."),
    Cause.OTHER_REFUSAL: N_("The website refuses the address (%(status)s)."),
    Cause.BAD_CERTIFICATE: N_("The security certificate of %(host)s is not valid: browsers warn whoever opens it."),
    Cause.CERTIFICATE_ENDS_SOON: N_("The security certificate of %(host)s ends on %(ends_on)s."),
    Cause.OTHER_HOST: N_("The address now leads to another website: %(host)s."),
    Cause.HOME_PAGE: N_("The address leads to the first page of the website, not to the page that was meant."),
    Cause.SIGN_IN_PAGE: N_("Whoever opens the address has to sign in first."),
    Cause.DRIVE_PERMISSION: N_("Google Drive does not show the file to everybody: it asks for permission."),
    Cause.SOFT_404: N_("The website answers, but the page says that nothing was found."),
    Cause.EMPTY: N_("The address opens, but there is nothing on the page or in the file."),
    Cause.SCANNED_PDF: N_("The PDF consists of pictures alone: its text can be neither searched nor read aloud."),
    Cause.UNREADABLE_FILE: N_("The PDF is damaged or locked with a password."),
    Cause.SLOW: N_("The page opens, but it takes %(seconds)s seconds."),
    Cause.NOT_ALLOWED: N_("The address leads into an internal network, or to what this program does not open."),
    Cause.OFFLINE: N_("Nothing could be checked: the office itself had no connection to the internet."),
}
REMEDY: Mapping[Cause, str] = {
    Cause.GONE: N_("Find the page on the website and enter its new address, or put it back in its place."),
    Cause.NO_SUCH_HOST: N_(
        "Check the spelling; if it is right, ask whoever keeps the website whether its name ran out."
    ),
    Cause.REFUSED: N_("Tell whoever keeps the website that it cannot be reached."),
    Cause.TIMED_OUT: N_("Open it from outside the office; if it does not come, tell whoever keeps the website."),
    Cause.CUT_OFF: N_("Open the address in a browser; if it does not come, tell whoever keeps the website."),
    Cause.SERVER_ERROR: N_("Tell whoever keeps the website, with the address and the number of the fault."),
    Cause.REDIRECTED_FOR_EVER: N_("Ask whoever keeps the website to correct where the address leads."),
    Cause.FORBIDDEN: N_("Open it in a private window; if it is closed there as well, have it opened to the public."),
    Cause.THROTTLED: N_("Nothing needs to be done: it is checked again later."),
    Cause.BOT_WALL: N_("Open it in a browser and see that the page is right; the check cannot tell."),
    Cause.OTHER_REFUSAL: N_("Open it in a private window and copy the address from there anew."),
    Cause.BAD_CERTIFICATE: N_("Ask whoever keeps the website to renew or correct its certificate."),
    Cause.CERTIFICATE_ENDS_SOON: N_("Ask whoever keeps the website to renew the certificate before that day."),
    Cause.OTHER_HOST: N_("See whether it is the right page, and enter the new address if it is."),
    Cause.HOME_PAGE: N_("Find the page on the website and enter the address of the page itself."),
    Cause.SIGN_IN_PAGE: N_("Enter an address that opens without signing in, or open the page to everybody."),
    Cause.DRIVE_PERMISSION: N_("In Google Drive choose Share, then “Anyone with the link” as viewer."),
    Cause.SOFT_404: N_("Open it; if the page is gone, enter its new address or put it back in its place."),
    Cause.EMPTY: N_("Open it and publish the content again."),
    Cause.SCANNED_PDF: N_(
        "Publish the PDF made from the document itself; add the signed scan beside it where it is needed."
    ),
    Cause.UNREADABLE_FILE: N_("Make the PDF anew without a password and publish it again."),
    Cause.SLOW: N_("Ask whoever keeps the website why; large files may be made smaller."),
    Cause.NOT_ALLOWED: N_(
        "Enter an address that everybody can open. An intranet name of the office is let in by the rules of the check."
    ),
    Cause.OFFLINE: N_("It is checked again by itself; see to the connection if this stays so."),
}
CERTIFICATE: Mapping[CertificateFault, str] = {
    CertificateFault.EXPIRED: N_("The security certificate of %(host)s has run out: browsers warn whoever opens it."),
    CertificateFault.NOT_YET_VALID: N_("The security certificate of %(host)s is not valid yet."),
    CertificateFault.OTHER_NAME: N_("The security certificate was made for another name than %(host)s."),
    CertificateFault.SELF_MADE: N_("%(host)s made its security certificate itself: browsers warn whoever opens it."),
    CertificateFault.UNKNOWN_ISSUER: N_(
        "The security certificate of %(host)s comes from an issuer that is not known, or is not sent completely."
    ),
}


def what_is_wrong(cause: Cause, details: Mapping[str, Any]) -> Sentence:
    """
    Return why an address is not in order, its places filled.

    :param details: what `Judgement.values` held, as it was or back from JSON
    """
    values = {"host": "", "status": "", "ends_on": "", "seconds": ""} | dict(details)
    message = SENTENCE[cause]
    if cause == Cause.BAD_CERTIFICATE:
        message = CERTIFICATE.get(values.get("fault"), message)  # type: ignore[arg-type]
    if values["ends_on"]:
        values["ends_on"] = date.fromisoformat(values["ends_on"])
    return Sentence(message, values)


def what_to_do(cause: Cause) -> Sentence:
    """Return what whoever keeps the address should do about it."""
    return Sentence(REMEDY[cause])
