import ts from 'typescript';

/**
 * Lists everything that the package exports with its type, as reviewers of a change see it. A
 * change of this report is a change for the teams that import the package. Schemas are named only:
 * the types made from them and the JSON Schemas show what is in them.
 */
export function toApiReport(entryFile: string, options: ts.CompilerOptions): string {
  const program = ts.createProgram([entryFile], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(entryFile);
  const module = entry && checker.getSymbolAtLocation(entry);
  if (!entry || !module) throw new Error(`${entryFile} is not a module`);
  const lines = checker
    .getExportsOfModule(module)
    .map((symbol) => describeExport(symbol, checker, entry))
    .sort();
  return [
    '# Exports of @inventory-events/contracts',
    '',
    'Generated; a difference in review is a difference for every consumer.',
    '',
    '```ts',
    lines.join('\n\n'),
    '```',
    '',
  ].join('\n');
}

function describeExport(symbol: ts.Symbol, checker: ts.TypeChecker, entry: ts.SourceFile): string {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.declarations?.[0];
  if (!declaration) throw new Error(`${symbol.name} has no declaration`);
  const print = (type: ts.Type) => printType(type, checker, entry);
  if (ts.isInterfaceDeclaration(declaration)) return unexported(printNode(declaration));
  if (ts.isTypeAliasDeclaration(declaration)) {
    // What zod infers from a schema is spelt out; any other alias reads best as it was written.
    const inferred = /^z\.output<\s*typeof /.test(declaration.type.getText());
    if (!inferred) return unexported(printNode(declaration));
    return `type ${symbol.name} = ${print(checker.getDeclaredTypeOfSymbol(target))};`;
  }
  if (ts.isFunctionDeclaration(declaration)) return unexported(signatureText(declaration));
  const type = checker.getTypeOfSymbolAtLocation(target, declaration);
  return `const ${symbol.name}: ${schemaName(type) ?? printConstant(type, checker, print)};`;
}

function signatureText(declaration: ts.FunctionDeclaration): string {
  const start = declaration.getStart();
  const end = declaration.body?.getStart() ?? declaration.getEnd();
  const text = declaration.getSourceFile().text.slice(start, end).trim();
  return `${text.replace(/\s+/g, ' ')};`;
}

function unexported(text: string): string {
  return text.replace(/^export /, '');
}

/** A constant that maps names to schemas is shown as its names; anything else as its type. */
function printConstant(
  type: ts.Type,
  checker: ts.TypeChecker,
  print: (type: ts.Type) => string,
): string {
  const properties = type.getProperties().map((property) => ({
    name: property.name,
    schema: schemaName(checker.getTypeOfSymbol(property)),
  }));
  if (!properties.some(({ schema }) => schema)) return print(type);
  const lines = properties.map(({ name, schema }) => `    readonly "${name}": ${schema};`);
  return ['{', ...lines, '}'].join('\n');
}

function schemaName(type: ts.Type): string | undefined {
  const name = type.getSymbol()?.name;
  return name?.startsWith('Zod') ? name : undefined;
}

function printType(type: ts.Type, checker: ts.TypeChecker, entry: ts.SourceFile): string {
  const flags =
    ts.NodeBuilderFlags.NoTruncation |
    ts.NodeBuilderFlags.InTypeAlias |
    ts.NodeBuilderFlags.MultilineObjectLiterals;
  const node = checker.typeToTypeNode(type, entry, flags);
  if (!node) throw new Error(`${checker.typeToString(type)} can't be printed`);
  return printNode(node, entry);
}

function printNode(node: ts.Node, file?: ts.SourceFile): string {
  const printer = ts.createPrinter({ removeComments: true });
  const source = node.getSourceFile() as ts.SourceFile | undefined;
  const owner = source ?? file;
  if (!owner) throw new Error('a node of no file');
  return printer.printNode(ts.EmitHint.Unspecified, node, owner);
}
