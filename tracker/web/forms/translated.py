"""Forms whose complaints are in the page's language: WTForms brings no Thai, so a catalogue of ours has its words."""

from typing import Any

from flask_babel import Domain
from flask_wtf import FlaskForm

WORDS = Domain(domain="wtforms")


class TranslatedForm(FlaskForm):
    """The form every form of ours is made of."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return WORDS.get_translations()
