/**
 * Keeps the answers of a pure function for texts that come again and again: the same item, the same few parties in
 * every record. Forgets all when full, so that a flood of texts costs no memory.
 */
export function remember<T>(answer: (text: string) => T, most = 512): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const fresh = answer(text);
    // Long texts are rare and come from nobody honest: not worth keeping.
    if (fresh !== undefined && text.length <= 512) {
      if (known.size >= most) known.clear();
      known.set(text, fresh);
    }
    return fresh;
  };
}
