export function story() { throw new Error('none yet'); }
