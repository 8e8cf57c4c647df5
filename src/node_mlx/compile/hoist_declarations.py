"""Declares the variables of a function where JavaScript would: at the assignment that comes first, as
`const` where
there is no other, in the innermost block that holds every use.

Input: the statements of a body, in which variables are only assigned, and their names. Output: the
statements with
declarations. A variable that a closure captures is not declared inside a loop: Python has one for all rounds.
    x = 1; if (c) { y = 2; f(y) }        const x = 1; if (c) { const y = 2; f(y) }
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from node_mlx.compile import estree as js


def hoist_declarations(
    body: list[js.Statement], names: Iterable[str], captured: Iterable[str]
) -> list[js.Statement]:
    wanted = set(names) - set(_declared(body))
    if not wanted:
        return body
    return _Placing(frozenset(captured)).block(body, wanted)


class _Placing:
    def __init__(self, captured: frozenset[str]) -> None:
        self._captured = captured
        self._mentions: dict[js.Node, frozenset[str]] = {}
        self._assignments: dict[js.Node, tuple[str, ...]] = {}

    def mentions(self, node: js.Node) -> frozenset[str]:
        found = self._mentions.get(node)
        if found is None:
            names: set[str] = {node.name} if isinstance(node, js.Identifier) else set()
            for child in _name_children(node):
                if type(child) is js.Identifier:
                    names.add(child.name)
                else:
                    names |= self.mentions(child)
            found = self._mentions[node] = frozenset(names)
        return found

    def assigned(self, node: js.Node) -> tuple[str, ...]:
        """Names that the node assigns to, once for each assignment."""
        found = self._assignments.get(node)
        if found is None:
            names: list[str] = []
            if isinstance(node, js.AssignmentExpression):
                names += _all_names(node.left)
            elif isinstance(node, js.UpdateExpression):
                names += _all_names(node.argument)
            elif isinstance(node, js.ForOfStatement) and isinstance(node.left, js.Expression):
                names += _all_names(node.left)
            elif isinstance(node, js.FunctionDeclaration | js.ClassDeclaration):
                names.append(node.id.name)
            for child in node.children():
                if type(child) is not js.Identifier:
                    names += self.assigned(child)
            found = self._assignments[node] = tuple(names)
        return found

    def block(self, body: list[js.Statement], names: set[str]) -> list[js.Statement]:
        """Declares `names` in this block or further inside."""
        out: list[js.Statement] = []
        counts = Counter(name for item in body for name in self.assigned(item))
        first: dict[int, list[str]] = {}
        inner: dict[int, set[str]] = {}
        for name in sorted(names):
            places = [i for i, item in enumerate(body) if name in self.mentions(item)]
            if not places:
                continue
            if len(places) == 1 and self._goes_inside(body[places[0]], name):
                inner.setdefault(places[0], set()).add(name)
            else:
                first.setdefault(places[0], []).append(name)
        for i, inside in inner.items():
            # A loop's head declares all of its names or none.
            head = _head_names(body[i])
            if head & inside and not head <= inside:
                first.setdefault(i, []).extend(sorted(head & inside))
                inside -= head
        for i, item in enumerate(body):
            here = first.get(i, [])
            if here:
                rest, item = self._declare(item, here, counts)
                if rest:
                    declarators = [js.VariableDeclarator(js.Identifier(name), None) for name in rest]
                    declaration = js.VariableDeclaration("let", declarators)
                    declaration.leading, item.leading = item.leading, []
                    declaration.place = item.place
                    out.append(declaration)
            if i in inner:
                self._inside(item, inner[i], counts)
            out.append(item)
        return out

    def _declare(
        self, item: js.Statement, names: list[str], counts: Counter[str]
    ) -> tuple[list[str], js.Statement]:
        """Turns the statement into a declaration of these names where it can; what is left needs its own."""
        if not isinstance(item, js.ExpressionStatement):
            return names, item
        expression = item.expression
        if not isinstance(expression, js.AssignmentExpression) or expression.operator != "=":
            return names, item
        targets = _pattern_names(expression.left)
        if targets is None or not targets or not set(targets) <= set(names):
            return names, item
        if any(target in self.mentions(expression.right) for target in targets) and not _is_function(
            expression.right
        ):
            return names, item
        if len(set(targets)) != len(targets):
            return names, item
        kind = "const" if all(counts[target] == 1 for target in targets) else "let"
        declaration = js.VariableDeclaration(kind, [js.VariableDeclarator(expression.left, expression.right)])
        declaration.leading, declaration.trailing, declaration.place = item.leading, item.trailing, item.place
        return [name for name in names if name not in targets], declaration

    def _goes_inside(self, item: js.Statement, name: str) -> bool:
        """Whether only one block inside the statement mentions the name, and each of its runs assigns it
        first."""
        blocks = _blocks(item)
        if not blocks:
            return False
        loops = isinstance(item, js.ForOfStatement | js.ForStatement | js.WhileStatement)
        if loops and name in self._captured:
            return False
        if isinstance(item, js.ForOfStatement) and name in self.mentions(item.left):
            return name in _head_names(item) and name not in self.mentions(item.right)
        if any(name in self.mentions(head) for head in _heads(item)):
            return False
        holding = [block for block in blocks if name in self.mentions(block)]
        if len(holding) == 1 and not loops:
            return True
        # Several blocks may have a variable each, if none sees what another left in it.
        return bool(holding) and all(self._assigned_first(block.body, name) for block in holding)

    def _assigned_first(self, body: list[js.Statement], name: str) -> bool:
        for item in body:
            if name not in self.mentions(item):
                continue
            if isinstance(item, js.ExpressionStatement) and isinstance(
                item.expression, js.AssignmentExpression
            ):
                targets = _pattern_names(item.expression.left)
                plain = item.expression.operator == "=" and targets is not None and name in targets
                return plain and name not in self.mentions(item.expression.right)
            if isinstance(item, js.ForOfStatement) and isinstance(item.left, js.Expression):
                targets = _pattern_names(item.left)
                if targets and name in targets:
                    return len([i for i in body if name in self.mentions(i)]) == 1
            if isinstance(item, js.IfStatement) and len([i for i in body if name in self.mentions(i)]) == 1:
                return self._goes_inside(item, name) and any(
                    self._assigned_first(block.body, name)
                    for block in _blocks(item)
                    if name in self.mentions(block)
                )
            return False
        return False

    def _inside(self, item: js.Statement, names: set[str], counts: Counter[str]) -> None:
        if isinstance(item, js.ForOfStatement) and isinstance(item.left, js.Expression):
            heads = _head_names(item)
            if heads and heads <= names:
                kind = "const" if all(counts[name] == 1 for name in heads) else "let"
                item.left = js.VariableDeclaration(kind, [js.VariableDeclarator(item.left, None)])
                names = names - heads
        for block in _blocks(item):
            block.body = self.block(block.body, names)


def _is_function(node: js.Expression) -> bool:
    return isinstance(node, js.FunctionExpression | js.ArrowFunctionExpression | js.ClassExpression)


def _name_children(node: js.Node) -> Iterable[js.Node]:
    """Children that may mention variables: names of properties and keys are none."""
    if isinstance(node, js.MemberExpression):
        return [node.object, node.property] if node.computed else [node.object]
    if isinstance(node, js.Property):
        return [node.key, node.value] if node.computed else [node.value]
    if isinstance(node, js.MethodDefinition | js.PropertyDefinition):
        return [node.value] if node.value is not None else []
    if isinstance(node, js.FunctionExpression | js.ClassExpression):
        # Its name is its own.
        return [child for child in node.children() if child is not node.id]
    return node.children()


def _blocks(item: js.Statement) -> list[js.BlockStatement]:
    """The blocks directly inside a statement, those of a whole `else if` chain included."""
    if isinstance(item, js.IfStatement):
        out = [item.consequent]
        if isinstance(item.alternate, js.BlockStatement):
            out.append(item.alternate)
        elif item.alternate is not None:
            out += _blocks(item.alternate)
        return out
    if isinstance(item, js.ForOfStatement | js.ForStatement | js.WhileStatement):
        return [item.body]
    if isinstance(item, js.TryStatement):
        handler = [item.handler.body] if item.handler else []
        return [item.block, *handler, *([item.finalizer] if item.finalizer else [])]
    if isinstance(item, js.LabeledStatement):
        return _blocks(item.body)
    return [item] if isinstance(item, js.BlockStatement) else []


def _head_names(item: js.Statement) -> set[str]:
    """The variables that the head of a loop assigns."""
    if isinstance(item, js.LabeledStatement):
        return _head_names(item.body)
    if not isinstance(item, js.ForOfStatement) or not isinstance(item.left, js.Expression):
        return set()
    return set(_pattern_names(item.left) or ())


def _heads(item: js.Statement) -> list[js.Node]:
    """The parts of a statement outside its blocks."""
    if isinstance(item, js.IfStatement):
        return [item.test, *(_heads(item.alternate) if isinstance(item.alternate, js.IfStatement) else [])]
    if isinstance(item, js.TryStatement):
        return []
    if isinstance(item, js.LabeledStatement):
        return _heads(item.body)
    blocks = _blocks(item)
    return [child for child in item.children() if child not in blocks]


def _declared(body: list[js.Statement]) -> Iterable[str]:
    """Functions and classes that the body declares itself."""
    for item in body:
        if isinstance(item, js.FunctionDeclaration | js.ClassDeclaration):
            yield item.id.name
        if isinstance(item, js.ForStatement) and isinstance(item.init, js.VariableDeclaration):
            yield from (part.id.name for part in item.init.declarations if isinstance(part.id, js.Identifier))
        for block in _blocks(item):
            yield from _declared(block.body)


def _pattern_names(node: js.Node) -> list[str] | None:
    """The names a pattern assigns; None where it assigns to anything but variables."""
    if isinstance(node, js.Identifier):
        return [node.name]
    if isinstance(node, js.ArrayPattern):
        out: list[str] = []
        for part in node.elements:
            found = _pattern_names(part)
            if found is None:
                return None
            out += found
        return out
    if isinstance(node, js.RestElement):
        return _pattern_names(node.argument)
    return None


def _all_names(node: js.Node) -> Iterable[str]:
    if isinstance(node, js.Identifier):
        yield node.name
    elif isinstance(node, js.ArrayPattern):
        for part in node.elements:
            yield from _all_names(part)
    elif isinstance(node, js.ObjectPattern):
        for part in node.properties:
            yield from _all_names(part)
    elif isinstance(node, js.Property):
        yield from _all_names(node.value)
    elif isinstance(node, js.AssignmentPattern):
        yield from _all_names(node.left)
    elif isinstance(node, js.RestElement):
        yield from _all_names(node.argument)
