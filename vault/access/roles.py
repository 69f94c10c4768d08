from enum import IntEnum


class Role(IntEnum):
    """What a key lets one do. Each includes the one before."""

    NONE = 0
    PREVIEW = 10
    READ = 20  # download the original
    EDIT = 30  # add, change, trash, make links
    MANAGE = 40  # grant, restrict, purge

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Role":
        """Raises `ValueError` for what is no role that can be granted."""
        for role in cls:
            if role and role.word == word:
                return role
        raise ValueError(word)
