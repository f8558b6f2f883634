import type { Module } from './platform/module.ts'
import { employeesModule } from './employees/index.ts'
import { studiosModule } from './studios/index.ts'

/** The table of contents: every module, each after the ones it uses. */
export const modules: readonly Module[] = [studiosModule, employeesModule]
