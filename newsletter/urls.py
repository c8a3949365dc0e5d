from django.urls import include, path
from django.views.generic import TemplateView

from newsletter.views import alerts, personal, sign_up

app_name = "newsletter"
own = "newsletter/preferences/<str:token>/"
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
    path(own, personal.PreferencesView.as_view(), name="preferences"),
    path(f"{own}pause/", personal.PauseView.as_view(), name="pause"),
    path(f"{own}alerts/<int:pk>/", personal.change_alert, name="alert"),
    path(f"{own}leave/", personal.leave_all, name="leave"),
    path(f"{own}data/", personal.own_data, name="data"),
    path(f"{own}erase/", personal.erase_all, name="erase"),
    path(f"{own}unmute/<int:pk>/", alerts.unmute, name="unmute"),
    path("newsletter/mute/<str:token>/", alerts.mute, name="mute"),
    path("newsletter/unsubscribe/<str:token>/", personal.unsubscribe, name="unsubscribe"),
]
