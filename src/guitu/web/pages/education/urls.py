"""Where the education centre works."""

from django.urls import path

from guitu.web.pages.education import acts, courses, entry, exams, funnel, learner, register, view

urlpatterns = [
    path("education/", view.day, name="education"),
    path("education/timetable/", view.timetable, name="education_timetable"),
    path("education/entry/", entry.entry_education, name="education_entry"),
    path("education/funnel/", funnel.funnel, name="education_funnel"),
    path("education/funnel/take/", funnel.take, name="education_funnel_take"),
    path("education/courses/", courses.courses, name="education_courses"),
    path("education/courses/new/", acts.new_course, name="education_new"),
    path("education/courses/<uuid:identifier>/", courses.course, name="education_course"),
    path("education/courses/<uuid:identifier>/correct/", acts.correct_course, name="education_correct"),
    path("education/courses/<uuid:identifier>/slots/new/", acts.new_slot, name="education_slot"),
    path("education/courses/<uuid:identifier>/people/", acts.enrol, name="education_enrol"),
    path("education/courses/<uuid:identifier>/leave/", acts.leave, name="education_leave"),
    path("education/courses/<uuid:identifier>/exam/", exams.exam, name="education_exam"),
    path(
        "education/courses/<uuid:identifier>/certificates/", exams.certificates, name="education_certificates"
    ),
    path("education/register/<uuid:identifier>/", register.register, name="education_register"),
    path("education/people/<str:case>/", learner.record, name="education_person"),
    path(
        "education/people/<str:case>/certificates/<uuid:entry>/",
        learner.certificate,
        name="education_certificate",
    ),
]
