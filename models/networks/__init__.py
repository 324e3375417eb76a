"""Torch networks, each cut into the stages that the plugin runs one by one."""
