"""The yardstick: the least page that Wagtail serves. Installed by the measurements' settings only."""
