"""Addresses of the year of a plan; all but the list of reports lie under their case."""

from django.urls import path

from .views import given, money, papers, reports, year

app_name = "running"
_CASE = "cases/<uuid:case_id>/"
_MONTH = f"{_CASE}year/<int:year>-<int:month>/"
urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path(f"{_CASE}year/", year.year, name="year"),
    path(_MONTH, reports.report, name="report"),
    path(f"{_MONTH}write/", reports.write, name="write"),
    path(f"{_MONTH}correct/", reports.correct, name="correct"),
    path(f"{_MONTH}pdf/", papers.report, name="report_pdf"),
    path(f"{_CASE}spending/", money.money, name="money"),
    path(f"{_CASE}spending/payment/", money.pay, name="pay"),
    path(f"{_CASE}spending/invoice/", money.invoice, name="invoice"),
    path(f"{_CASE}spending/<uuid:row_id>/correct/", money.correct, name="correct_money"),
    path(f"{_CASE}given/", given.given, name="given"),
    path(f"{_CASE}given/new/", given.deliver, name="deliver"),
    path(f"{_CASE}given/<uuid:row_id>/correct/", given.correct, name="correct_given"),
    path(f"{_CASE}plan/pdf/", papers.plan, name="plan_pdf"),
    path(f"{_CASE}plan/fingerprint/", papers.fingerprint, name="fingerprint"),
    path(f"{_CASE}notice/pdf/", papers.notice, name="notice_pdf"),
]
