"""What nobody should be able to store: each upload with its name, its bytes, and the refusal it must meet."""

from tests.hostile.disguises import DISGUISES
from tests.hostile.documents import DOCUMENTS
from tests.hostile.foreign import FOREIGN
from tests.hostile.pdfs import PDFS
from tests.hostile.pictures import PICTURES
from tests.hostile.texts import TEXTS

UPLOADS = TEXTS | FOREIGN | DOCUMENTS | PDFS | PICTURES | DISGUISES
