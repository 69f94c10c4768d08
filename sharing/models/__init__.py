from sharing.models.link import DownloadSession, Link

__all__ = ["DownloadSession", "Link"]
