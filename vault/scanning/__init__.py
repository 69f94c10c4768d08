"""What a file is, judged by its content. Each check raises a refusal, or lets the file pass."""

from vault.scanning.picture import check_picture
from vault.scanning.types import FileType, identify

__all__ = ["FileType", "check_picture", "identify"]
