"""Looks for the plan of a campaign of follow-up: who is seen by which station, as a flow; then rounds of
visits with OR-tools' routing, station by station. What a plan is and by which rules stands in
`guitu.home.plan`, with a checker that is not used here to find one.
"""
