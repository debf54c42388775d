interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } };
}

/** How many files and sockets this process may have open, and those that it starts. */
export function openFilesLimit(): number {
  const { userLimits } = process.report.getReport() as Report;
  const limit = Number(userLimits?.open_files?.soft);
  return Number.isFinite(limit) ? limit : Infinity;
}
