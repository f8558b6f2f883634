/** What a command ends with; scripts may rely on these numbers. */
export const exitCode = { ok: 0, failure: 1, usage: 2, notFound: 3, conflict: 4, unreachable: 5 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
