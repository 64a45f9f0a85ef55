"""The scene: read `geo/` and tell what is true on a day."""

from twofronts.scene.store import Scene, load_scene

__all__ = ["Scene", "load_scene"]
