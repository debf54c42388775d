import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Before any schema is made: adds `.openapi()` to what z makes.
extendZodWithOpenApi(z);

export { z };
