import { EVENT_VERSION, messageHeaders, topology } from '../src/index';
import type { ContractMessage } from './contract-messages';
import { type JsonSchema, toJsonSchema } from './json-schema';

const SCHEMA_FORMAT = 'application/schema+json;version=draft-07';

const eventHeaders: JsonSchema = {
  type: 'object',
  required: [messageHeaders.itemId, messageHeaders.sequence],
  properties: {
    [messageHeaders.itemId]: { type: 'string', format: 'uuid' },
    [messageHeaders.sequence]: { type: 'integer', minimum: 1 },
    [messageHeaders.traceparent]: { type: 'string' },
  },
};

/** The AsyncAPI 3.0 document of all messages; `exampleOf` gives the fixture of one by its name. */
export function toAsyncApiDocument(
  messages: readonly ContractMessage[],
  exampleOf: (name: string) => unknown,
): JsonSchema {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Inventory events',
      version: EVENT_VERSION,
      description: 'Inventory updates and order messages in; audited, ordered stock events out.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: toChannels(messages),
    operations: toOperations(messages),
    components: {
      messages: Object.fromEntries(
        messages.map((message) => [message.name, toMessage(message, exampleOf(message.name))]),
      ),
    },
  };
}

function toMessage(message: ContractMessage, example: unknown): JsonSchema {
  return {
    name: message.name,
    title: message.name,
    summary: message.summary,
    contentType: 'application/json',
    ...(message.direction === 'produced' && { headers: eventHeaders }),
    payload: { schemaFormat: SCHEMA_FORMAT, schema: toJsonSchema(message, 'draft-7') },
    examples: [{ payload: example }],
  };
}

function toChannels(messages: readonly ContractMessage[]): JsonSchema {
  const channels: JsonSchema = {};
  for (const message of messages) {
    channels[message.address] ??= {
      address: message.address,
      messages: Object.fromEntries(
        messages
          .filter(({ address }) => address === message.address)
          .map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]),
      ),
      bindings: { amqp: toAmqpBinding(message) },
    };
  }
  return channels;
}

function toAmqpBinding({ exchange, address }: ContractMessage): JsonSchema {
  const bindingVersion = '0.3.0';
  if (exchange === null) {
    const queue = { name: address, durable: true, exclusive: false, autoDelete: false };
    return { is: 'queue', queue, bindingVersion };
  }
  const name = topology.exchanges[exchange];
  const type = topology.exchangeTypes[exchange];
  return {
    is: 'routingKey',
    exchange: { name, type, durable: true, autoDelete: false },
    bindingVersion,
  };
}

function toOperations(messages: readonly ContractMessage[]): JsonSchema {
  return Object.fromEntries(
    messages.map(({ name, summary, direction, address }) => {
      const channel = `#/channels/${address}`;
      const operation = {
        action: direction === 'produced' ? 'send' : 'receive',
        summary,
        channel: { $ref: channel },
        messages: [{ $ref: `${channel}/messages/${name}` }],
      };
      return [`${direction === 'produced' ? 'publish' : 'consume'}.${name}`, operation];
    }),
  );
}
