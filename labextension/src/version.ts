import data from '../package.json';

/** The version of this extension: that of the kit, whose wheel it travels in. */
export const VERSION: string = data.version;
