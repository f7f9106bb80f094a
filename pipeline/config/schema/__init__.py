"""The schema: one plain dataclass per config group, a file each; the check.py of each room has the rules between keys.

Nothing here knows Hydra: the command line registers these classes with it, and a notebook may fill them by hand.
What a result depends on is read off the imports: import a group from its own file.
"""
