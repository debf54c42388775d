import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The JSDoc comments of a file's object fields whose names are written like variables. */
export function readComments(file) {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const comments = {};
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && /^[A-Z][A-Z0-9_]+$/.test(node.name.getText())) {
      const comment = ts.getJSDocCommentsAndTags(node).at(-1)?.comment;
      if (typeof comment === 'string') {
        comments[node.name.getText()] = comment.replaceAll(/\s+/g, ' ').trim();
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return comments;
}
