"""Publish to a bucket of S3, or of a store with the same protocol, through fsspec; an object is replaced whole.

Keys, region and endpoint come from where all tools for S3 look: AWS_* variables and ~/.aws.
"""

import errno
import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import s3fs
from botocore import exceptions as botocore

from press.deliver.publish.storage import OnSent, ServedAs, Storage, StoredEntry, TransientError
from press.deliver.publish.target import PublishTarget
from press.problems import ConfigurationError, OutputError

CONNECT, STALLED = 15, 60  # seconds
# s3fs's words for 5xx, 409 and 'slow down'
PASSING = {errno.EBUSY, errno.EIO, getattr(errno, "EREMOTEIO", errno.EIO)}

# their own messages would go to standard error beside ours, with addresses and tracebacks
for _name in ("s3fs", "fsspec", "botocore", "aiobotocore", "asyncio"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class S3Storage(Storage):
    """A prefix in a bucket. It has no folders, only names with '/'."""

    def __init__(self, target: PublishTarget, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._target = target
        self._bucket, _, prefix = target.path.partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        own = {"connect_timeout": CONNECT, "read_timeout": STALLED}
        once = {"total_max_attempts": 1}  # Storage repeats attempts, and limits them
        self._files = s3fs.S3FileSystem(
            anon=False,
            config_kwargs=own | {"retries": once},
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        self._files.retries = 1

    def entries(self, folder: str) -> dict[str, StoredEntry]:
        prefix = f"{self._prefix}{folder}/" if folder else self._prefix
        entries: dict[str, StoredEntry] = {}
        more: dict[str, str] = {}
        while True:
            with self._refused(folder):
                page = self._files.call_s3(
                    "list_objects_v2", Bucket=self._bucket, Prefix=prefix, Delimiter="/", **more
                )
            for info in page.get("Contents", ()):
                mark, changed = info["ETag"].strip('"'), info["LastModified"].timestamp()
                name = info["Key"].removeprefix(prefix)
                entries[name] = StoredEntry("file", info["Size"], mark, changed)
            if not page.get("IsTruncated"):
                return entries
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def read(self, path: str) -> bytes | None:
        with self._refused(path), suppress(FileNotFoundError):
            return bytes(self._files.cat_file(self._full(path)))
        return None

    def write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:
        kind, cache = served
        with self._refused(path):
            self._files.pipe_file(self._full(path), data, ContentType=kind, CacheControl=cache)
        on_sent(len(data))

    def rename(self, path: str, to: str) -> None:
        """Copy within the store, which keeps type and cache; remove the original."""
        with self._refused(to, missing=True):
            self._files.cp_file(self._full(path), self._full(to))
        self.remove(path)

    def _make_folder(self, path: str) -> None:
        pass  # a name needs no folder

    def remove(self, path: str) -> None:
        with self._refused(path), suppress(FileNotFoundError):
            self._files.rm_file(self._full(path))

    def remove_folder(self, path: str) -> None:
        pass  # gone with its last name

    def _full(self, path: str) -> str:
        return f"{self._bucket}/{self._prefix}{path}"

    @contextmanager
    def _refused(self, path: str, *, missing: bool = False) -> Iterator[None]:
        """Turn what the store or the network refuses into errors with our own words: theirs hold addresses."""
        try:
            yield
        except FileNotFoundError:
            if missing:
                raise
            raise ConfigurationError(f"there is no bucket called {self._bucket}") from None
        except PermissionError:
            raise ConfigurationError(
                f"{self._target} does not let this key in ({path or 'its list'}); see the rights in "
                "docs/publishing.md, and the clock of this machine"
            ) from None
        except ValueError:  # of something that is not an address, or not a region
            raise ConfigurationError(
                "AWS_ENDPOINT_URL or AWS_REGION cannot be read; an endpoint is an address with https://"
            ) from None
        except (botocore.BotoCoreError, OSError) as error:
            raise self._failure(error, path) from None

    def _failure(self, error: Exception, path: str) -> Exception:
        """Return what to raise instead of *error*."""
        kind = type(error).__name__
        if isinstance(error, botocore.SSLError):
            return ConfigurationError("the store's certificate is not one that this machine trusts")
        cause = getattr(error, "kwargs", {}).get("error")
        cause = getattr(cause, "os_error", cause)
        if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
            return ConfigurationError(
                "the store's host is not known; see AWS_ENDPOINT_URL and AWS_REGION"
            )
        passing = (
            botocore.HTTPClientError,
            botocore.ConnectionError,
            TimeoutError,
            ConnectionError,
        )
        number = error.errno if isinstance(error, OSError) else 0
        if isinstance(error, passing) or number in PASSING:
            return TransientError(f"no answer from the store ({kind})")
        if isinstance(error, botocore.BotoCoreError):
            return ConfigurationError(
                f"no usable key for {self._target} ({kind}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
                "AWS_PROFILE for one of ~/.aws"
            )
        return OutputError(f"{self._target}/{path}: the store refuses ({kind} {number})")
