export const validateOfferSearch = (raw: Record<string, unknown>): Record<string, unknown> => raw;
