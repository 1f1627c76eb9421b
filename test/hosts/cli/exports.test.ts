import { expect, test } from 'vitest';
import { at, duelFiles, duelServer } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

/** What a model might answer to get at the reader of a report. */
const hostile =
  '=HYPERLINK("http://evil.invalid","click") <script>alert(1)</script> ]]> & @everyone \u001b[31m';

async function exported(format: string): Promise<string> {
  const backend = await duelServer();
  backend.setAnswer(() => ({ text: [hostile] }));
  const cwd = await workspaceOf({
    ...duelFiles(2),
    'cases.csv': 'id,text\n"=1+1",one\n"-2+3 | *x*","@two"\n',
  });
  const run = await runCli(['ab', 'duel', '--format', format], { cwd, environment: at(backend) });
  expect(run.code).toBe(0);
  return run.stdout;
}

test('CSV: no cell is a formula to a spreadsheet, every call has its row', async () => {
  const csv = await exported('csv');
  const rows = csv.split('\r\n').filter((row) => row !== '');
  expect(rows[0]).toMatch(/^prompt,variant,case,repetition,state,score,output/);
  expect(rows).toHaveLength(1 + 4);
  const cells = rows.slice(1).flatMap((row) => row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []);
  for (const cell of cells) expect(cell).not.toMatch(/^"?\s*[=+@-]\D/);
  expect(csv).toContain('"\'=HYPERLINK(""http://evil.invalid"",""click"")');
  expect(csv).toContain('"\'=1+1"');
});

test('JUnit: well-formed whatever the answer holds, a suite a variant, a test case a case', async () => {
  const xml = await exported('junit');
  expect(xml.match(/<testsuite /g)).toHaveLength(2);
  expect(xml.match(/<testcase /g)).toHaveLength(4);
  expect(xml).toContain('tests="4" failures="4" errors="0"');
  expect(xml).not.toContain('<script>');
  expect(xml).not.toContain('\u001b');
  expect(xml).toContain('&lt;script&gt;');
  // Every tag that is opened is closed.
  const open: string[] = [];
  for (const [, slash, name, end] of xml.matchAll(/<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === '/') continue;
    if (slash === '/') expect(open.pop()).toBe(name);
    else open.push(name ?? '');
  }
  expect(open).toEqual([]);
});

test('Markdown and HTML: an answer stays text', async () => {
  const markdown = await exported('markdown');
  expect(markdown).not.toContain('<script>');
  const html = await exported('html');
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)');
});

test('times of answers from the cache have no more digits than those of fresh ones', async () => {
  const prompt =
    'backend: scripted\nmessages: [{role: user, content: "{{input}}"}]\ntestData: [{input: a}, {input: b}]\n';
  const cwd = await workspaceOf({ 'p.prompt.yaml': prompt });
  await runCli(['test', 'p'], { cwd });
  const { stdout } = await runCli(['test', 'p', '--format', 'csv'], { cwd });
  expect(stdout.match(/,\d+(\.\d)?,\d+(\.\d)?,[^,]*,[^,]*,0,true$/gm), stdout).toHaveLength(2);
});
