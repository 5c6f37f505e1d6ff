"""Where resources are."""

from django.urls import path

from guitu.web.pages.resources import granting, rewards, things, view

urlpatterns = [
    path("resources/", view.resources, name="resources"),
    path("resources/rewards/", rewards.rewards, name="resources_rewards"),
    path("resources/rewards/new/", granting.new, name="resources_reward_new"),
    path("resources/informants/new/", granting.new_informant, name="resources_informant_new"),
    path("resources/informants/collect/", granting.collect, name="resources_collect"),
    path("resources/informants/<str:code>/<uuid:entry>/cancel/", granting.cancel, name="resources_cancel"),
    path("resources/equipment/", things.equipment, name="resources_equipment"),
    path("resources/places/", things.places, name="resources_places"),
    path("resources/record/<str:code>/<str:kind>/", view.recorded, name="resources_record"),
]
