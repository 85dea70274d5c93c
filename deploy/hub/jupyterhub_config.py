"""JupyterHub for a class on one machine. What a school may change is in hub.toml; `make hub` starts it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from school import PROXY, SHORTEST, from_environment

from kit.resources import FIRST

c = get_config()  # type: ignore[name-defined]  # noqa: F821
school = from_environment()

# Who may come in: the class list. Who logs in first under a name chooses its password.
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(school.passwords)
c.FirstUseAuthenticator.min_password_length = SHORTEST
c.JupyterHub.template_vars = {
    "announcement_login": f"First time here? Type the name that your teacher gave you, and choose a password "
    f"of at least {SHORTEST} characters. It is yours from then on."
}
c.Authenticator.allowed_users = set(school.names)
c.Authenticator.allow_existing_users = False  # who is no longer in the list
c.Authenticator.username_pattern = rf"(?:{'|'.join(school.names)})\Z"  # Else strangers leave passwords behind.

# What each gets: a server of one's own, as an account of one's own where the hub may do that.
c.JupyterHub.spawner_class = "localprocess" if school.separate else "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(school.home_of("{username}"))
c.Spawner.cmd = [sys.executable, "-P", "-m", "kit.jupyter.hub"]
c.Spawner.default_url = f"/lab/tree/{FIRST.as_posix()}"
c.Spawner.environment = {"BTL_DROP": lambda spawner: str(school.drop_of(spawner.user.name))}
if school.separate:
    c.Spawner.environment["BTL_OWN_ACCOUNT"] = "1"
c.Spawner.mem_limit = school.memory  # kit/jupyter/hub.py sees to it: this spawner can't.
c.Spawner.start_timeout = 120  # thirty servers that start at once on a small machine
c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 10
c.JupyterHub.active_server_limit = school.at_once

# Whoever does nothing for a while makes room. Answers are in files, so nothing is lost.
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={60 * school.idle_minutes}"],
    }
]

# Where it listens, and the way there.
c.JupyterHub.bind_url = f"{'https' if school.certificate else 'http'}://{school.address}:{school.port}"
c.JupyterHub.ssl_cert = school.certificate
c.JupyterHub.ssl_key = school.key
c.ConfigurableHTTPProxy.command = [str(PROXY)]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(school.proxy_pid)
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{school.port + 1}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{school.port + 2}"  # Always the same: servers outlive a restart.

# Its memory. Students' servers outlive a restart of the hub.
c.JupyterHub.db_url = f"sqlite:///{school.database}"
c.JupyterHub.cookie_secret_file = str(school.hub / "cookie_secret")
c.JupyterHub.cleanup_servers = False
c.JupyterHub.log_level = "WARN"
