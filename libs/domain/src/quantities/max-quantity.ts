/** The largest number of units of one item that the ledger can store: a 32-bit integer. */
export const MAX_QUANTITY = 2_147_483_647;
