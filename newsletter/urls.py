from django.urls import path
from django.views.generic import TemplateView

from newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("newsletter/", views.SubscribeView.as_view(), name="subscribe"),
    path(
        "newsletter/check-your-mail/",
        TemplateView.as_view(template_name="newsletter/sent.html"),
        name="sent",
    ),
    path("newsletter/confirm/<str:token>/", views.confirm, name="confirm"),
    path(
        "newsletter/confirmed/",
        TemplateView.as_view(template_name="newsletter/confirmed.html"),
        name="confirmed",
    ),
    path("newsletter/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
