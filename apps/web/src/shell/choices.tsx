import { Languages, Moon, Sun, SunMoon } from 'lucide-react';
import { en } from '../i18n/en.ts';
import { fr } from '../i18n/fr.ts';
import { chooseLanguage, useLanguage, useWords } from '../i18n/language.ts';
import { Menu } from '../kit/menu.tsx';
import { chooseTheme, themes, useTheme } from '../styles/theme.ts';

export const LanguageMenu = () => {
  const words = useWords();
  const language = useLanguage();
  return (
    <Menu
      label={words.shell.language}
      icon={<Languages aria-hidden="true" />}
      items={[
        { label: en.languageName, isChosen: language === 'en', onChoose: () => chooseLanguage('en') },
        { label: fr.languageName, isChosen: language === 'fr', onChoose: () => chooseLanguage('fr') },
      ]}
    />
  );
};

const shapes = { system: SunMoon, light: Sun, dark: Moon } as const;

export const ThemeMenu = () => {
  const words = useWords();
  const theme = useTheme();
  const Shape = shapes[theme];
  return (
    <Menu
      label={words.shell.theme}
      icon={<Shape aria-hidden="true" />}
      items={themes.map((name) => ({
        label: words.shell.themes[name],
        isChosen: theme === name,
        onChoose: () => chooseTheme(name),
      }))}
    />
  );
};
