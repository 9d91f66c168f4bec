"""How templates become Python: what is known beforehand is done once, and not for every page.

For an include, Jinja finds the template, hands it a copy of every name and gathers what it says,
each time; it looks up what is imported, and calls for every icon. Here an include becomes a part
of the template around it, in a scope of its own; what is imported is looked up once; and
`icon("bell")` is what it draws. Those two names are nobody's variable, and a name that an include
reads is set before it, never after.
"""

from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

# What these say depends on their words alone.
CONSTANT = frozenset({"asset", "icon"})


class Templates(Environment):
    """Jinja's environment, of templates that do not change while it lives."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.modules: dict[str, Any] = {}

    def module(self, name: str) -> Any:
        """The macros of a template, which know nothing of the page that imports them."""
        if name not in self.modules:
            self.modules[name] = self.get_template(name).module
        return self.modules[name]


class Compiler(CodeGenerator):
    """Writes the Python of a template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """All of it, its includes put in place before."""
        super().visit_Template(PutInPlace(self.environment, self.name).visit(node), frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(")")


Templates.code_generator_class = Compiler


class PutInPlace(NodeTransformer):
    """Includes become what they include, and calls without unknowns what they say."""

    def __init__(self, environment: Environment, *around: str | None) -> None:
        self.environment = environment
        self.around = around

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        """What is included, in a scope of its own; one that a variable names stays as it is."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or name in self.around or not node.with_context:
            return node
        found = self.environment.parse(_source(self.environment, name), name)
        PutInPlace(self.environment, *self.around, name).visit(found)
        scope = nodes.Scope(found.body).set_environment(self.environment)
        # An error in it is one of this line, for that of another file would say nothing here.
        return scope.set_lineno(node.lineno, override=True)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """What it says, if that is known."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in CONSTANT:
            return node
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            words = [argument.as_const() for argument in node.args]
        except nodes.Impossible:
            return node
        said = cast("Any", self.environment.globals[node.node.name])(*words)
        return nodes.Const(said, lineno=node.lineno, environment=self.environment)


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None  # noqa: S101 - all of ours are files
    return environment.loader.get_source(environment, name)[0]
