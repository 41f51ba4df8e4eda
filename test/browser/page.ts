import { answerAll, type Vectors } from './answers.js';

/** What the page does: asks for the vectors, answers them, sends the answers back. */
async function run(): Promise<void> {
  const send = (path: string, body: unknown): Promise<Response> =>
    fetch(path, { method: 'POST', body: JSON.stringify(body) });
  try {
    const vectors = (await (await fetch('/vectors')).json()) as Vectors;
    const answers = await answerAll(vectors);
    await send('/answers', { agent: navigator.userAgent, hasNode: 'process' in globalThis, answers });
  } catch (error) {
    await send('/answers', {
      fault: error instanceof Error ? `${error.message}\n${error.stack}` : String(error),
    });
  }
}

void run();
