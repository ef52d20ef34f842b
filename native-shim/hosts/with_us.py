"""Words before a command that end it when whoever started it ends, however that was."""

WITH_US = ("setpriv", "--pdeathsig", "KILL")
