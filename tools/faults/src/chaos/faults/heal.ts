/** Ends a fault that lasts; may be called more than once. */
export type Heal = () => void | Promise<void>;

export const NOTHING_TO_HEAL: Heal = () => undefined;
