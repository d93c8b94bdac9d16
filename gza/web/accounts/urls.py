"""Addresses of accounts, included at the root."""

from django.urls import path

from .views import door, keywork, own, people, trust

app_name = "accounts"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/key/", door.sign_in_key, name="sign_in_key"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("lock/", door.lock, name="lock"),
    path("confirm/", door.confirm, name="confirm"),
    path("resume/<str:token>/", door.resume, name="resume"),
    path("me/", own.me, name="me"),
    path("me/password/", own.password, name="password"),
    path("me/codes/", own.second_factor, name="second_factor"),
    path("me/codes/picture/", own.second_factor_picture, name="second_factor_picture"),
    path("me/recovery/", own.recovery, name="recovery"),
    path("me/recovery/sheet/", own.recovery_sheet, name="recovery_sheet"),
    path("me/keys/add/", own.add_key, name="add_key"),
    path("me/keys/<uuid:key_id>/remove/", own.remove_key, name="remove_key"),
    path("me/language/", own.language, name="language"),
    path("me/sessions/end/", own.end_sessions, name="end_own_sessions"),
    path("accounts/", people.listed, name="list"),
    path("accounts/new/", people.create, name="create"),
    path("accounts/<uuid:user_id>/", people.detail, name="detail"),
    path("accounts/<uuid:user_id>/edit/", people.edit, name="edit"),
    path("accounts/<uuid:user_id>/disable/", people.disable, name="disable"),
    path("accounts/<uuid:user_id>/enable/", people.enable, name="enable"),
    path("accounts/<uuid:user_id>/password/", people.reset_password, name="reset_password"),
    path("accounts/<uuid:user_id>/factor/", people.reset_factor, name="reset_factor"),
    path("accounts/<uuid:user_id>/sessions/", people.end_sessions, name="end_sessions"),
    path("keys/", trust.certificates, name="certificates"),
    path("keys/unfinished/", keywork.work, name="work"),
    path("keys/<uuid:user_id>/", trust.certify, name="certify"),
    path("keys/<uuid:user_id>/rotate/", trust.rotate, name="rotate"),
    path("powers/", trust.powers, name="powers"),
    path("powers/new/", trust.delegate, name="delegate"),
    path("powers/<uuid:delegation_id>/end/", trust.end_delegation, name="end_delegation"),
]
