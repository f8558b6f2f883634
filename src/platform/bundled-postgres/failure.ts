/** A reason why the bundled server cannot be used, worded for the person at the terminal: one line, and what to do. */
export class BundledPostgresError extends Error {
  override readonly name = 'BundledPostgresError'
}

/** The error code of the operating system (`ENOENT`, `EACCES`, …), if the thrown value carries one. */
export function errorCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' ? code : undefined
}
