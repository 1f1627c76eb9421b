import { expect, test } from 'vitest';
import { usePanels } from '../support/panel/openPanels.ts';
import type { PanelPage } from '../support/panel/panelPage.ts';
import { sampleDraft, sampleSetup } from '../support/panel/sampleSetup.ts';
import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { themeNames } from '../support/panel/themes.ts';
import type { JsonValue } from '../../src/core/domain/json.ts';
import type { PanelSetup, SetupEdit } from '../../src/protocol/setup.ts';

const panels = usePanels();

async function show(panel: PanelPage, setup: PanelSetup): Promise<void> {
  await panel.post({ type: 'setup-shown', setup });
  panel.page.setDefaultTimeout(8_000);
  await panel.page.waitForSelector('#plan-heading');
}

test.each(themeNames)('%s: a set-up is accessible, and pictured', async (theme) => {
  const panel = await panels.open({ theme });
  await show(panel, sampleSetup);
  await panels.picture(panel, `setup-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
  await show(panel, sampleDraft);
  await panels.picture(panel, `setup-draft-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
});

test('a narrow panel holds it, too', async () => {
  const panel = await panels.open({ width: 320 });
  await show(panel, sampleSetup);
  await panels.picture(panel, 'setup-narrow');
  const wider = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});

test('what is good to know is told beside the plan, and a click there goes to it', async () => {
  const panel = await panels.open({ width: 480 });
  await show(panel, sampleSetup);
  const heading = panel.page.getByRole('heading', { name: 'Good to know' });
  await panel.page.getByRole('button', { name: '1 remark' }).click();
  await expect.poll(() => heading.evaluate((element) => document.activeElement === element)).toBe(true);
  await show(panel, { ...sampleSetup, facts: { ...sampleSetup.facts!, notices: [] } });
  await expect.poll(() => panel.page.getByText(/remark/).count()).toBe(0);
});

const field = (panel: PanelPage, name: string | RegExp) => panel.page.getByRole('textbox', { name });

/** All edits that the page has sent, in order. */
async function editsOf(panel: PanelPage): Promise<readonly SetupEdit[]> {
  return (await panel.sent()).flatMap((message) => (message.type === 'setup-edited' ? message.edits : []));
}

test('what is typed is sent once, when one pauses, and nothing typed is lost meanwhile', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  await field(panel, 'Confidence a winner needs').fill('0.');
  // On its way to 0.9: the file says 0 by then, and is shown again.
  await expect.poll(() => editsOf(panel)).toEqual([{ type: 'set', path: ['confidence'], value: 0 }]);
  const [sent] = (await panel.sent()).filter((message) => message.type === 'setup-edited');
  await show(panel, {
    ...sampleSetup,
    value: { ...sampleSetup.value, confidence: 0 },
    acknowledged: sent!.serial,
    problems: [
      { path: ['confidence'], severity: 'error', message: '`confidence` must be from 0.5.', place: 'a:9:1' },
    ],
  });
  expect(await field(panel, /Confidence a winner needs/).inputValue()).toBe('0.');
  expect(await panel.page.locator('.field-problem').innerText()).toContain('must be from 0.5');
  expect(await field(panel, /Confidence.*must be from 0\.5/).getAttribute('aria-invalid')).toBe('true');
  await field(panel, /Confidence a winner needs/).press('End');
  await panel.page.keyboard.type('95');
  await expect
    .poll(async () => (await editsOf(panel)).at(-1))
    .toEqual({ type: 'set', path: ['confidence'], value: 0.95 });
});

test('a message that was sent before the last key does not take it back', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  await field(panel, 'Name').fill('a better name');
  await show(panel, { ...sampleSetup, value: { ...sampleSetup.value, description: 'changed in the file' } });
  expect(await field(panel, 'Name').inputValue()).toBe('a better name');
  await expect.poll(() => field(panel, 'What it is to find out').inputValue()).toBe('changed in the file');
  await expect.poll(() => editsOf(panel)).toEqual([{ type: 'set', path: ['name'], value: 'a better name' }]);
});

