/** Where the lab is. */
export const LAB_PATH = '/lab';
