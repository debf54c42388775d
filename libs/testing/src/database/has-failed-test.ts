declare global {
  var hasFailedTest: boolean | undefined;
}

/** Whether a test of the present file failed so far; told by the workspace's Jest environment. */
export function hasFailedTest(): boolean {
  return globalThis.hasFailedTest === true;
}
