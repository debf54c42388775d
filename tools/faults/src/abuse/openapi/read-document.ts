import type { ApiDocument, Operation, Parameter, Schema } from './schema';

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const PREFIX = '#/components/schemas/';

/** What an API says of itself, as it answers it. */
export function readDocument(text: string): ApiDocument {
  const { paths, components } = JSON.parse(text) as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema,
    })),
  );
  return {
    operations,
    resolve(schema) {
      const { $ref } = schema;
      if ($ref === undefined) return schema;
      const found = components?.schemas?.[$ref.replace(PREFIX, '')];
      if (found === undefined) throw new Error(`the document has no ${$ref}`);
      return found;
    },
  };
}
