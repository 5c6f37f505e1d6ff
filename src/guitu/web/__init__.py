"""The pages: a Django project whose views decide nothing and whose templates get one dataclass each."""
