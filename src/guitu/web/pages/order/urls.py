"""Where community orders are."""

from django.urls import path

from guitu.web.pages.order import templates, view

urlpatterns = [
    path("order/", view.orders, name="order"),
    path("order/templates/", templates.templates, name="order_templates"),
    path("order/templates/<str:paper>/", templates.take, name="order_template"),
    path("order/<str:case>/", view.person, name="order_person"),
    path("order/<str:case>/agreement.docx", view.paper, name="order_paper"),
    path("order/<str:case>/tests/<uuid:entry>/", view.test, name="order_test"),
]
