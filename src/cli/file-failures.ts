import { type ExitCode, exitCode } from './exit-codes.ts'

interface FileFailure {
  readonly exit: ExitCode
  readonly message: string
}

/** Says which file a command could not use. Undefined for anything that is no failure of a file. */
export function explainFileFailure(error: unknown): FileFailure | undefined {
  const { code, path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  // The socket of a database is a file as well, and a program that is not installed has a path.
  if (path === undefined || syscall === undefined || syscall === 'connect' || syscall.startsWith('spawn'))
    return undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { exit: exitCode.notFound, message: `There is no file ${path}.` }
    case 'EISDIR':
      return { exit: exitCode.usage, message: `${path} is a folder, and a file is needed.` }
    case 'EACCES':
    case 'EPERM':
      return { exit: exitCode.failure, message: `This user may not use the file ${path}.` }
    default:
      return { exit: exitCode.failure, message: `The file ${path} cannot be used (${code}).` }
  }
}
