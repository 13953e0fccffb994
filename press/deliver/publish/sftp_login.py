"""Log in to an SFTP server whose host key is known.

Keys come from the agent, ~/.ssh and ~/.ssh/config, a password from PRESS_SFTP_PASSWORD alone.
"""

import os
import socket
from pathlib import Path
from typing import NoReturn

import paramiko

from press.deliver.publish.target import SFTP_PORT, PublishTarget
from press.ground import paths
from press.problems import ConfigurationError

PASSWORD = "PRESS_SFTP_PASSWORD"  # noqa: S105 - the name of the variable
CONNECT, ANSWER = 15, 30  # seconds
ALIVE = 20  # seconds between two signs of life
MACHINE = Path("/etc/ssh/ssh_known_hosts")


class _Refuse(paramiko.MissingHostKeyPolicy):
    """Refuse a host whose key is not known."""

    def missing_host_key(
        self,
        client: paramiko.SSHClient,  # noqa: ARG002 - paramiko's signature
        hostname: str,
        key: paramiko.PKey,
    ) -> NoReturn:
        """Show the key that the host has, and how to make it known."""
        raise ConfigurationError(
            f"the host key of {hostname} is not known ({key.get_name()} {key.fingerprint}); ask its provider for the "
            f"fingerprint, compare, and log in once with ssh, which remembers it (or name a file with --known-hosts)"
        )


def connect(target: PublishTarget) -> paramiko.SSHClient:
    """Return a connection with the user logged in.

    Raises:
        ConfigurationError: the host or its key is not known, or it refuses the user.
        paramiko.SSHException, EOFError, OSError: the network failed.
    """
    own = _host_settings(target)
    host = own.get("hostname", target.host)
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_Refuse())
    # the host keys that the user and the machine know, or those of --known-hosts alone
    usual = filter(Path.is_file, [Path.home() / ".ssh" / "known_hosts", MACHINE])
    for path in [target.known_hosts] if target.known_hosts else usual:
        try:
            client.load_system_host_keys(str(path))
        except (OSError, paramiko.SSHException, UnicodeDecodeError):
            raise ConfigurationError(
                f"{paths.shown(path)} cannot be read as a list of known hosts"
            ) from None
    try:
        _connect(client, target, own, host)
    except BaseException:
        client.close()
        raise
    if transport := client.get_transport():
        transport.set_keepalive(ALIVE)
    return client


def _connect(
    client: paramiko.SSHClient, target: PublishTarget, own: paramiko.SSHConfigDict, host: str
) -> None:
    # ssh passes over files of ~/.ssh/config that do not exist, too
    keys = [name for name in own.get("identityfile", ()) if Path(name).is_file()]
    only = own.get("identitiesonly", "no") == "yes"
    try:
        client.connect(
            host,
            port=target.port or int(own.get("port", SFTP_PORT)),
            username=target.user or own.get("user"),
            password=os.environ.get(PASSWORD) or None,
            key_filename=keys or None,  # type: ignore[arg-type] # a list is taken, too
            allow_agent=not only,
            look_for_keys=not only,
            timeout=CONNECT,
            banner_timeout=ANSWER,
            auth_timeout=ANSWER,
            channel_timeout=ANSWER,
        )
    except paramiko.BadHostKeyException as error:
        raise ConfigurationError(
            f"{host} shows another host key ({error.key.get_name()} {error.key.fingerprint}) than the one that is "
            "known: it may be an impostor; nothing was sent. Ask its provider before you change known_hosts"
        ) from None
    except (paramiko.AuthenticationException, paramiko.PasswordRequiredException):
        raise ConfigurationError(
            f"{host} does not let {target.user or own.get('user') or 'this user'} in; load the key into the ssh agent "
            f"(ssh-add), name it in ~/.ssh/config, or set {PASSWORD}"
        ) from None
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise ConfigurationError(f"there is no host called {host}") from None


def _host_settings(target: PublishTarget) -> paramiko.SSHConfigDict:
    """Return what ~/.ssh/config sets for the host."""
    path = Path.home() / ".ssh" / "config"
    if not path.is_file():
        return paramiko.SSHConfigDict()
    try:
        own = paramiko.SSHConfig.from_path(str(path)).lookup(target.host)
    except (paramiko.ConfigParseError, paramiko.CouldNotCanonicalize, OSError, ImportError):
        raise ConfigurationError(f"{paths.shown(path)} cannot be read for {target.host}") from None
    for key in ("proxyjump", "proxycommand"):
        if own.get(key, "none") != "none":
            raise ConfigurationError(
                f"~/.ssh/config reaches {target.host} through {key}, which Press does not; open a tunnel with ssh -L"
            )
    return own
