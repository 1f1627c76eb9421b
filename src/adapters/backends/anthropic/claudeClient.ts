import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models } from '@anthropic-ai/sdk/resources/models';
import { fetchOfCall } from '../httpCall.ts';

/** The client with the two resources we use: the whole one is three times the size. */
export class ClaudeClient extends BaseAnthropic {
  readonly messages = new Messages(this);
  readonly models = new Models(this);

  /**
   * Everything it would otherwise read from the environment, log, retry or trace is given or turned off; the key is each
   * call's own.
   */
  constructor(baseURL: string) {
    super({
      baseURL,
      apiKey: 'none',
      webhookKey: null,
      fetch: fetchOfCall,
      maxRetries: 0,
      logLevel: 'off',
      openTelemetry: false,
      // The engine's deadlines decide; this one would end a slow but living call.
      timeout: 24 * 60 * 60 * 1000,
    });
  }

  protected override _shouldResolveDefaultCredentials(): boolean {
    return false;
  }
}
