/** What the script's process answers. */
export type HostMessage =
  | { readonly status: 'returned'; readonly value: unknown }
  | { readonly status: 'threw'; readonly message: string };

/**
 * The program that loads a user's evaluator, as text for `node --eval`: it needs no file of its own beside the bundles.
 * It answers once and waits to be ended; without its parent it ends itself.
 */
export const evaluatorScriptHost = `
const answer = (message) => process.send(message, () => undefined);
const firstLines = (error) => {
  const stack = error instanceof Error ? String(error.stack ?? error) : String(error);
  return stack.split('\\n').slice(0, 2).map((line) => line.trim()).join(' ').slice(0, 500);
};
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => answer({ status: 'threw', message: 'failed: ' + firstLines(error) }));
process.once('message', async ({ script, input }) => {
  let evaluate;
  try {
    ({ default: evaluate } = await import(script));
  } catch (error) {
    answer({ status: 'threw', message: 'could not be loaded: ' + firstLines(error) });
    return;
  }
  if (typeof evaluate !== 'function') {
    answer({ status: 'threw', message: 'exports no function: write \`export default ({output, expected, vars, metadata}) => …\`.' });
    return;
  }
  try {
    const value = await evaluate(input);
    if (typeof value === 'object' && value !== null) {
      const { score, reason } = value;
      answer({ status: 'returned', value: { score: typeof score === 'number' ? score : undefined, reason: typeof reason === 'string' ? reason : undefined } });
    } else {
      answer({ status: 'returned', value: typeof value === 'number' ? value : undefined });
    }
  } catch (error) {
    answer({ status: 'threw', message: 'failed: ' + firstLines(error) });
  }
});
`;