test('edits go before what is asked for after them', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  await field(panel, 'Name').fill('x');
  await panel.page.getByRole('button', { name: 'Start the A/B test' }).click();
  const types = (await panel.sent()).map(({ type }) => type);
  expect(types).toEqual(['webview-ready', 'setup-edited', 'start-requested']);
});

test('an edit that is refused gives way to what the file says', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  await field(panel, 'Name').fill('y');
  await expect.poll(async () => (await editsOf(panel)).length).toBe(1);
  await show(panel, { ...sampleSetup, refused: 'This is written in a way that cannot be changed.' });
  await expect.poll(() => field(panel, 'Name').inputValue()).toBe('which-summary');
  expect(await panel.page.getByRole('alert').innerText()).toContain('cannot be changed');
});

test('a broken file is shown where it is broken, and nothing can be edited until it is mended', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  const lock = {
    message: 'Line 3 of the file: This quote is never closed.',
    startable: false,
    place: { line: 2, column: 8 },
  };
  await show(panel, { ...sampleSetup, lock, facts: null });
  expect(await panel.page.getByRole('alert').innerText()).toContain('never closed');
  expect(await seriousFindings(panel.page)).toEqual([]);
  await panels.picture(panel, 'setup-broken');
  const enabled = await panel.page
    .locator('form :is(pt-button, pt-text-field, pt-checkbox, select, button, textarea)')
    .evaluateAll((controls) => controls.filter((each) => !each.hasAttribute('disabled')).length);
  expect(enabled).toBe(0);
  await panel.page.getByRole('button', { name: 'Show in File' }).click();
  expect((await panel.sent()).at(-1)).toEqual({ type: 'file-requested', line: 2, column: 8 });
  await show(panel, sampleSetup);
  await field(panel, 'Name').fill('mended');
  await expect.poll(async () => (await editsOf(panel)).length).toBe(1);
});

test('variants are moved, copied and taken out, and chosen in the pickers of the editor', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  const variant = (name: string) => panel.page.getByRole('button', { name });
  await variant('Move down variant 1').click();
  await expect.poll(() => field(panel, 'Label of variant 1').inputValue()).toBe('Careful');
  // The focus goes along.
  await expect
    .poll(() => panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Move down variant 2');
  await variant('Duplicate variant 1').click();
  await expect.poll(() => field(panel, 'Label of variant 2').inputValue()).toBe('Careful copy');
  await variant('Remove variant 4').click();
  await expect.poll(() => panel.page.locator('.variant').count()).toBe(3);
  await variant('Change the version of variant 2').click();
  await variant('Add Earlier Version…').click();
  expect((await panel.sent()).slice(-2)).toEqual([
    { type: 'setup-asked', ask: 'variant-version', at: 1 },
    { type: 'setup-asked', ask: 'add-version', at: null },
  ]);
});

test('a label makes a mapping of a variant that is a bare name', async () => {
  const panel = await panels.open();
  await show(panel, sampleDraft);
  await field(panel, 'Label of variant 1').fill('Now');
  await expect
    .poll(() => editsOf(panel))
    .toEqual([
      { type: 'set', path: ['variants', 0], value: { prompt: 'summarise' } },
      { type: 'set', path: ['variants', 0, 'label'], value: 'Now' },
    ]);
});

