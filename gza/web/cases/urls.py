"""Addresses of the case pages: a case is named by a random id, never by its code."""

from django.urls import path

from .views import access, case, fund, intake, lists, person, takeover

app_name = "cases"
urlpatterns = [
    path("cases/", lists.cases, name="list"),
    path("overview/", lists.overview, name="overview"),
    path("cases/new/", intake.new, name="new"),
    path("cases/take-over/", takeover.paper, name="take_over"),
    path("cases/search/", intake.search, name="search"),
    path("cases/search/own/", intake.search_mine, name="search_own"),
    path("cases/<uuid:case_id>/", case.detail, name="detail"),
    path("cases/<uuid:case_id>/name/", case.name, name="name"),
    path("cases/<uuid:case_id>/history/", case.history, name="history"),
    path("cases/<uuid:case_id>/person/", person.person, name="person"),
    path("cases/<uuid:case_id>/person/correct/", person.correct_person, name="correct_person"),
    path("cases/<uuid:case_id>/profile/correct/", person.correct_profile, name="correct_profile"),
    path("cases/<uuid:case_id>/status/", fund.status, name="status"),
    path("cases/<uuid:case_id>/status/asked/", fund.asked, name="status_asked"),
    path("cases/<uuid:case_id>/status/annul/", fund.annul, name="status_annul"),
    path("cases/<uuid:case_id>/designation/", fund.designation, name="designate"),
    path("cases/<uuid:case_id>/hand-over/", fund.handover, name="hand_over"),
    path("cases/<uuid:case_id>/circumstances/", fund.circumstances, name="circumstances"),
    path("cases/<uuid:case_id>/access/", access.listed, name="access"),
    path("cases/<uuid:case_id>/access/shut-out/", access.shut, name="shut_out"),
    path("cases/<uuid:case_id>/access/let-in/", access.admit, name="let_in"),
    path("cases/<uuid:case_id>/open/", access.outside, name="open"),
    path("cases/<uuid:case_id>/flags/", access.flags, name="flags"),
]
