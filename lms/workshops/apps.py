from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "lms.workshops"
    label = "workshops"
    verbose_name = "Talleres"

    def ready(self) -> None:
        from lms.journeys.attend_workshop import keep_attendance_in
        from lms.workshops.services.attendance import AttendanceRows

        keep_attendance_in(AttendanceRows())
