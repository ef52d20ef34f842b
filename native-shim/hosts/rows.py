"""What was tried in a host, a row each, and how it is told."""
import json
import sys


def said(row):
    figures = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in row.items() if k not in ("tried", "passed"))
    return f"{row['tried']:>16}: {'passed' if row['passed'] else 'FAILED'}  {figures}"


class Rows(list):
    def row(self, tried, passed, **figures):
        self.append({"tried": tried, "passed": bool(passed), **figures})

    def cannot(self, tried, why):
        """The host has no means for it, which counts as failed."""
        self.append({"tried": tried, "passed": False, "why": why})

    def tell(self):
        """Prints the rows, as JSON if the command line says --json, and exits: 0 if all passed but what the host cannot do."""
        if "--json" in sys.argv:
            print(json.dumps({"rows": self}))
        else:
            for row in self:
                print(said(row))
        sys.exit(0 if all(row["passed"] or "why" in row for row in self) else 1)
