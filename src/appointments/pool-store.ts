import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { resources } from '../resources/tables.ts'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { requirementResources, requirements } from './tables.ts'

const selectPool = prepared((db) =>
  db
    .select({
      requirementId: requirements.id,
      kind: requirements.kind,
      count: requirements.count,
      resourceId: requirementResources.resourceId,
      priority: requirementResources.priority,
      capacity: resources.capacity,
      instructor: {
        id: employees.id,
        firstName: employees.firstName,
        lastName: employees.lastName,
        publicName: employees.publicName,
      },
    })
    .from(requirements)
    .leftJoin(
      requirementResources,
      and(
        eq(requirementResources.tenantId, requirements.tenantId),
        eq(requirementResources.requirementId, requirements.id),
      ),
    )
    .leftJoin(
      resources,
      and(eq(resources.tenantId, requirementResources.tenantId), eq(resources.id, requirementResources.resourceId)),
    )
    .leftJoin(
      employees,
      and(
        eq(employees.tenantId, resources.tenantId),
        eq(employees.id, resources.employeeId),
        isNull(employees.deletedAt),
      ),
    )
    .where(eq(requirements.bookableId, sql.placeholder('bookableId')))
    .orderBy(asc(requirements.id), asc(requirementResources.resourceId))
    .prepare('appointments_list_pool'),
)

/**
 * The requirement lines of a bookable, one row per resource of their pools; a line without any has one row of nulls.
 * `instructor` is null for rooms, devices, and employees who have left.
 */
export function listPool(db: Queryable, bookableId: number) {
  return selectPool(db).execute({ bookableId })
}

export type PoolRow = Awaited<ReturnType<typeof listPool>>[number]
