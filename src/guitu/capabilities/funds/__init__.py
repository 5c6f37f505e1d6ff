"""Money set aside and spent, rewards, equipment, and places that offer a service: sums and numbers, never
names of whoever was rewarded. Towns, centres, county and province."""