test('every parameter of a variant has a field, and what has none is named', async () => {
  const panel = await panels.open();
  const modelParameters = {
    stop: ['END', '\n\n'],
    thinking: 'high',
    options: { num_ctx: 8192 },
    maxCompletionTokens: 200,
  };
  const [first] = sampleSetup.value['variants'] as JsonValue[];
  const variants: JsonValue[] = [{ prompt: 'careful', modelParameters }, first!];
  await show(panel, { ...sampleSetup, value: { ...sampleSetup.value, variants } });
  const summary = panel.page.locator('.variant').first().locator('summary');
  await summary.click();
  const stop = field(panel, 'Stop at these texts, one a line of variant 1');
  expect(await stop.inputValue()).toBe('END\n"\\n\\n"');
  expect(await field(panel, /^Options of the backend.* of variant 1/).inputValue()).toContain(
    '"num_ctx": 8192',
  );
  const thinking = panel.page.getByRole('combobox', { name: 'Thinking of variant 1' });
  expect(await thinking.inputValue()).toBe('high');
  expect(await panel.page.locator('.variant').first().innerText()).toContain(
    'Also set in the file: maxCompletionTokens.',
  );
  await panels.picture(panel, 'setup-parameters');
  await stop.fill('END');
  await thinking.selectOption('off');
  await thinking.selectOption('as the prompt says');
  await expect
    .poll(() => editsOf(panel))
    .toEqual([
      { type: 'set', path: ['variants', 0, 'modelParameters', 'stop'], value: 'END' },
      { type: 'set', path: ['variants', 0, 'modelParameters', 'thinking'], value: false },
      { type: 'remove', path: ['variants', 0, 'modelParameters', 'thinking'] },
    ]);
});

test('an evaluator of each kind can be added, and its parameters set', async () => {
  const panel = await panels.open();
  await show(panel, { ...sampleDraft, problems: [] });
  const kinds = panel.page.getByRole('combobox', { name: 'Add an evaluator' });
  const judge = await kinds.getByRole('option', { name: /^Judge with your prompt/ }).getAttribute('value');
  await kinds.selectOption(judge);
  // Ready for the next one.
  await expect.poll(() => kinds.inputValue()).toBe('');
  await field(panel, 'Answers and their scores of evaluator 1').fill('good = 1\nso so = 0.5\nbad');
  await expect
    .poll(async () => (await editsOf(panel)).at(-1))
    .toEqual({
      type: 'set',
      path: ['evaluators', 0, 'llm', 'choices'],
      value: [
        { choice: 'good', score: 1 },
        { choice: 'so so', score: 0.5 },
        { choice: 'bad', score: '' },
      ],
    });
  expect(await field(panel, 'Answers and their scores of evaluator 1').inputValue()).toBe(
    'good = 1\nso so = 0.5\nbad',
  );
});

test('the arrow keys open a list, and choose nothing by passing it', async () => {
  const panel = await panels.open();
  await show(panel, { ...sampleDraft, problems: [] });
  const kinds = panel.page.getByRole('combobox', { name: 'Add an evaluator' });
  await kinds.focus();
  await panel.page.keyboard.press('ArrowDown');
  await expect.poll(() => kinds.evaluate((list) => list.matches(':open'))).toBe(true);
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('ArrowDown');
  expect(await editsOf(panel)).toEqual([]);
  await panel.page.keyboard.press('Enter');
  await expect.poll(async () => (await editsOf(panel)).length).toBe(1);
  await expect.poll(() => kinds.evaluate((list) => list.matches(':open'))).toBe(false);
});

test('the grid is used like a spreadsheet, by keys alone', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  const active = () => panel.page.evaluate(() => document.activeElement?.textContent.trim());
  await panel.page.locator('.grid [tabindex="0"]').focus();
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe('A third one.');
  // Fast fingers: the field is not there yet when the second key comes.
  await panel.page.keyboard.type('Instead');
  await panel.page.keyboard.press('Alt+Enter');
  await panel.page.keyboard.type('of it');
  await panel.page.keyboard.press('Tab');
  await panel.page.keyboard.press('F2');
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.type('0');
  await panel.page.keyboard.press('Enter');
  await expect.poll(active).toBe('');
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.type('A new case');
  await panel.page.keyboard.press('Escape');
  await panel.page.keyboard.type('Another');
  await panel.page.keyboard.press('Enter');
  await panel.page.keyboard.press('Control+Home');
  await panel.page.keyboard.press('Delete');
  await expect
    .poll(() => editsOf(panel))
    .toEqual([
      { type: 'set', path: ['testData', 2, 'text'], value: 'Instead\nof it' },
      { type: 'set', path: ['testData', 2, 'words'], value: 120 },
      { type: 'append', path: ['testData'], values: [{ text: 'Another' }] },
      { type: 'remove', path: ['testData', 0, 'text'] },
    ]);
});

