/// <reference types="@asteasolutions/zod-to-openapi" preserve="true" />
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Before any schema is made: adds `.openapi()` to what z makes. The reference above stays in the
// declaration, so that those who import z from here see it too.
extendZodWithOpenApi(z);

export { z };
