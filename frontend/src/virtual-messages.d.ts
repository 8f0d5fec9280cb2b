declare module 'virtual:messages' {
  type Loader = () => Promise<{ default: Record<string, unknown> }>;
  const loaders: Record<string, Record<import('../vite/message-groups.ts').MessageGroup, Loader>>;
  export default loaders;
}

declare module 'virtual:private-messages' {
  type Loader = () => Promise<{ default: Record<string, unknown> }>;
  const loaders: Record<string, Record<import('../vite/message-groups.ts').PrivateMessageGroup, Loader>>;
  export default loaders;
}