test('cells of a spreadsheet are pasted into the grid, or as new cases', async () => {
  const panel = await panels.open();
  await show(panel, sampleSetup);
  await panel.page.locator('.grid [tabindex="0"]').focus();
  await panel.page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'expected\tText\nYes.\t"first line\nsecond ""line"""\n');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await panel.page.getByRole('button', { name: 'Paste from Spreadsheet…' }).click();
  const area = field(panel, 'Cells from a spreadsheet');
  await expect.poll(() => area.evaluate((each) => document.activeElement === each)).toBe(true);
  await area.fill('one,,1\n"two, and a half",,2');
  const words = panel.page.getByRole('group', { name: 'Paste from a spreadsheet' }).getByRole('status');
  await expect.poll(() => words.innerText()).toContain('2 cases; columns: text, words, expected');
  await panels.picture(panel, 'setup-paste');
  await panel.page.getByRole('button', { name: 'Add 2 Cases' }).click();
  await expect
    .poll(() => editsOf(panel))
    .toEqual([
      {
        type: 'append',
        path: ['testData'],
        values: [{ expected: 'Yes.', text: 'first line\nsecond "line"' }],
      },
      {
        type: 'append',
        path: ['testData'],
        values: [
          { text: 'one', expected: '1' },
          { text: 'two, and a half', expected: '2' },
        ],
      },
    ]);
  await expect.poll(() => panel.page.locator('.grid tbody tr').count()).toBe(7);
});

test('thousands of cases are drawn a window at a time', async () => {
  const panel = await panels.open();
  const testData = Array.from({ length: 5_000 }, (_, at) => ({
    text: `Case number ${at + 1}`,
    expected: 'x',
  }));
  await show(panel, { ...sampleSetup, value: { ...sampleSetup.value, testData } });
  expect(await panel.page.locator('.grid tbody tr').count()).toBeLessThan(100);
  await panel.page.locator('.grid [tabindex="0"]').focus();
  await panel.page.keyboard.press('Control+End');
  await panel.page.keyboard.press('ArrowUp');
  await panel.page.keyboard.press('Home');
  await expect
    .poll(() => panel.page.evaluate(() => document.activeElement?.textContent.trim()))
    .toBe('Case number 5000');
});

test('a draft is kept by the editor as it is typed, and asked to be saved', async () => {
  const panel = await panels.open();
  await show(panel, sampleDraft);
  await field(panel, 'Name').fill('mine');
  await expect
    .poll(() => panel.kept())
    .toMatchObject({ source: '', setup: { source: sampleDraft.source, draft: { name: 'mine' } } });
  await panel.page.getByRole('button', { name: 'Save as A/B Test File…' }).click();
  expect((await panel.sent()).at(-1)).toEqual({ type: 'setup-asked', ask: 'save', at: null });
  // A file keeps itself.
  await show(panel, sampleSetup);
  await expect.poll(() => panel.kept()).toMatchObject({ setup: { source: sampleSetup.source, draft: null } });
});

test('it does not start while something is wrong, and says what', async () => {
  const panel = await panels.open();
  await show(panel, sampleDraft);
  const start = panel.page.locator('pt-button', { hasText: 'Start' });
  expect(await start.getAttribute('disabled')).not.toBeNull();
  expect(await panel.page.locator('#plan-heading').innerText()).toBe('It cannot start yet: 1 problem');
  expect(await panel.page.locator('.setup-part').first().innerText()).toContain(
    'compares two or more variants',
  );
});
