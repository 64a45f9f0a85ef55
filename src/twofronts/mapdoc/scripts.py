"""Joining the small JavaScript modules of ``static`` into one inline module script."""

import re
from importlib.resources.abc import Traversable

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |class |function |async function )", re.MULTILINE)
_NAME = re.compile(r"^(?:const|let|class|function|async function) (\w+)", re.MULTILINE)
_FORBIDDEN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(folder: Traversable, entry: str) -> str:
    """One script of a module and all it imports, each once, after what it needs.

    Modules may only use named imports from their own folder and export declarations, so joining them is
    leaving those words out; private names must not clash, since they end up in one scope.

    Raises ``ValueError`` for another form of import or export, a circle of imports or a clash of names.
    """
    done: dict[str, str] = {}
    _collect(folder, entry, done, ())
    script = "\n".join(done.values())
    forbidden = _FORBIDDEN.search(script)
    if forbidden:
        raise ValueError(f"{entry}: cannot join this statement: {forbidden[0]}")
    names = _NAME.findall(script)
    clashes = sorted({name for name in names if names.count(name) > 1})
    if clashes:
        raise ValueError(f"{entry}: names declared in two modules: {', '.join(clashes)}")
    return script


def _collect(folder: Traversable, name: str, done: dict[str, str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(f"circle of imports: {' -> '.join((*path, name))}")
    if name in done:
        return
    source = (folder / name).read_text(encoding="utf-8")
    for needed in _IMPORT.findall(source):
        _collect(folder, needed, done, (*path, name))
    done[name] = _EXPORT.sub("", _IMPORT.sub("", source))
