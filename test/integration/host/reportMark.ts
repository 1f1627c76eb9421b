/** Starts every line of the test report, to tell it from the editor's own console lines. */
export const reportMark = '[test-report] ';
