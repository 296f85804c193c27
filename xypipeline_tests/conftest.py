from hypothesis import settings

# Machines are shared: a slow draw is no failed property.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
