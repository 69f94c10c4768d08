from django.urls import path

from vault.views import access, documents, files, moving, naming, search, trash, uploads, versions

app_name = "vault"
FOLDER = "files/<uuid:folder_id>/"
DOCUMENT = "d/<uuid:document_id>/"
urlpatterns = [
    path("", files.enter, name="enter"),
    path("files/", files.files, name="files"),
    path(FOLDER, files.folder, name="folder"),
    path(f"{FOLDER}new-folder/", files.new_folder, name="new-folder"),
    path(f"{FOLDER}upload/", uploads.upload, name="upload"),
    path(f"{FOLDER}access/", access.folder_access, name="folder-access"),
    path(f"{FOLDER}wall/", access.folder_wall, name="folder-wall"),
    path(f"{FOLDER}rename/", naming.folder, name="rename-folder"),
    path(f"{FOLDER}move/", moving.folder, name="move-folder"),
    path(f"{FOLDER}trash/", trash.throw_folder, name="trash-folder"),
    path(DOCUMENT, documents.document, name="document"),
    path(f"{DOCUMENT}rename/", naming.document, name="rename-document"),
    path(f"{DOCUMENT}move/", moving.document, name="move-document"),
    path(f"{DOCUMENT}trash/", trash.throw_document, name="trash-document"),
    path(f"{DOCUMENT}versions/", versions.versions, name="versions"),
    path(f"{DOCUMENT}versions/<int:number>/content/", versions.content, name="version-content"),
    path(f"{DOCUMENT}versions/<int:number>/restore/", versions.restore, name="restore-version"),
    path(f"{DOCUMENT}content/", documents.content, name="content"),
    path(f"{DOCUMENT}access/", access.document_access, name="document-access"),
    path(f"{DOCUMENT}wall/", access.document_wall, name="document-wall"),
    path("search/", search.page, name="search"),
    path("trash/", trash.trash, name="trash"),
    path("trash/<uuid:trashing_id>/restore/", trash.restore, name="restore"),
    path("trash/<uuid:trashing_id>/purge/", trash.purge, name="purge"),
    path("grants/<uuid:grant_id>/revoke/", access.revoke, name="revoke-grant"),
]
