import type { Module } from './platform/module.ts'
import { studiosModule } from './studios/index.ts'

/** The table of contents: every module, each after the ones it uses. */
export const modules: readonly Module[] = [studiosModule]
