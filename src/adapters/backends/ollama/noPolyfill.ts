// The ollama client imports `whatwg-fetch` for browsers without fetch; the build puts this empty file in its place.
export {};
