"""Commands: each a line or two into a service or a job. They commit; a refusal ends them with a sentence and exit 1."""

from flask import Flask

from tracker.cli import accounts, audit, demo, imports, jobs

COMMANDS = (imports.import_report, demo.demo, jobs.jobs, jobs.send_reminders, accounts.sign_in_code, audit.audit)


def register(app: Flask) -> None:
    """Give the commands to `flask --app wsgi`."""
    for command in COMMANDS:
        app.cli.add_command(command)
