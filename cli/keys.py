"""`flask rotate-keys`: everything encrypted under the newest key, so that old keys can be removed."""

import click

from domain import key_rotation


@click.command("rotate-keys")
@click.option("--anew", is_flag=True, help="look at everything once more")
def rotate_keys(anew: bool) -> None:
    """Encrypt everything under the newest of ENCRYPTION_KEYS; it may be stopped and started again."""
    if anew:
        key_rotation.begin_anew()
    with click.progressbar(length=key_rotation.total(), label="Looking at") as bar:
        changed = key_rotation.rotate(bar.update)
    click.echo(f"{changed} were under an older key; everything is under the newest one now.")
    click.echo("The older keys can be removed from ENCRYPTION_KEYS once every process has been restarted.")


COMMANDS = [rotate_keys]
