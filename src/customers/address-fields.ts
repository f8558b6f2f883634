import { Type } from 'typebox'
import { trimmed } from '../platform/api/schema.ts'

const optional = Type.Optional

/** The finer parts of an address that only some countries use; the same when a customer is read and when one is created. */
export const addressDetails = {
  secondStreet: optional(trimmed('Second line of the street.', 'Rear building')),
  cityPart: optional(trimmed('Part of the town.', 'Prenzlauer Berg')),
  district: optional(trimmed('District or county.', 'Pankow')),
  streetType: optional(trimmed('Kind of street, where addresses name it apart.', 'Avenida')),
  streetBlock: optional(trimmed('Block.', 'Block C')),
  portal: optional(trimmed('Portal.', 'Portal 2')),
  stairway: optional(trimmed('Stairway.', 'Left')),
  door: optional(trimmed('Door.', '4B')),
  province: optional(trimmed('Province or state.', 'Brandenburg')),
  provinceCode: optional(trimmed('Province or state by its ISO 3166-2 code without the country.', 'BB')),
  additionalAddressInformation: optional(trimmed('Anything else that helps to find the address.', 'c/o Weber')),
  floor: optional(trimmed('Floor.', '3')),
  buildingName: optional(trimmed('Name of the building.', 'Lindenhof')),
}
