from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import signed_in
from tests.factories import body, pdf


def test_walk(acme, rival):
    c = signed_in(acme.alice)
    base = f"/o/{acme.slug}"
    for url in [
        "/",
        f"{base}/files/",
        f"{base}/files/{acme.folder.pk}/",
        f"{base}/files/{acme.folder.pk}/access/",
        f"{base}/files/{acme.folder.pk}/upload/",
        f"{base}/d/{acme.contract.pk}/",
        f"{base}/d/{acme.contract.pk}/access/",
        f"{base}/d/{acme.contract.pk}/share/",
    ]:
        r = c.get(url)
        print(url, r.status_code)
        assert r.status_code in (200, 302), r.content
        assert signed_in(rival.mallory).get(url).status_code == (302 if url == "/" else 404)
    r = c.get(f"{base}/d/{acme.contract.pk}/content/")
    assert body(r) == pdf("contract.pdf")
    r = c.post(
        f"{base}/files/{acme.folder.pk}/upload/",
        {"file": [SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("b.exe", b"MZ")]},
    )
    print(r.content.decode()[-3000:])
    assert r.status_code == 200
