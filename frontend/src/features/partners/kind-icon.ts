import type { IconName } from '#/ui/Icon';

const icons: Record<string, IconName> = {
  'childcare-centre': 'toys',
  childminding: 'toys',
  'after-school-care': 'toys',
  'primary-school': 'pencil',
  'regional-school': 'school',
  'grammar-school': 'school',
  'comprehensive-school': 'school',
  'special-needs-school': 'school',
  'vocational-school': 'tools',
  'evening-grammar-school': 'school',
  'waldorf-school': 'school',
  university: 'school',
  library: 'book',
  'nature-centre': 'tree',
  'youth-centre': 'people',
  'family-centre': 'family',
  'community-centre': 'people',
  'counselling-service': 'compass',
  association: 'handshake',
  'welfare-organisation': 'support',
  'sports-club': 'star',
  network: 'handshake',
  'training-provider': 'briefcase',
  company: 'briefcase',
  chamber: 'tools',
  'employment-service': 'briefcase',
};

/** A drawing for a kind of organisation (code of `organization-kinds`). */
export function kindIcon(kind: string): IconName {
  return icons[kind] ?? 'building';
}
