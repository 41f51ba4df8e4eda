import ts from 'typescript';
import { expect, test } from 'vitest';

// The compiler reads declarations and their comments; nothing is type-checked, so this takes a second or two.
const program = ts.createProgram(['src/index.ts'], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  noLib: true,
});
const checker = program.getTypeChecker();
const index = program.getSourceFile('src/index.ts')!;
const names = checker.getExportsOfModule(checker.getSymbolAtLocation(index)!).map((name) => ({
  name: name.name,
  symbol: (name.flags & ts.SymbolFlags.Alias) === 0 ? name : checker.getAliasedSymbol(name),
}));

function documented(symbol: ts.Symbol): boolean {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim().length >= 20;
}

test('every public name says what it is', () => {
  expect(names.length).toBeGreaterThan(90);
  expect(names.filter(({ symbol }) => !documented(symbol)).map(({ name }) => name)).toEqual([]);
});

test('so does every method and constructor of a public class or interface', () => {
  const silent = names.flatMap(({ name, symbol }) =>
    (symbol.declarations ?? []).flatMap((declaration) => {
      if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return [];
      return (declaration.members as ts.NodeArray<ts.ClassElement | ts.TypeElement>)
        .filter(
          (member) =>
            ts.isMethodDeclaration(member) ||
            ts.isMethodSignature(member) ||
            ts.isGetAccessor(member) ||
            ts.isConstructorDeclaration(member),
        )
        .filter((member) => ts.getJSDocCommentsAndTags(member).length === 0)
        .map((member) => `${name}.${member.name?.getText() ?? 'constructor'}`);
    }),
  );
  expect(silent).toEqual([]);
});

test('every function that a public name throws from says so where it is written: no undocumented `throw` at its top', () => {
  const silent: string[] = [];
  for (const { name, symbol } of names) {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isFunctionDeclaration(declaration) || declaration.body === undefined)
      continue;
    let throws = false;
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) || ts.isTryStatement(node)) return;
      if (ts.isThrowStatement(node)) throws = true;
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(declaration.body, visit);
    const comment = declaration.getFullText().slice(0, declaration.getLeadingTriviaWidth());
    if (throws && !/throws|GoodOrderError|RangeError|TypeError|refuse/i.test(comment)) silent.push(name);
  }
  expect(silent).toEqual([]);
});
