"""What a module's source tells without running it: its imports, its names, what is impure in it."""

import ast
from collections.abc import Iterator

# What a pure module may stand on. importlib.metadata: a decision carries the versions of the libraries.
# fmt: off
PURE = {
    "__future__", "abc", "array", "bisect", "collections", "copy", "dataclasses", "datetime",
    "decimal", "difflib", "enum", "fractions", "functools", "hashlib", "heapq", "html",
    "itertools", "math", "operator", "re", "string", "struct", "textwrap",
    "types", "typing", "unicodedata", "zlib",
    "orjson", "rapidfuzz", "numba", "numpy", "ftfy", "pycld2", "wordfreq", "importlib.metadata", "stream.core",
}
# fmt: on
IMPURE_CALLS = {"open", "hash", "id", "print", "input", "eval", "exec", "__import__", "breakpoint"}
CLOCKS = {"now", "utcnow", "today"}
UNWANTED = {"data", "manager", "util", "utils", "helper", "helpers"}
AWAITS = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)


def imports(source: str, package: str = "") -> Iterator[str]:
    """Dotted names, each as deep as it is written: `from stream import worker` gives `stream.worker`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def impurities(source: str, package: str = "") -> list[str]:
    """What a module of the core does that it may not."""
    foreign = [
        f"imports {name}" for name in imports(source, package) if not any(within(name, pure) for pure in PURE)
    ]
    return foreign + [found for node in ast.walk(ast.parse(source)) for found in impure(node)]


def impure(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
            yield f"calls {name}() in line {node.lineno}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
            yield f"reads the clock in line {node.lineno}"
    if isinstance(node, AWAITS):
        yield f"awaits in line {node.lineno}"


def named(source: str) -> Iterator[str]:
    """The names that a module gives: of classes, functions, arguments and variables."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def long_functions(source: str, most: int) -> Iterator[str]:
    """Functions of more lines than that; a table that one returns is not counted: it is read row by row."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            steps = lines(node) - sum(lines(table) for table in returned_tables(node))
            if steps > most:
                yield f"{node.name}: {steps} lines"


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def returned_tables(node: ast.AST) -> list[ast.Return]:
    return [
        inner
        for inner in ast.walk(node)
        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple | ast.List | ast.Dict)
    ]
