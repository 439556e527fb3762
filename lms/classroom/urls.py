from django.urls import path

from lms.classroom.views import assessment, dilemma, learning, privacy, units

app_name = "classroom"
UNIT = "<slug:course_code>/<slug:unit_key>/"

urlpatterns = [
    path("", learning.my_learning, name="home"),
    path("mi-registro.json", learning.my_record, name="my_record"),
    path("quien-me-vio/", privacy.who_looked, name="who_looked"),
    path("<slug:course_code>/", learning.course, name="course"),
    path("<slug:course_code>/continuar/", learning.go_on, name="continue"),
    path("<slug:course_code>/inscribirme/", learning.take_up, name="take_up"),
    path(UNIT, units.unit, name="unit"),
    path(UNIT + "terminar/", units.finish, name="finish"),
    path(UNIT + "codigo/", units.acknowledge, name="acknowledge"),
    path(UNIT + "pregunta/<slug:check_key>/", units.answer, name="answer"),
    path(UNIT + "dilema/", dilemma.dilemma, name="dilemma"),
    path(UNIT + "dilema/terminar/", dilemma.finish_dilemma, name="finish_dilemma"),
    path(UNIT + "empezar/", assessment.start, name="start"),
    path(UNIT + "intento/<int:number>/<int:position>/", assessment.question, name="question"),
    path(UNIT + "intento/<int:number>/revisar/", assessment.review, name="review"),
    path(UNIT + "intento/<int:number>/entregar/", assessment.hand_in, name="hand_in"),
    path(UNIT + "intento/<int:number>/resultado/", assessment.result, name="result"),
]
