from django.urls import path

from courses.quality.views import AskLinksView, BlockedView, ReportView

app_name = "quality"

urlpatterns = [
    path("<int:page_id>/", ReportView.as_view(), name="report"),
    path("<int:page_id>/antes-de-publicar/", BlockedView.as_view(), name="blocked"),
    path("<int:page_id>/enlaces/", AskLinksView.as_view(), name="ask_links"),
]
