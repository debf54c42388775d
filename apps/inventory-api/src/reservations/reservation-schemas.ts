import { MAX_QUANTITY } from '@inventory-events/domain';
import { textField, uuidField, z } from '@inventory-events/service-runtime/api';
import { lineSchema, quantityField } from '../http/line-fields';
import { MAX_LINES } from './create-reserve';

const MAX_REASON_LENGTH = 255;

const id = z.string().openapi({ format: 'uuid' });
const time = z.string().openapi({ format: 'date-time' });
const status = z.enum(['PENDING', 'COMMITTED', 'CANCELLED', 'EXPIRED']);
const units = z.number().int();

const ttlSecondsField = z.number().int().min(1).max(MAX_QUANTITY).openapi({
  description: 'RESERVATION_MAX_TTL_SECONDS of the service at most.',
});

const reasonField = textField(MAX_REASON_LENGTH).openapi({ description: "For the service's log." });

export const reservationLineSchema = lineSchema(quantityField).openapi('ReservationLine', {
  description:
    'Names its stock entry by inventoryId, by sku or by productId; all that is named has to ' +
    'fit. A product is its entry without variant and warehouse where there is one, or else the ' +
    'only one that fits.',
});

export const reservationRequestSchema = z
  .strictObject({
    orderId: uuidField,
    userId: uuidField.optional(),
    ttlSeconds: ttlSecondsField.optional(),
    items: z.array(reservationLineSchema).min(1).max(MAX_LINES),
  })
  .openapi('ReservationRequest');

export const commitRequestSchema = z
  .strictObject({
    quantity: quantityField.optional().openapi({
      description: 'Sells so many and releases the rest; all where left out.',
    }),
  })
  .prefault({});

export const cancelRequestSchema = z
  .strictObject({
    quantity: quantityField.optional().openapi({
      description: 'Releases so many and holds the rest; all where left out.',
    }),
    reason: reasonField.optional(),
  })
  .prefault({});

export const orderCommitRequestSchema = z.strictObject({}).prefault({});

export const orderCancelRequestSchema = z
  .strictObject({ reason: reasonField.optional() })
  .prefault({});

export const extendRequestSchema = z.strictObject({ ttlSeconds: ttlSecondsField });

const heldReservationSchema = z
  .object({
    reservationId: id,
    inventoryId: id,
    warehouseId: id.nullable(),
    quantity: units.openapi({ description: 'Held; once committed, sold.' }),
    status,
  })
  .openapi('HeldReservation');

export const orderReservationsSchema = z
  .object({
    orderId: id,
    status: status.openapi({
      description:
        'PENDING while anything is held; else COMMITTED where anything was sold; else as the ' +
        'latest ended.',
    }),
    expiresAt: time,
    reservations: z.array(heldReservationSchema),
  })
  .openapi('OrderReservations');

/** What a command answers about the one reservation that it was about. */
export const changedReservationSchema = heldReservationSchema
  .extend({ orderId: id, expiresAt: time })
  .openapi('ChangedReservation');

export const reservationSchema = changedReservationSchema
  .extend({
    userId: id.nullable(),
    productId: id,
    variantId: id.nullable(),
    sku: z.string().nullable(),
    reservedAt: time,
    committedAt: time.nullable(),
    cancelledAt: time.nullable(),
    returnedAt: time.nullable().openapi({ description: 'Its units were sold and came back.' }),
    updatedAt: time,
  })
  .openapi('Reservation');
