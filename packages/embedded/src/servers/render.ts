/**
 * Puts values where a template says `@NAME@`. (Dialplan keeps its own `\${NAME}`.)
 * @throws Error for a name without a value, and for a value that would be more than one word of Asterisk's configuration.
 */
export const render = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/@([A-Z][A-Z_]*)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template asks for @${name}@, which has no value`);
    // A semicolon begins a comment, a line end another setting, brackets another section.
    if (!/^[\w.:/+=[\]-]+$/.test(String(value))) throw new Error(`The value of @${name}@ is not one plain word`);
    return String(value);
  });
