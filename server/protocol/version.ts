/**
 * Version of the contract between server and browser. Raise it whenever a message changes its shape:
 * a tab that speaks another version is asked to reload.
 */
export const CONTRACT_VERSION = 6;
