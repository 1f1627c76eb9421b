/** Deeper than any real prompt file or schema, far from where the YAML composer runs out of stack. */
export const maxNesting = 100;

const controlTokens = new Set(['\u0002', '\u0018', '\u001e', '\u001f']);

/**
 * Follows the tokens of YAML's lexer and says where nesting goes beyond `maxNesting`: the composer recurses, and on a
 * nearly full stack V8 ends the whole process instead of throwing. Counts flow brackets, and block collections by the
 * columns their indicators stand at.
 */
export class NestingGuard {
  private flowDepth = 0;
  private offset = 0;
  private lineStart = 0;
  private atLineStart = true;
  private columns: number[] = [];

  /** Returns the offset of the token that nests too deeply, else null. */
  next(token: string): number | null {
    if (controlTokens.has(token)) return null;
    const start = this.offset;
    this.offset += token.length;
    if (token === '[' || token === '{') this.flowDepth++;
    else if (token === ']' || token === '}') this.flowDepth = Math.max(0, this.flowDepth - 1);
    else if (this.flowDepth === 0) this.followBlock(token, start);
    return this.flowDepth + this.columns.length > maxNesting ? start : null;
  }

  private followBlock(token: string, start: number): void {
    const newLine = token.lastIndexOf('\n');
    if (newLine >= 0) {
      this.lineStart = start + newLine + 1;
      this.atLineStart = true;
      if (newLine === token.length - 1) return;
    }
    if (token.trim() === '') return;
    const column = start - this.lineStart;
    if (this.atLineStart) {
      while (this.columns.length > 0 && (this.columns.at(-1) ?? 0) > column) this.columns.pop();
      this.atLineStart = false;
    }
    const opensBlock = token === '-' || token === '?' || token === ':';
    if (opensBlock && this.columns.at(-1) !== column) this.columns.push(column);
  }
}
