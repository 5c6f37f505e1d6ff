"""The scoreboard: figures as they were printed, and the editions in which an office publishes them beside its
own. Outreach, statisticians, county and province."""
