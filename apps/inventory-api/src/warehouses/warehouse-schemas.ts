import { textField, z } from '@inventory-events/service-runtime/api';

const MAX_PRIORITY = 1_000_000;

const id = z.string().openapi({ format: 'uuid' });
const time = z.string().openapi({ format: 'date-time' });

const code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/,
    'must be letters, digits, dots and dashes, 20 at most',
  )
  .openapi({ example: 'BER-1', description: 'Its name among people; unique.' });

const optionalFields = {
  address: textField(500).nullable(),
  city: textField(100).nullable(),
  state: textField(100).nullable(),
  country: textField(100).nullable(),
  postalCode: textField(20).nullable(),
  region: textField(50).nullable(),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
};

const isActive = z
  .boolean()
  .openapi({ description: 'One that is not takes no new stock entries.' });

const priority = z
  .number()
  .int()
  .min(0)
  .max(MAX_PRIORITY)
  .openapi({ description: 'The lower, the sooner it is drawn on.' });

const { latitude, longitude, ...places } = optionalFields;

export const warehouseCreationSchema = z
  .strictObject({
    code,
    name: textField(255),
    address: places.address.default(null),
    city: places.city.default(null),
    state: places.state.default(null),
    country: places.country.default(null),
    postalCode: places.postalCode.default(null),
    region: places.region.default(null),
    isActive: isActive.default(true),
    priority: priority.default(1),
    latitude: latitude.default(null),
    longitude: longitude.default(null),
  })
  .refine(hasWholePosition, { path: ['longitude'], message: 'goes together with latitude' })
  .openapi('WarehouseCreation');

export const warehouseUpdateSchema = z
  .strictObject({ code, name: textField(255), ...optionalFields, isActive, priority })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'must change something')
  .refine(hasWholePosition, { path: ['longitude'], message: 'goes together with latitude' })
  .openapi('WarehouseUpdate', { description: 'What is left out stays as it is.' });

export const warehouseSchema = z
  .object({
    warehouseId: id,
    code: z.string(),
    name: z.string(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    country: z.string().nullable(),
    postalCode: z.string().nullable(),
    region: z.string().nullable(),
    isActive: z.boolean(),
    priority: z.number().int(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Warehouse');

/** Half a position is none. */
function hasWholePosition(given: {
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
}): boolean {
  return (given.latitude ?? null) === null
    ? (given.longitude ?? null) === null && 'latitude' in given === 'longitude' in given
    : (given.longitude ?? null) !== null;
}
