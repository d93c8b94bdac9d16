"""Addresses of the plan pages; they lie under their case."""

from django.urls import path

from .views import edit, final, fund, plan, signing, unmet

app_name = "plans"
urlpatterns = [
    path("unmet/", unmet.unmet, name="unmet"),
    path("cases/<uuid:case_id>/plan/", plan.plan, name="plan"),
    path("cases/<uuid:case_id>/plan/versions/<int:number>/", plan.version, name="version"),
    path("cases/<uuid:case_id>/plan/compare/", plan.compare, name="compare"),
    path("cases/<uuid:case_id>/plan/print/", plan.paper, name="print"),
    path("cases/<uuid:case_id>/plan/edit/", edit.edit, name="edit"),
    path("cases/<uuid:case_id>/plan/new-draft/", edit.new_draft, name="new_draft"),
    path("cases/<uuid:case_id>/plan/final/", final.final, name="final"),
    path("cases/<uuid:case_id>/plan/rework/", final.rework, name="rework"),
    path("cases/<uuid:case_id>/plan/amend/", final.amend, name="amend"),
    path("cases/<uuid:case_id>/plan/drop/", final.drop, name="drop"),
    path("cases/<uuid:case_id>/plan/unmet/<uuid:unmet_id>/", final.met, name="met"),
    path("cases/<uuid:case_id>/plan/sign/", signing.sign, name="sign"),
    path("cases/<uuid:case_id>/plan/sign/paper/", signing.paper_to_sign, name="paper_to_sign"),
    path("cases/<uuid:case_id>/plan/sign/<slug:signatory>/", signing.sign_as, name="sign_as"),
    path("cases/<uuid:case_id>/plan/copy/", signing.copy, name="copy"),
    path("cases/<uuid:case_id>/plan/submit/", fund.submit, name="submit"),
    path("cases/<uuid:case_id>/plan/decide/", fund.decide, name="decide"),
]
