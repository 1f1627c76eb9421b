import { embeddedModelSettings } from './embeddedModel.ts';
import { findOllama, ollamaAddress } from './findOllama.ts';

/** Machine settings that give the sample prompts a model to run on; says which one that is. */
export async function chooseBackend(): Promise<Readonly<Record<string, string>>> {
  const address = ollamaAddress(process.env['OLLAMA_HOST']);
  const models = await findOllama(address);
  if (models !== undefined) {
    const has = models.length === 0 ? 'no model yet; the first run offers to pull one' : models.join(', ');
    console.log(`Prompts run on the Ollama at ${address} (${has}).`);
    return {};
  }
  try {
    const settings = await embeddedModelSettings();
    console.log(`No Ollama answers at ${address}: prompts run on the embedded model.`);
    return settings;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`No Ollama answers at ${address}, and there is no embedded model: ${reason}`);
    console.log('The editor opens all the same; the first run says how to get a model.');
    return {};
  }
}
