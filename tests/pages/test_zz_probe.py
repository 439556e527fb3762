import pytest
from tests.personas import *
from lms.pages.services import set_up_site
from lms.people.services.roles import assign_role
from lms.people.models import Role
from django.urls import reverse
from tests.factories.courses import *
from courses.services import publish_release
from wagtail.test.utils.form_data import *
pytestmark=pytest.mark.django_db
def test_x(personas, at):
    set_up_site(site_url="http://testserver")
    assign_role(user=personas.diego, role=Role.TRAINER, institution=personas.institution, at=at)
    c=client_for(personas.diego)
    r=c.get("/gestion/"); print(r.status_code)
    import re
    print(sorted(set(re.findall(r'(?:href|url)&?q?u?o?t?;?["=:]+ ?"?&?q?u?o?t?;?(/gestion/[^"&]*)', r.content.decode()))))
    page=create_course(); publish_release(page=page,at=at)
    for u in ["/gestion/users/","/gestion/groups/","/gestion/sites/","/gestion/reports/site-history/","/gestion/reports/locked/","/gestion/reports/aging-pages/","/gestion/workflows/list/","/gestion/settings/","/gestion/redirects/","/gestion/collections/","/gestion/locales/","/gestion/snippets/","/gestion/images/","/gestion/documents/","/gestion/pages/","/gestion/snippets/quizzes/question/", "/gestion/account/", f"/gestion/pages/{page.pk}/copy/"]:
        r=c.get(u); print(u,r.status_code,r.get("Location"), [n for n in ("Carla","Elena","Muñoz","Pinto","carla@") if n in r.content.decode()])
    r=c.post(f"/gestion/pages/{page.pk}/copy/",{"new_title":"Otro","new_slug":"otro","new_parent_page":page.get_parent().pk,"copy_subpages":"on"})
    print(r.status_code, r.get("Location"))
    for m in [l for l in c.get("/gestion/").context["request"].__dict__.get("x",[])]: pass
