/** A model that can be fetched by name. */
export interface CatalogModel {
  readonly id: string;
  readonly label: string;
  readonly fileName: string;
  /** Path on the model hub, revision included, so that the file cannot change under its checksum. */
  readonly hubPath: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly licence: string;
}

/** Small enough for any laptop, tuned for instructions, 32,768 tokens of context, an open licence. */
export const defaultCatalogModel: CatalogModel = {
  id: 'qwen2.5-0.5b-instruct',
  label: 'Qwen2.5 0.5B Instruct (Q4_K_M)',
  fileName: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
  hubPath:
    'Qwen/Qwen2.5-0.5B-Instruct-GGUF/resolve/9217f5db79a29953eb74d5343926648285ec7e67/qwen2.5-0.5b-instruct-q4_k_m.gguf',
  sizeBytes: 491_400_032,
  sha256: '74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db',
  licence: 'Apache-2.0',
};

export const modelCatalog: readonly CatalogModel[] = [defaultCatalogModel];

/** `HF_ENDPOINT` names a mirror, as it does for the hub's own tools. */
export function hubAddress(environment: NodeJS.ProcessEnv): string {
  const mirror = environment['HF_ENDPOINT']?.trim();
  return (mirror === undefined || mirror === '' ? 'https://huggingface.co' : mirror).replace(/\/+$/, '');
}
