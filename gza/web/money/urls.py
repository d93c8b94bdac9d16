"""Addresses of the Fund's money; those of a case lie under it."""

from django.urls import path

from .views import acts, case, fund

app_name = "money"
urlpatterns = [
    path("cases/<uuid:case_id>/money/", case.money, name="case"),
    path("cases/<uuid:case_id>/money/ask/<uuid:origin_id>/", acts.ask, name="ask"),
    path("cases/<uuid:case_id>/money/<uuid:row_id>/sum/", acts.work_out, name="sum"),
    path("cases/<uuid:case_id>/money/<uuid:row_id>/decide/", acts.decide, name="decide"),
    path("cases/<uuid:case_id>/money/<uuid:row_id>/release/", acts.release, name="release"),
    path("cases/<uuid:case_id>/money/balance/", acts.balance, name="balance"),
    path("funding/", fund.queue, name="queue"),
    path("budget/", fund.budget, name="budget"),
    path("budget/new/", fund.new_line, name="new_line"),
    path("budget/<int:year>/", fund.line, name="line"),
]
