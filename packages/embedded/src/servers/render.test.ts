import { expect, test } from 'vitest';
import { render } from './render.ts';

test('puts values into a template and leaves the dialplan’s own variables alone', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the dialplan's syntax, not JavaScript's.
  expect(render('bind = @HOST@:@PORT@\nexten => s,1,Dial(${PHONE})', { HOST: '[::1]', PORT: 5060 })).toBe(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the dialplan's syntax, not JavaScript's.
    'bind = [::1]:5060\nexten => s,1,Dial(${PHONE})',
  );
});

test('refuses a template that asks for more than it is given', () => {
  expect(() => render('@NOBODY@', {})).toThrow('@NOBODY@');
});

test.each(['a;b', 'a\nb', '', 'a b'])('refuses %j, which would end the setting', (value) => {
  expect(() => render('password = @PASSWORD@', { PASSWORD: value })).toThrow('@PASSWORD@');
});
