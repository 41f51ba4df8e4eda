import type { Role } from '../record/vocabulary.js';

/** What an authority or a credential allows one key to say. */
export interface Grant {
  /** Party URI that the key signs for. */
  readonly party: string;
  /** Ascending. */
  readonly roles: readonly Role[];
  /** Seconds UTC, both included. */
  readonly from: number;
  readonly until: number;
  /** URI prefixes, each ending in `/` or `:`, ascending; they limit commission and authentication. Null: no limit. */
  readonly subjects: readonly string[] | null;
  /** How many further credentials may follow; 0 issues nothing. */
  readonly mayDelegate: number;
}

/** How `child` reaches beyond `parent`; empty when it stays within. Depth is `mayIssue`'s question. */
export function widening(child: Grant, parent: Grant): ('roles' | 'subjects' | 'validity')[] {
  const found: ('roles' | 'subjects' | 'validity')[] = [];
  if (!child.roles.every((role) => parent.roles.includes(role))) found.push('roles');
  if (!subjectsWithin(child.subjects, parent.subjects)) found.push('subjects');
  if (child.from < parent.from || child.until > parent.until) found.push('validity');
  return found;
}

/** Along a path mayDelegate falls with every step, so that no path is longer than three credentials or runs in a circle. */
export function mayIssue(parent: Grant, child: Grant): boolean {
  return child.mayDelegate < parent.mayDelegate;
}

/** May the grant speak about this subject? Prefixes end in a separator, so none matches half a name. */
export function coversSubject(grant: Pick<Grant, 'subjects'>, sub: string): boolean {
  return grant.subjects === null || grant.subjects.some((prefix) => sub.startsWith(prefix));
}

function subjectsWithin(child: readonly string[] | null, parent: readonly string[] | null): boolean {
  if (parent === null) return true;
  return child?.every((prefix) => parent.some((allowed) => prefix.startsWith(allowed))) ?? false;
}
