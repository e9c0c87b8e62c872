"""Writes __tests__/vectors/botocore-signatures.json: requests as botocore signs them, with the keys of AWS's examples.

    python3 scripts/botocoreSignatures.py

Those for S3 are what its own client sends for a key or an option; nothing goes over the network.
Botocore has to be one whose signers ask `get_current_datetime` for the time, as 1.43 does.
"""
import io
import json
from datetime import datetime, timezone
from unittest import mock
from urllib.parse import urlsplit

import botocore
import botocore.auth
import urllib3
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import Session

REGION = "us-east-1"
KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
NOW = datetime(2015, 8, 30, 12, 36, tzinfo=timezone.utc)

PATHS = [
    "/a/b/.",
    "/a/b/..",
    "/a/b/./",
    "/a/b/../",
    "/a/./b//c/",
    "/.",
    "/..",
    "/a/..",
    "/a+b",
    "/a%2Bb",
    "/a%20b/%C3%A9",
    "/a?b=2&b=1&a=%2B%20%C3%A9",
]
KEYS_OF_OBJECTS = ["a+b", "a b", "a%2Bb", "a/./b", "a/b/..", "a//b/", "é/漢", "!'()*~,;=@:&$"]


def main():
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: NOW):
        rows = [*api_requests(), *s3_requests()]
    head = {"botocore": botocore.__version__, "madeBy": "scripts/botocoreSignatures.py; not to be edited by hand"}
    with open("__tests__/vectors/botocore-signatures.json", "w", encoding="utf-8") as file:
        json.dump({**head, "requests": rows}, file, ensure_ascii=False, indent=2)
        file.write("\n")


def api_requests():
    """Of an API, as botocore's signers sign what they are given."""
    for path in PATHS:
        for kind, signer in [("header", SigV4Auth), ("query", SigV4QueryAuth)]:
            request = AWSRequest("GET", "https://example.amazonaws.com" + path)
            signer(KEYS, "execute-api", REGION).add_auth(request)
            yield row(f"execute-api, {kind}: {path}", "execute-api", request.prepare())


def s3_requests():
    """Of S3, as botocore's client sends them."""
    sent = []

    def keep(request, **_):
        sent.append(request)
        return AWSResponse(request.url, 200, {}, urllib3.HTTPResponse(io.BytesIO(b""), preload_content=False))

    session = Session()
    session.set_credentials(KEYS.access_key, KEYS.secret_key)
    config = Config(s3={"addressing_style": "path"}, signature_version="s3v4")
    client = session.create_client("s3", REGION, endpoint_url="https://example.amazonaws.com", config=config)
    client.meta.events.register("before-send.s3", keep)
    for key in KEYS_OF_OBJECTS:
        client.head_object(Bucket="bucket", Key=key)
        yield row(f"s3, header: {key}", "s3", sent.pop())
        url = client.generate_presigned_url("get_object", {"Bucket": "bucket", "Key": key})
        yield row(f"s3, query: {key}", "s3", AWSRequest("GET", url).prepare())
    client.put_object(Bucket="bucket", Key="a+b", Body=io.BytesIO(b"Hello"))
    yield row("s3, a body with a checksum after it", "s3", sent.pop())


def row(name, service, request):
    """A request as it goes out, but for its User-Agent."""
    url = urlsplit(request.url)
    headers = {"Host": url.netloc}
    for header, value in request.headers.items():
        if header.lower() not in ("user-agent", "amz-sdk-invocation-id", "amz-sdk-request"):
            headers[header] = value.decode() if isinstance(value, bytes) else value
    body = request.body or b""
    text = body.read() if hasattr(body, "read") else body
    target = url.path + ("?" + url.query if url.query else "")
    return {
        "name": name,
        "service": service,
        "method": request.method,
        "target": target,
        "headers": headers,
        "body": text.decode() if isinstance(text, bytes) else text,
    }


main()
