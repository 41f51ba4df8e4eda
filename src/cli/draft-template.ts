import type { RecordTypeName } from '../record/types/index.js';
import type { WrittenValue } from '../record/written-form.js';
import { alsoNeeded } from './draft-hints.js';
import { type DraftShape, draftShape, filledShape, SUBJECT_PLACEHOLDER } from './draft-shape.js';

/** Fields of a payload whose values are known already. */
export type Filled = Readonly<Record<string, WrittenValue>>;

/** A draft to fill in, as YAML: optional fields stand there as comments. */
export function draftYaml(type: RecordTypeName, sub: string | undefined, filled: Filled = {}): string {
  const members = draftShape(type).members.map((member) => {
    const value = filled[member.name];
    return value === undefined ? member : { ...member, required: true, shape: filledShape(value) };
  });
  const required = members.filter((member) => member.required);
  const optional = members.filter((member) => !member.required);
  return [
    `# A draft of a record of type ${type}. Write over what stands between < and >,`,
    '# and take the # away from optional fields that you want to use. An empty list is [].',
    ...alsoNeeded(type).map((line) => `# Also needed: ${line}.`),
    'schemaVersion: 1',
    `type: ${type}`,
    `sub: ${sub ?? SUBJECT_PLACEHOLDER}`,
    'payload:',
    ...mapLines(required, 2),
    ...(optional.length === 0 ? [] : ['', '  # Optional:', ...mapLines(optional, 2)]),
    '',
  ].join('\n');
}

/** The same as JSON, which has no comments: the required fields only. */
export function draftJson(type: RecordTypeName, sub: string | undefined): WrittenValue {
  return {
    schemaVersion: 1,
    type,
    sub: sub ?? SUBJECT_PLACEHOLDER,
    payload: jsonOf(draftShape(type)),
  };
}

export function optionalFields(type: RecordTypeName): string[] {
  return draftShape(type)
    .members.filter((member) => !member.required)
    .map(({ name }) => name);
}

function jsonOf(shape: DraftShape): WrittenValue {
  switch (shape.kind) {
    case 'value':
      return shape.placeholder;
    case 'list':
      return shape.items.map(jsonOf);
    case 'map':
      return Object.fromEntries(
        shape.members
          .filter((member) => member.required)
          .map((member) => [member.name, jsonOf(member.shape)]),
      );
  }
}

type Members = Extract<DraftShape, { kind: 'map' }>['members'];

function mapLines(members: Members, indent: number): string[] {
  return members.flatMap(({ name, required, shape }) => {
    const lines = memberLines(name, shape, 0);
    const pad = ' '.repeat(indent);
    return lines.map((line) => (required ? `${pad}${line}` : `${pad}# ${line}`));
  });
}

function memberLines(name: string, shape: DraftShape, indent: number): string[] {
  if (shape.kind === 'value') return [`${name}: ${shape.placeholder}`];
  return [`${name}:`, ...blockLines(shape, indent + 2)];
}

function blockLines(shape: DraftShape, indent: number): string[] {
  const pad = ' '.repeat(indent);
  switch (shape.kind) {
    case 'value':
      return [`${pad}${shape.placeholder}`];
    case 'map':
      return mapLines(shape.members, indent);
    case 'list':
      return shape.items.flatMap((item) =>
        blockLines(item, indent + 2).map((line, index) =>
          index === 0 ? `${pad}- ${line.slice(indent + 2)}` : line,
        ),
      );
  }
}
