import type { NodeHost } from '../../nodeHost.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { CommandContext } from './commandContext.ts';
import type { ParsedOptions } from './parseArguments.ts';

/** Opens the working folder with what the flags say on top of its settings; settings that are wrong are said once. */
export async function openWorkspace(options: ParsedOptions, context: CommandContext): Promise<NodeHost> {
  const { openNodeHost } = await import('../../nodeHost.ts');
  const host = await openNodeHost({
    folder: context.cwd,
    environment: context.environment,
    override: (settings) => withFlags(settings, options),
    log: createLog(context),
    blockingFiles: true,
  });
  for (const warning of host.reading.warnings) await context.stderr.write(`promptly: ${warning}\n`);
  return host;
}

function withFlags(settings: Settings, options: ParsedOptions): Settings {
  return {
    ...settings,
    timeoutSeconds: options.number('timeout') ?? settings.timeoutSeconds,
    retries: options.number('retries') ?? settings.retries,
    concurrency: options.number('concurrency') ?? settings.concurrency,
    cache: { ...settings.cache, enabled: settings.cache.enabled && !options.flag('no-cache') },
  };
}

/** Silent unless PROMPTLY_DEBUG is set: what users must know reaches them as events and failures. */
function createLog(context: CommandContext): Log {
  const debugging = context.environment['PROMPTLY_DEBUG'] !== undefined;
  const write = (level: string, message: string, error?: unknown): void => {
    if (!debugging) return;
    const stack = error instanceof Error ? `\n${error.stack ?? error.message}` : '';
    void context.stderr.write(`[${level}] ${message}${stack}\n`);
  };
  return {
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message, error) => write('error', message, error),
  };
}
