from django.urls import path

from lms.xapi.views import documents, resources, statements

urlpatterns = [
    path("about", resources.about, name="xapi_about"),
    path("statements", statements.statements, name="xapi_statements"),
    path("activities", resources.activities, name="xapi_activities"),
    path("activities/state", documents.state, name="xapi_state"),
    path("activities/profile", documents.activity_profile, name="xapi_activity_profile"),
    path("agents", resources.agents, name="xapi_agents"),
    path("agents/profile", documents.agent_profile, name="xapi_agent_profile"),
]
