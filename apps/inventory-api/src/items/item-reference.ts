export type { ItemReference } from '@inventory-events/domain';
