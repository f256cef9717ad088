/** nc's flag for a FIN at the end of its input. Apple's nc always sends one and has no such flag. */
export const FIN_AT_END_OF_INPUT: readonly string[] = process.platform === 'darwin' ? [] : ['-N'];
