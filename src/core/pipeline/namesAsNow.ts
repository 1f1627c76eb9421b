import type { World } from './pipeline.ts';

/** The world a plan is made in: the names of all prompts are read once, however many the plan looks up. */
export function namesAsNow(world: World): World {
  const prompts = world.prompts?.snapshot?.();
  return prompts === undefined ? world : { ...world, prompts };
}
