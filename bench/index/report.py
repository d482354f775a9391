"""The table: a row a measure, beside nginx where that can do the same."""


class Report:
    def __init__(self):
        self._rows, self._most, self._errors = [], 0, 0

    def compare(self, files, what, ours, nginxs, goal, unit):
        """A rate beside nginx's; `unit` is requests or bytes."""
        mine, other = getattr(ours, unit), getattr(nginxs, unit)
        text = (lambda value: "%.0f/s" % value) if unit == "requests" else (lambda value: "%.0f MB/s" % (value / 1e6))
        self._errors += ours.errors + nginxs.errors
        self._add(files, what, text(mine), text(other), "%.0f %%" % (100 * mine / other), ">= %.0f %%" % (100 * goal), mine / other >= goal)

    def number(self, files, what, value, unit, goal=None, is_met=True):
        self._add(files, what, "%.0f%s" % (value, unit), "", "", goal or "", is_met)

    def print(self):
        head = ("files", "what", "Wheelhouse", "nginx", "ratio", "goal", "met")
        lines = [head, *self._rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        print()
        for line in lines:
            print("  ".join(cell.ljust(width) if column == 1 else cell.rjust(width)
                            for column, (cell, width) in enumerate(zip(line, widths))).rstrip())
        if self._errors:
            print("\n%d answers were errors: the numbers mean nothing" % self._errors)

    @property
    def has_errors(self):
        return self._errors > 0

    def _add(self, files, what, mine, other, ratio, goal, is_met):
        self._rows.append(("%d" % files, what, mine, other, ratio, goal, ("yes" if is_met else "NO") if goal else ""))
        print("  ".join(self._rows[-1]), flush=True)
