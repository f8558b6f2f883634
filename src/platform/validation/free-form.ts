import { isPlainObject } from './coerce.ts'
import { type Run, refuseType } from './run.ts'
import { longestText } from './scalars.ts'

const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const listLimit = 1000

/** A value of any shape: nulls and prototype keys are left out, and what PostgreSQL cannot store is refused. */
export function compileFreeForm(type?: 'object'): (value: unknown, path: string, run: Run) => unknown {
  return (value, path, run) =>
    type === 'object' && !isPlainObject(value) ? refuseType(run, path, type) : copy(value, path, run)
}

const longest = longestText({})

function copy(value: unknown, path: string, run: Run): unknown {
  if (typeof value === 'string' && value.length > longest) return run.refuseBound(path, 'maxLength', longest)
  if (typeof value === 'string' && value.includes('\0')) {
    return run.refuse(path, 'pattern', { type: 'STRING', value: path })
  }
  if (Array.isArray(value)) {
    if (value.length > listLimit) return run.refuseBound(path, 'maxItems', listLimit)
    return value.flatMap((item, index) => (item === null ? [] : [copy(item, `${path}[${index}]`, run)]))
  }
  if (!isPlainObject(value)) return value
  const result: Record<string, unknown> = {}
  for (const [key, child] of Object.entries(value)) {
    if (child === null || prototypeKeys.has(key) || key.includes('\0')) continue
    result[key] = copy(child, path === '' ? key : `${path}.${key}`, run)
  }
  return result
}
