"""错误页: within the shell, in the reader's language, saying what to do."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from zhenggai.web.refusals import error_page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is too large."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(
            request, _("提交的内容过大"), _("一次提交的内容超过上限。请分几次提交，或缩短填写的文字。"), 413
        )
    return error_page(
        request,
        _("请求无法识别"),
        _("浏览器发来的请求有误。请返回上一页重新操作；若仍出现，请告知系统管理员。"),
        400,
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """403."""
    return error_page(
        request, _("无权办理"), _("您当前的岗位不能做这件事。请联系整改办，或换用相应岗位的账号登录。"), 403
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """404."""
    return error_page(
        request, _("没有找到该页面"), _("地址可能有误，或内容已不存在。请从检查列表重新进入。"), 404
    )


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """500. Told without the shell: whatever failed may fail again there."""
    context = {
        "title": _("系统出错"),
        "sentence": _("系统遇到意外错误，刚才的操作没有生效。请稍后重试；若仍出现，请把时间告知系统管理员。"),
        "status": 500,
    }
    return HttpResponse(render_to_string("web/bare_error.html", context), status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """403 of the forgery check: nearly always a page that stood open too long."""
    return error_page(
        request, _("页面已过期"), _("为安全起见，本页停留过久后不能直接提交。请刷新页面，再提交一次。"), 403
    )
