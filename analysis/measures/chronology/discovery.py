def proposals(): pass
def as_yaml(): pass
