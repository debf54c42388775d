import { deafRelay } from '../scenarios/deaf-relay';
import { stalledBroker } from '../scenarios/stalled-broker';
import { partlyUnroutable, unroutable } from '../scenarios/unroutable';
import type { Mutant } from './mutant';

const RELAY = 'apps/outbox-relay/src/relay';
const PUBLISHER = 'libs/messaging/src/publisher/create-confirm-publisher.ts';

/** Between the outbox and the broker. */
export const relayMutants: readonly Mutant[] = [
  {
    name: 'delete-before-confirm',
    bug: 'an event is deleted when it is sent',
    scenario: stalledBroker,
    verdicts: ['never published'],
    edits: {
      'outbox-relay': [
        {
          file: `${RELAY}/relay.ts`,
          find: 'this.#deleter.add(lane, event.position);',
          replace: '',
        },
        {
          file: `${RELAY}/relay.ts`,
          find: 'this.#options.publisher.publish(message,',
          replace: `this.#deleter.add(lane, event.position);
            this.#options.publisher.publish(message,`,
        },
      ],
    },
  },
  {
    name: 'no-confirm',
    bug: 'an event counts as published when it is written to the socket',
    scenario: stalledBroker,
    verdicts: ['never published'],
    edits: {
      'outbox-relay': [
        {
          file: PUBLISHER,
          find: 'outsideOfClient(() => this.#settle(open, properties.messageId, error, onOutcome));',
          replace: 'void error;',
        },
        {
          file: PUBLISHER,
          find: 'this.#inFlight += 1;',
          replace: "onOutcome('confirmed', undefined);",
        },
      ],
    },
  },
  {
    name: 'not-mandatory',
    bug: 'an event that no queue takes counts as published',
    scenario: unroutable,
    verdicts: ['never published'],
    edits: {
      'outbox-relay': [
        {
          file: `${RELAY}/to-outgoing-message.ts`,
          find: 'mandatory: true,',
          replace: 'mandatory: false,',
        },
      ],
    },
  },
  {
    name: 'failure-overtaken',
    bug: 'an event that failed does not hold back those behind it',
    scenario: partlyUnroutable,
    verdicts: ['order violated'],
    edits: {
      'outbox-relay': [
        {
          file: `${RELAY}/relay.ts`,
          find: 'this.#failures.add({ lane, event, code, detail });',
          replace: `this.#lanes.gone(lane);
            setTimeout(() => this.#claimer.restart(), 300);`,
        },
      ],
    },
  },
  {
    name: 'notification-only',
    bug: 'the relay neither polls nor listens again when it was cut off',
    scenario: deafRelay,
    verdicts: ['stuck'],
    edits: {
      'outbox-relay': [
        {
          file: `${RELAY}/claimer.ts`,
          find: '      this.wake();\n    }, this.#options.pollMs);',
          replace: '    }, this.#options.pollMs);',
        },
        {
          file: 'libs/data-access/src/outbox/outbox-listener.ts',
          find: 'if (client !== lost) return;',
          replace: 'return;',
        },
      ],
    },
  },
];
