from django.urls import include, path
from django.views.generic import TemplateView

from newsletter.views import alerts, personal, sign_up

app_name = "newsletter"
preferences_path = "newsletter/preferences/<str:token>/"
urlpatterns = [
    path("newsletter/", sign_up.SubscribeView.as_view(), name="subscribe"),
    path(
        "newsletter/check-your-mail/",
        TemplateView.as_view(template_name="newsletter/sent.html"),
        name="sent",
    ),
    path("newsletter/alert/", alerts.FollowView.as_view(), name="follow"),
    path("newsletter/editions/", include("newsletter.editions.urls")),
    path("newsletter/confirm/<str:token>/", sign_up.confirm, name="confirm"),
    path(preferences_path, personal.PreferencesView.as_view(), name="preferences"),
    path(f"{preferences_path}pause/", personal.PauseView.as_view(), name="pause"),
    path(f"{preferences_path}alerts/<int:pk>/", personal.change_alert, name="alert"),
    path(f"{preferences_path}leave/", personal.unsubscribe_all, name="leave"),
    path(f"{preferences_path}data/", personal.own_data, name="data"),
    path(f"{preferences_path}erase/", personal.erase_all, name="erase"),
    path(f"{preferences_path}unmute/<int:pk>/", alerts.unmute, name="unmute"),
    path("newsletter/mute/<str:token>/", alerts.mute, name="mute"),
    path(
        "newsletter/unsubscribe/<str:token>/",
        personal.one_click_unsubscribe,
        name="unsubscribe",
    ),
]
