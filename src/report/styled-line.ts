/** How a piece of a line is meant; a screen may colour it, and nothing may depend on the colour. */
export type Style = 'plain' | 'strong' | 'faint' | 'good' | 'caution' | 'bad' | 'accent';

/** The three marks judges know. A dumb terminal or a pipe shows them in ASCII. */
export type Mark = 'passed' | 'limited' | 'failed';

export type Segment = string | { readonly text: string; readonly style: Style } | { readonly mark: Mark };

/** One line for people, free of any terminal's ways: the command line and tests choose marks, colour and width. */
export type StyledLine = readonly Segment[];

export function styled(style: Style, text: string): Segment {
  return { text, style };
}
