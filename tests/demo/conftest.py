from tests.demo.played import demo, inside

__all__ = ["demo", "inside"]
