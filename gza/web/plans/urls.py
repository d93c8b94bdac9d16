"""Addresses of the plan pages; they lie under their case."""

from django.urls import path

from .views import edit, fund, plan

app_name = "plans"
urlpatterns = [
    path("cases/<uuid:case_id>/plan/", plan.plan, name="plan"),
    path("cases/<uuid:case_id>/plan/versions/<int:number>/", plan.version, name="version"),
    path("cases/<uuid:case_id>/plan/compare/", plan.compare, name="compare"),
    path("cases/<uuid:case_id>/plan/print/", plan.paper, name="print"),
    path("cases/<uuid:case_id>/plan/edit/", edit.edit, name="edit"),
    path("cases/<uuid:case_id>/plan/new-draft/", edit.new_draft, name="new_draft"),
    path("cases/<uuid:case_id>/plan/submit/", fund.submit, name="submit"),
    path("cases/<uuid:case_id>/plan/decide/", fund.decide, name="decide"),
]
