"""Read YAML with the line of everything in it, and refuse what a person does not expect of YAML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError
from ..files import read_text

PLAIN_NUMBER = {"int": re.compile(r"0|[1-9][0-9]*"), "float": re.compile(r"(0|[1-9][0-9]*)\.[0-9]+")}

Lines = dict[tuple, int]  # the path of keys and positions to something -> the line it starts on


def read_yaml(file: Path) -> tuple[Any, Lines]:
    """Return the file's content and, for every path in it, the line it starts on."""
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = read_text(file)
    try:
        loader = loader_class(text)
        root = loader.get_single_node()
        lines: Lines = {}
        return _build(loader, root, (), lines, set(), file) if root is not None else {}, lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(f"this is not YAML: {error.problem}", "check indentation, quotes and brackets there",
                         file=file, line=mark.line + 1 if mark else None) from error
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        raise InputError(f"this is not YAML: the character U+{code:04X} may not stand there", "take it out",
                         file=file, line=text.count("\n", 0, error.position) + 1) from error
    except RecursionError as error:
        raise InputError("this is not YAML that can be read: it is nested too deeply", "write it flatter",
                         file=file) from error


def _build(loader: Any, node: yaml.Node, path: tuple, lines: Lines, seen: set[int], file: Path) -> Any:
    line = lines[path] = node.start_mark.line + 1
    if id(node) in seen:  # a few lines of aliases of aliases would unfold to gigabytes
        raise InputError("an alias (*name) stands here", "write it out, or make a list under `terms`", file=file)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        built = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if key in built:
                raise InputError(f"the key '{key}' stands twice", "keep one of them", file=file, line=key_line)
            built[key] = _build(loader, value_node, (*path, key), lines, seen, file)
            lines[(*path, key)] = key_line
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, (*path, i), lines, seen, file) for i, child in enumerate(node.value)]
    sort = node.tag.rpartition(":")[2]
    if sort == "bool" or sort in PLAIN_NUMBER and not PLAIN_NUMBER[sort].fullmatch(node.value):
        # YAML 1.1 reads on, no, 20:30, 010 and 1e3 as true, false, 1230, 8 and 1000; here they are words.
        return node.value
    try:
        return loader.construct_object(node)
    except ValueError as error:
        raise InputError(f"'{node.value}' is no value: {error}", "correct it, or put it in quotes",
                         file=file, line=line) from error
