from django.urls import path

from vault.views import access, documents, files, uploads

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
    path(DOCUMENT, documents.document, name="document"),
    path(f"{DOCUMENT}content/", documents.content, name="content"),
    path(f"{DOCUMENT}access/", access.document_access, name="document-access"),
    path(f"{DOCUMENT}wall/", access.document_wall, name="document-wall"),
    path("grants/<uuid:grant_id>/revoke/", access.revoke, name="revoke-grant"),
]
