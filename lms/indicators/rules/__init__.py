"""How figures of indicators are read, derived and compared. Pure; import from the topic modules."""
