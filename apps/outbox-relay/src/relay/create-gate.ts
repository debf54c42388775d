export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** Something that many may wait for and that happens once. */
export function createGate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
