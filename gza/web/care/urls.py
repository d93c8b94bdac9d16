"""Addresses of the work with the person; what is sealed never stands in one."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import consents, explanation, files, needs, people, services, withdrawal


class ScopeConverter(StringConverter):
    """What is consented to."""

    regex = "rehabilitation|reintegration|disclosure"


class AskedConverter(StringConverter):
    """What the person can be asked for, and say no to."""

    regex = "rehabilitation|reintegration"


register_converter(ScopeConverter, "scope")
register_converter(AskedConverter, "asked")

app_name = "care"
_CASE = "cases/<uuid:case_id>/"
urlpatterns = [
    path(f"{_CASE}explanation/", explanation.explanation, name="explanation"),
    path(f"{_CASE}consent/", consents.overview, name="consents"),
    path(f"{_CASE}consent/rehabilitation/", consents.rehabilitation, name="consent_rehabilitation"),
    path(f"{_CASE}consent/reintegration/", consents.reintegration, name="consent_reintegration"),
    path(f"{_CASE}consent/disclosure/", consents.disclosure, name="consent_disclosure"),
    path(f"{_CASE}consent/form/<scope:scope>/", consents.printed, name="consent_form"),
    path(f"{_CASE}consent/decline/<asked:scope>/", consents.decline, name="decline"),
    path(f"{_CASE}consent/withdraw/", withdrawal.withdraw, name="withdraw"),
    path(f"{_CASE}consent/<uuid:consent_id>/", consents.signed, name="consent"),
    path(f"{_CASE}representative/", people.representative, name="representative"),
    path(f"{_CASE}representative/<uuid:row_id>/check/", people.check, name="check_representative"),
    path(f"{_CASE}representative/<uuid:row_id>/end/", people.end, name="end_representative"),
    path(f"{_CASE}story/", people.story, name="story"),
    path(f"{_CASE}primary-needs/", needs.primary, name="primary_needs"),
    path(f"{_CASE}needs/", needs.needs, name="needs"),
    path(f"{_CASE}needs/<uuid:row_id>/correct/", needs.correct_need, name="correct_need"),
    path(f"{_CASE}needs/<uuid:row_id>/drop/", needs.drop, name="drop_need"),
    path(f"{_CASE}services/", services.overview, name="services"),
    path(f"{_CASE}services/request/", services.ask, name="request_service"),
    path(f"{_CASE}services/<uuid:row_id>/answer/", services.answer, name="answer_service"),
    path(f"{_CASE}services/<uuid:row_id>/given/", services.given_on_request, name="given_on_request"),
    path(f"{_CASE}services/given/", services.given, name="service_given"),
    path(f"{_CASE}emergency/", services.emergency, name="emergency"),
    path(f"{_CASE}files/<uuid:file_id>/", files.download, name="file"),
]
