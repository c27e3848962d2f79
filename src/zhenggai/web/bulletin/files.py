"""下载草稿: a draft as a file that says of itself that it is one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zhenggai.bulletins.files import MEDIA_TYPES, document_of, written
from zhenggai.bulletins.models import Bulletin
from zhenggai.bulletins.queries import paragraphs_of
from zhenggai.core.errors import NotFound
from zhenggai.web.answers import attachment

FORMS = tuple(MEDIA_TYPES)


def download(bulletin: Bulletin, form: str) -> HttpResponse:
    """The draft in a form of ``FORMS``. NotFound for any other, FileNotMade where a font or a tool is missing."""
    if form not in MEDIA_TYPES:
        raise NotFound(f"文稿没有“{form}”格式，可选：{'、'.join(FORMS)}。", form=form)
    rows = [(row.role, row.text) for row in paragraphs_of(bulletin)]
    data = written(document_of(rows, title=bulletin.title), form)
    plain = f"{bulletin.code}-{bulletin.number}-draft.{form}"
    full = f"{_('草稿')}-{bulletin.title[:60]}-{bulletin.code}-{bulletin.revision}.{form}"
    return attachment(data, MEDIA_TYPES[form], plain, full)
