import { escapeTemplate } from '../../domain/template.ts';

/** Puts a template of ours together from literal text and variables: braces meet across pieces, so they are escaped last. */
export class TemplateBuilder {
  private done = '';
  private literal = '';
  private trimsNext = false;

  text(piece: string): void {
    this.literal += this.trimsNext ? piece.trimStart() : piece;
    this.trimsNext &&= piece.trim() === '';
  }

  /** The blanks that come next are left out. */
  trimStart(): void {
    this.trimsNext = true;
  }

  variable(name: string): void {
    this.trimsNext = false;
    this.done += `${escapeTemplate(this.literal)}{{${name}}}`;
    this.literal = '';
  }

  /** Takes back the blanks at the end of what was said last. */
  trimEnd(): void {
    this.literal = this.literal.trimEnd();
  }

  /** The end of the last line as far as it is blank; null when something stands on it. */
  takeIndent(): boolean {
    const start = this.literal.lastIndexOf('\n') + 1;
    const isAlone = this.literal.slice(start).trim() === '' && (start > 0 || this.done === '');
    if (isAlone) this.literal = this.literal.slice(0, start);
    return isAlone;
  }

  build(): string {
    const built = this.done + escapeTemplate(this.literal);
    this.done = '';
    this.literal = '';
    return built;
  }
}
