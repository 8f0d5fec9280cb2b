export const validateOrganizationSearch = (raw: Record<string, unknown>): Record<string, unknown> => raw;
