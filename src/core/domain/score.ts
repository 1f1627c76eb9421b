/** A number in 0..1, or the reason why there is none. A missing score never becomes a number. */
export type Score =
  | { readonly status: 'measured'; readonly value: number }
  | { readonly status: 'missing'; readonly reason: string };

export const measured = (value: number): Score => ({ status: 'measured', value });
export const missing = (reason: string): Score => ({ status: 'missing', reason });
