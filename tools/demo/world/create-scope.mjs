/** Collects what has to be undone, and undoes it in reverse order; the first failure survives. */
export function createScope() {
  const closers = [];
  return {
    add: (closer) => void closers.push(closer),
    async close() {
      let failure = null;
      for (const closer of closers.splice(0).reverse()) {
        try {
          await closer();
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure) throw failure;
    },
  };
}
