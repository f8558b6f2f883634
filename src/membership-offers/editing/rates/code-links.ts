import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Violation } from '../../../platform/errors/errors.ts'
import { rateCodeLinks, rateCodes } from '../../tables.ts'
import { unknownId } from '../rows.ts'

type OwnerKind = (typeof rateCodeLinks.$inferSelect)['ownerKind']

interface Owner {
  readonly ownerKind: OwnerKind
  readonly ownerId: number
}

/** Identifiers that are no rate code of the tenant. */
export async function codeFaults(db: Queryable, identifiers: readonly string[]): Promise<Violation[]> {
  const known = await findCodes(db, identifiers)
  return identifiers.flatMap((each, at) =>
    known.some(({ identifier }) => identifier === each) ? [] : [unknownId(`rateCodes[${at}]`)],
  )
}

/** The identifiers of the codes of a rate or module. */
export async function listLinkedCodes(db: Queryable, { ownerKind, ownerId }: Owner): Promise<string[]> {
  const rows = await db
    .select({ identifier: rateCodes.identifier })
    .from(rateCodeLinks)
    .innerJoin(rateCodes, eq(rateCodes.id, rateCodeLinks.rateCodeId))
    .where(and(eq(rateCodeLinks.ownerKind, ownerKind), eq(rateCodeLinks.ownerId, ownerId)))
    .orderBy(asc(rateCodes.identifier))
  return rows.map(({ identifier }) => identifier)
}

/** Gives a rate or module exactly these codes. */
export async function replaceCodes(tx: Tx, owner: Owner, identifiers: readonly string[]) {
  const codes = await findCodes(tx, identifiers)
  const isLinked = and(eq(rateCodeLinks.ownerKind, owner.ownerKind), eq(rateCodeLinks.ownerId, owner.ownerId))
  await tx.delete(rateCodeLinks).where(isLinked)
  if (codes.length > 0) await tx.insert(rateCodeLinks).values(codes.map(({ id }) => ({ ...owner, rateCodeId: id })))
}

async function findCodes(db: Queryable, identifiers: readonly string[]) {
  if (identifiers.length === 0) return []
  return db
    .select()
    .from(rateCodes)
    .where(inArray(rateCodes.identifier, [...identifiers]))
}
