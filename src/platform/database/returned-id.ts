/**
 * The id of the row that a statement wrote. A statement that always writes one and answered none was written wrongly,
 * so that the unit of work must end.
 */
export function returnedId(rows: readonly { readonly id: number }[]): number {
  const [row] = rows
  if (row === undefined) throw new Error('The statement returned no row')
  return row.id
}
