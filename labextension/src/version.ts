import data from '../package.json';

/** The version of this extension: the three numbers of the kit's, in whose wheel it travels. */
export const VERSION: string = data.version;

/** Whether the kit is of this version, too. */
export function isOurs(kit: string): boolean {
  return kit.split('.').slice(0, 3).join('.') === VERSION;
}
