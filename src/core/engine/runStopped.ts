/** Why a run stops its own calls: another call failed in a way that all further ones would, or a budget is spent. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';

  constructor(because: string) {
    super(`The run was stopped: ${because}`);
  }
}
