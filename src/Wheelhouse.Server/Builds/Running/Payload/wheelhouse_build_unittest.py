"""Runs a project's unittest tests and writes what they say as JUnit XML.

    wheelhouse_build_unittest.py REPORT
"""
import os
import sys
import time
import traceback
import unittest
from xml.etree import ElementTree

NO_TESTS = 5


class Result(unittest.TextTestResult):
    def __init__(self, *arguments, **words):
        super().__init__(*arguments, **words)
        self.suite = ElementTree.Element("testsuite", name="unittest")
        self._case, self._begun = None, 0

    def startTest(self, test):
        super().startTest(test)
        self._begun = time.perf_counter()
        self._case = self._add(test)

    def stopTest(self, test):
        self._case.set("time", "%.3f" % (time.perf_counter() - self._begun))
        self._case = None
        super().stopTest(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell(test, "failure", err)

    def addError(self, test, err):
        super().addError(test, err)
        self._tell(test, "error", err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._tell(subtest, "failure", err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        ElementTree.SubElement(self._case if self._case is not None else self._add(test), "skipped", message=reason)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        ElementTree.SubElement(self._case, "failure", message="It passed, and was expected to fail.")

    def _add(self, test):
        folder, _, name = test.id().rpartition(".")
        return ElementTree.SubElement(self.suite, "testcase", classname=folder, name=name, time="0")

    def _tell(self, test, kind, err):
        case = self._case if self._case is not None else self._add(test)
        message = "".join(traceback.format_exception_only(err[0], err[1])).strip().split("\n")[0]
        ElementTree.SubElement(case, kind, message=printable(message)).text = printable("".join(traceback.format_exception(*err)))


def printable(text):
    """XML has no control characters."""
    return "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in text)


def suites():
    """The tests of the packages here, and those of folders for tests that are no packages. What is installed wins over what lies here."""
    for start in (".", "tests", "test"):
        if start == "." or (os.path.isdir(start) and not os.path.exists(start + "/__init__.py")):
            top = os.path.abspath(start)
            sys.path.append(top)
            yield unittest.TestLoader().discover(top, pattern="*test*.py", top_level_dir=top)


def main():
    report = sys.argv[1]
    sys.argv[1:] = []
    sys.path.pop(0)
    result = unittest.TextTestRunner(stream=sys.stdout, resultclass=Result, verbosity=1).run(unittest.TestSuite(suites()))
    ElementTree.ElementTree(result.suite).write(report)
    sys.exit(NO_TESTS if result.testsRun == 0 and result.wasSuccessful() else 0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
