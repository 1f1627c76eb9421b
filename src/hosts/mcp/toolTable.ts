import type { Tool } from './tool.ts';
import { abTestTool } from './tools/abTest.ts';
import { addTool } from './tools/add.ts';
import { executePromptTool } from './tools/executePrompt.ts';
import { executeSkillTool } from './tools/executeSkill.ts';
import { executeSkillRealTool } from './tools/executeSkillReal.ts';
import { getTool } from './tools/get.ts';
import { listTool } from './tools/list.ts';
import { promptSuggestTool } from './tools/promptSuggest.ts';
import { skillAddTool } from './tools/skillAdd.ts';
import { skillAddFileTool } from './tools/skillAddFile.ts';
import { skillGetTool } from './tools/skillGet.ts';
import { skillListTool } from './tools/skillList.ts';
import { templateInstallTool } from './tools/templateInstall.ts';
import { templateListTool } from './tools/templateList.ts';

/** Every tool, in the order clients show them. */
export const toolTable: readonly Tool[] = [
  addTool,
  getTool,
  listTool,
  skillAddTool,
  skillAddFileTool,
  skillGetTool,
  skillListTool,
  executeSkillTool,
  templateListTool,
  templateInstallTool,
  promptSuggestTool,
  executeSkillRealTool,
  executePromptTool,
  abTestTool,
];
