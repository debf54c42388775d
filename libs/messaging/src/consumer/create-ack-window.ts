export interface AckWindow {
  /** Marks a delivery tag as done. */
  settle(deliveryTag: number): void;
  /** The highest tag up to which all are done, when it has risen since the last call. */
  takeAckable(): number | undefined;
}

/**
 * Turns single results into few acks: tags of a channel count from 1, so everything up to the first
 * open one is acknowledged with a single `multiple` ack, in whatever order the results come.
 */
export function createAckWindow(): AckWindow {
  const settledAhead = new Set<number>();
  let watermark = 0;
  let acked = 0;

  return {
    settle(deliveryTag) {
      if (deliveryTag !== watermark + 1) {
        settledAhead.add(deliveryTag);
        return;
      }
      watermark = deliveryTag;
      while (settledAhead.size > 0 && settledAhead.delete(watermark + 1)) watermark += 1;
    },
    takeAckable() {
      if (watermark === acked) return undefined;
      acked = watermark;
      return watermark;
    },
  };
}
