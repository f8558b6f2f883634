import { type TInteger, type TObject, Type } from 'typebox'
import { id, list } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Catalogue'
const read = ['offers.read'] as const
const write = ['offers.write'] as const

interface Spec<K extends string, B extends TObject> {
  /** `MembershipOffer`, as in `adminImportMembershipOffer`. */
  readonly name: string
  /** `membership-offers`, the last part of the path. */
  readonly path: string
  /** `membership-offer`, the group of the commands. */
  readonly command: string
  /** `offerId` */
  readonly key: K
  /** With its article. */
  readonly thing: string
  readonly document: B
  readonly summary: TObject
}

/** What staff do with a thing that is one document: write it as a whole, read it as a whole, list all of them. */
export function documentOperations<const K extends string, B extends TObject>(spec: Spec<K, B>) {
  const { name, path, command, key, thing, document } = spec
  const params = Type.Object({ [key]: id(`${thing}.`) } as Record<K, TInteger>)
  const answer = Type.Object({ [key]: id(`${thing}.`) } as Record<K, TInteger>)
  return {
    import: staffOperation({
      operationId: `adminImport${name}`,
      method: 'POST',
      path: `/admin/v1/${path}/import`,
      tag,
      summary: `add ${thing}, or make the one with the id of the document exactly as the document says`,
      permissions: write,
      body: document,
      answer,
      cli: { name: `${command} import`, isFromFile: true },
    }),
    show: staffOperation({
      operationId: `adminShow${name}`,
      method: 'GET',
      path: `/admin/v1/${path}/{${key}}`,
      tag,
      summary: `print ${thing} as the document that import reads`,
      permissions: read,
      params,
      answer: document,
      cli: { name: `${command} show` },
    }),
    list: staffOperation({
      operationId: `adminList${name}s`,
      method: 'GET',
      path: `/admin/v1/${path}`,
      tag,
      summary: 'list all of them',
      permissions: read,
      answer: list(spec.summary, 'All of them.'),
      cli: { name: `${command} list` },
    }),
  }
}
