"""Gives a project the version that it is to be built as."""
import os
import re

import wheelhouse_build_source as source

TABLES = {"pyproject.toml": ("project", "tool.poetry"), "setup.cfg": ("metadata",)}
BY_VARIABLE = ("SETUPTOOLS_SCM_PRETEND_VERSION", "PBR_VERSION", "PDM_BUILD_SCM_VERSION", "POETRY_DYNAMIC_VERSIONING_BYPASS")


def set_in(folder, job, channel):
    """Writes the version over a fixed one in the working copy, and returns the variables that say it to backends that ask git."""
    version = job["version"]
    if not version:
        return {}
    for name, tables in TABLES.items():
        text = source.text_of(os.path.join(folder, name))
        for table in tables if text else ():
            changed = replaced(text, table, version, '"' if name.endswith(".toml") else "")
            if changed != text:
                channel.log("The version in %s is set to %s." % (name, version))
                with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
                    stream.write(changed)
                text = changed
    variables = dict.fromkeys(BY_VARIABLE, version)
    variables["SETUPTOOLS_SCM_PRETEND_VERSION_FOR_" + re.sub(r"[-_.]+", "_", job["project"]).upper()] = version
    return variables


def replaced(text, table, version, quote):
    lines, inside = text.split("\n"), False
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            inside = header.group(1) == table
        elif inside and re.match(r"\s*version\s*=", line) and "attr:" not in line and "file:" not in line:
            lines[number] = "version = %s%s%s" % (quote, version, quote)
    return "\n".join(lines)
