import { waitUntil } from '@inventory-events/testing';
import type { SupervisedApp } from './start-supervised-app';

const TIMEOUT_MS = 40_000;

export async function waitUntilReady(...apps: readonly SupervisedApp[]): Promise<void> {
  for (const app of apps) {
    await waitUntil(async () => (await app.complaint()) === undefined, {
      timeoutMs: TIMEOUT_MS,
      message: () => `${app.label} to be ready; its log:\n${app.logs().slice(-3_000)}`,
    });
  }
}
