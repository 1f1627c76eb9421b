// Stands in for ajv in the bundle (see esbuild.mjs); the server is given another validator.
export default function noAjv(): never {
  throw new Error('ajv is not part of this build');
}
