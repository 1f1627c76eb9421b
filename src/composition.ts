// The wiring diagram: which adapter stands behind which port. Used by all entry points.
export {};
