export interface OrderLine {
  stockCode: string;
  /** Negative in a cancellation and in a write-off. */
  quantity: number;
  cancellation: boolean;
  orderedAt: string;
}
