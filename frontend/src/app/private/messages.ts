import loaders from 'virtual:private-messages';
import type { Messages } from '#/app/i18n';
import type { Language } from '#/app/languages';
import type { PrivateMessageGroup } from '../../../vite/message-groups.ts';

/** As `loadMessages`, for the pages behind the sign-in. */
export async function loadPrivateMessages(language: Language, group: PrivateMessageGroup): Promise<Messages> {
  const loader = loaders[language]?.[group];
  if (!loader) throw new Error(`no messages for ${language}`);
  return (await loader()).default as Messages;
}
