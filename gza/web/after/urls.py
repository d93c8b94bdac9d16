"""Addresses of the end and after; they lie under their case."""

from django.urls import path

from .views import closing, end, facts, followup, merging

app_name = "after"
_CASE = "cases/<uuid:case_id>/"
urlpatterns = [
    path(f"{_CASE}end/", end.overview, name="end"),
    path(f"{_CASE}end/request/", end.ask, name="request"),
    path(f"{_CASE}end/request/<uuid:row_id>/", end.answer, name="answer"),
    path(f"{_CASE}end/violation/", end.violation, name="violation"),
    path(f"{_CASE}end/violation/<uuid:row_id>/hearing/", end.hearing, name="hearing"),
    path(f"{_CASE}end/violation/<uuid:row_id>/warning/", end.warning, name="warning"),
    path(f"{_CASE}end/for-violation/", end.for_violation, name="for_violation"),
    path(f"{_CASE}end/in-fact/", facts.in_fact, name="in_fact"),
    path(f"{_CASE}end/in-fact/<uuid:row_id>/", facts.confirm, name="confirm"),
    path(f"{_CASE}end/notice/", facts.notice, name="notice"),
    path(f"{_CASE}end/letter/", facts.letter, name="letter"),
    path(f"{_CASE}follow-up/", followup.overview, name="follow_up"),
    path(f"{_CASE}follow-up/agree/", followup.agree, name="agree"),
    path(f"{_CASE}follow-up/decline/", followup.decline, name="decline"),
    path(f"{_CASE}follow-up/contact/", followup.contact, name="contact"),
    path(f"{_CASE}follow-up/end/", followup.end, name="end_follow_up"),
    path(f"{_CASE}close/", closing.close, name="close"),
    path(f"{_CASE}reopen/", closing.reopen, name="reopen"),
    path(f"{_CASE}later-plan/", closing.later_plan, name="later_plan"),
    path(f"{_CASE}merge/", merging.merge, name="merge"),
    path(f"{_CASE}merge/<uuid:row_id>/undo/", merging.undo, name="unmerge"),
]
