import {
  type CallOptions,
  type Client,
  ClientError,
  createChannel,
  createClient,
  Metadata,
  Status,
} from 'nice-grpc';
import { BadRequest, ErrorInfo, PreconditionFailure } from '../generated/google/rpc/error_details';
import { Status as StatusMessage } from '../generated/google/rpc/status';
import { HealthDefinition } from '../generated/grpc/health/v1/health';
import { ServerReflectionDefinition } from '../generated/grpc/reflection/v1/reflection';
import { StockServiceDefinition } from '../generated/inventory/stock/v1/stock';
import { InventoryServiceDefinition } from '../generated/inventory/v1/inventory';
import { signToken } from './sign-token';

export interface GrpcConnection {
  readonly inventory: Client<typeof InventoryServiceDefinition>;
  readonly stock: Client<typeof StockServiceDefinition>;
  readonly health: Client<typeof HealthDefinition>;
  readonly reflection: Client<typeof ServerReflectionDefinition>;
  close(): void;
}

/** A connection of its own: clients of one process share theirs otherwise. */
export function connectGrpc(port: number): GrpcConnection {
  const channel = createChannel(`127.0.0.1:${port}`, undefined, {
    'grpc.use_local_subchannel_pool': 1,
  });
  return {
    inventory: createClient(InventoryServiceDefinition, channel),
    stock: createClient(StockServiceDefinition, channel),
    health: createClient(HealthDefinition, channel),
    reflection: createClient(ServerReflectionDefinition, channel),
    close: () => channel.close(),
  };
}

/** Call options with the token of a role, and whatever else goes with the call. */
export function as(role: string, metadata: Record<string, string> = {}): CallOptions {
  const token = signToken({ roles: [role], sub: `grpc-${role}` });
  return { metadata: Metadata({ authorization: `Bearer ${token}`, ...metadata }) };
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The stable code. */
  readonly reason: string | undefined;
  readonly fields: readonly string[];
  readonly shortages: readonly string[];
}

/** How a call was refused, with all that its details tell. */
export async function refusalOf(
  call: (options: CallOptions) => Promise<unknown>,
  options: CallOptions = as('operator'),
): Promise<Refusal> {
  let details = new Uint8Array();
  const onTrailer = (trailer: Metadata) => {
    details = new Uint8Array(trailer.get('grpc-status-details-bin') ?? []);
  };
  try {
    await call({ ...options, onTrailer });
  } catch (error) {
    if (error instanceof ClientError) return toRefusal(error, details);
    throw error;
  }
  throw new Error('the call was not refused');
}

function toRefusal(error: ClientError, bytes: Uint8Array): Refusal {
  const status = StatusMessage.decode(bytes);
  if (bytes.length > 0) expect([status.code, status.message]).toEqual([error.code, error.details]);
  const find = (name: string) =>
    status.details.find(({ typeUrl }) => typeUrl === `type.googleapis.com/google.rpc.${name}`)
      ?.value ?? new Uint8Array();
  const { reason, domain } = ErrorInfo.decode(find('ErrorInfo'));
  if (reason !== '') expect(domain).toBe('inventory-events');
  return {
    code: Status[error.code],
    message: error.details,
    reason: reason === '' ? undefined : reason,
    fields: BadRequest.decode(find('BadRequest')).fieldViolations.map(({ field }) => field),
    shortages: PreconditionFailure.decode(find('PreconditionFailure')).violations.map(
      ({ type, subject, description }) => `${type} ${subject} ${description}`,
    ),
  };
}
