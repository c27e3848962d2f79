"""The subcommands of ``zhenggai``: one module each, with ``HELP``, ``add_arguments(parser)`` and ``run(options) -> exit status``.

To add one: copy the nearest module and name it in ``zhenggai.config.command.COMMANDS``.
"""
