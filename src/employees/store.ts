import { and, asc, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studios } from '../studios/tables.ts'
import { competences, employeeCompetences, employeeStudios, employees } from './tables.ts'

type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'deletedAt'
export type NewEmployee = Omit<typeof employees.$inferInsert, Fill>

const competenceNames = sql<string[]>`array(
  select ${competences.name} from ${employeeCompetences}
  join ${competences} on ${competences.tenantId} = ${employeeCompetences.tenantId}
    and ${competences.id} = ${employeeCompetences.competenceId}
  where ${employeeCompetences.tenantId} = ${employees.tenantId} and ${employeeCompetences.employeeId} = ${employees.id}
  order by ${competences.name} collate "C")`

const assigned = (db: Queryable) =>
  db
    .select({
      ...getTableColumns(employees),
      competences: competenceNames,
      sharesPrivateData: studios.sharePrivateEmployeeData,
    })
    .from(employeeStudios)
    .innerJoin(
      employees,
      and(
        eq(employees.tenantId, employeeStudios.tenantId),
        eq(employees.id, employeeStudios.employeeId),
        isNull(employees.deletedAt),
      ),
    )
    .innerJoin(studios, and(eq(studios.tenantId, employeeStudios.tenantId), eq(studios.id, employeeStudios.studioId)))

const selectEmployees = prepared((db) =>
  assigned(db)
    .where(and(eq(employeeStudios.studioId, sql.placeholder('studioId')), isNull(employeeStudios.removedAt)))
    .orderBy(asc(employeeStudios.employeeId))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .prepare('employees_list'),
)

/** Everyone who works in the studio, oldest entry first. */
export function listEmployees(
  db: Queryable,
  studioId: number,
  page: { readonly limit: number; readonly skipped: number },
) {
  return selectEmployees(db).execute({ studioId, ...page })
}

export type EmployeeRow = Awaited<ReturnType<typeof listEmployees>>[number]

const selectEmployee = prepared((db) =>
  assigned(db)
    .where(
      and(
        eq(employeeStudios.studioId, sql.placeholder('studioId')),
        eq(employeeStudios.employeeId, sql.placeholder('employeeId')),
        isNull(employeeStudios.removedAt),
      ),
    )
    .prepare('employees_find'),
)

/** One employee, if he or she works in the studio. */
export async function findEmployee(
  db: Queryable,
  studioId: number,
  employeeId: number,
): Promise<EmployeeRow | undefined> {
  const [row] = await selectEmployee(db).execute({ studioId, employeeId })
  return row
}

export async function insertEmployee(tx: Tx, employee: NewEmployee, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(employees)
    .values({ ...employee, createdAt: now, updatedAt: now })
    .returning({ id: employees.id })
  return returnedId(rows)
}

/** Another unit that changes an employee waits until this one ends; undefined for one who was deleted. */
export async function lockEmployee(tx: Tx, employeeId: number) {
  const [row] = await tx
    .select()
    .from(employees)
    .where(and(eq(employees.id, employeeId), isNull(employees.deletedAt)))
    .for('update')
  return row
}

export async function updateEmployeeRow(
  tx: Tx,
  employeeId: number,
  changes: Partial<typeof employees.$inferInsert>,
  now: Temporal.Instant,
) {
  await tx
    .update(employees)
    .set({ ...changes, updatedAt: now, version: sql`${employees.version} + 1` })
    .where(eq(employees.id, employeeId))
}

/** Whether an employee works in a studio now; part of a statement. */
export function worksIn(employeeId: SQL, studioId: SQL): SQL<boolean> {
  return sql<boolean>`exists (select from employee_studios w
    where w.employee_id = ${employeeId} and w.studio_id = ${studioId} and w.removed_at is null)`
}

const working = (db: Queryable, studioId: number, employeeIds: readonly number[]) =>
  db
    .select({ employeeId: employeeStudios.employeeId })
    .from(employeeStudios)
    .where(
      and(
        eq(employeeStudios.studioId, studioId),
        inArray(employeeStudios.employeeId, [...employeeIds]),
        isNull(employeeStudios.removedAt),
      ),
    )

/** Those of the employees who work in the studio now. */
export async function listWorking(db: Queryable, studioId: number, employeeIds: readonly number[]): Promise<number[]> {
  if (employeeIds.length === 0) return []
  return (await working(db, studioId, employeeIds)).map(({ employeeId }) => employeeId)
}

/** The same; none of them leaves the studio before this unit ends. */
export async function lockWorking(tx: Tx, studioId: number, employeeIds: readonly number[]): Promise<number[]> {
  if (employeeIds.length === 0) return []
  return (await working(tx, studioId, employeeIds).for('share')).map(({ employeeId }) => employeeId)
}

/** The studios in which an employee works now, in the order of their ids. */
export async function listEmployeeStudioIds(db: Queryable, employeeId: number): Promise<number[]> {
  const rows = await db
    .select({ studioId: employeeStudios.studioId })
    .from(employeeStudios)
    .where(and(eq(employeeStudios.employeeId, employeeId), isNull(employeeStudios.removedAt)))
    .orderBy(employeeStudios.studioId)
  return rows.map(({ studioId }) => studioId)
}

/** Every studio in which an employee works or has worked. */
export function listAssignments(db: Queryable, employeeId: number) {
  return db
    .select({ studioId: employeeStudios.studioId, works: sql<boolean>`${employeeStudios.removedAt} is null` })
    .from(employeeStudios)
    .where(eq(employeeStudios.employeeId, employeeId))
    .orderBy(employeeStudios.studioId)
}

export async function insertAssignments(
  tx: Tx,
  employeeId: number,
  studioIds: readonly number[],
  now: Temporal.Instant,
) {
  if (studioIds.length === 0) return
  await tx.insert(employeeStudios).values(studioIds.map((studioId) => ({ employeeId, studioId, createdAt: now })))
}

/** Ends the work of an employee in one studio, or in all. */
export async function endAssignments(tx: Tx, employeeId: number, now: Temporal.Instant, studioId?: number) {
  await tx
    .update(employeeStudios)
    .set({ removedAt: now })
    .where(
      and(
        eq(employeeStudios.employeeId, employeeId),
        isNull(employeeStudios.removedAt),
        studioId === undefined ? undefined : eq(employeeStudios.studioId, studioId),
      ),
    )
}

export async function listEmployeeCompetences(db: Queryable, employeeId: number): Promise<string[]> {
  const rows = await db
    .select({ name: competences.name })
    .from(employeeCompetences)
    .innerJoin(competences, eq(competences.id, employeeCompetences.competenceId))
    .where(eq(employeeCompetences.employeeId, employeeId))
    .orderBy(sql`${competences.name} collate "C"`)
  return rows.map(({ name }) => name)
}

/** The ids of these competences of the tenant; missing ones are added. */
export async function saveCompetences(tx: Tx, names: readonly string[], now: Temporal.Instant): Promise<number[]> {
  if (names.length === 0) return []
  const rows = await tx
    .insert(competences)
    .values(names.map((name) => ({ name, createdAt: now })))
    .onConflictDoUpdate({ target: [competences.tenantId, competences.name], set: { name: sql`excluded.name` } })
    .returning({ id: competences.id })
  return rows.map(({ id }) => id)
}

export async function replaceEmployeeCompetences(tx: Tx, employeeId: number, competenceIds: readonly number[]) {
  await tx.delete(employeeCompetences).where(eq(employeeCompetences.employeeId, employeeId))
  if (competenceIds.length === 0) return
  await tx.insert(employeeCompetences).values(competenceIds.map((competenceId) => ({ employeeId, competenceId })))
}
